import { UnusableModel } from '../agents/learning/tfjs.js';
import { Misbuilt } from '../agents/learning/misbuilt.js';
import { architectures, type Architecture } from '../agents/models/index.js';
import { tensorsKept } from '../agents/personalisation/index.js';
import { sharedCount } from '../agents/shared-part.js';
import { describe, type Problem } from '../core/scenario/problem.js';
import type { Scenario } from '../core/scenario.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { shapeOf } from './rehearsal.js';
import type { LoadedScenario } from './scenario-file.js';
import { tooLarge } from './too-large.js';

type Chosen = Scenario['learning']['architectures'][number];

/** A scenario, and where each thing in it was written. */
type Checked = Pick<LoadedScenario, 'scenario' | 'place'>;

/** What a way of personalisation keeps at home must leave something to share. */
function unshared(chosen: Chosen, scenario: Scenario): string | undefined {
  const kept = tensorsKept(scenario.federation);
  const architecture: Architecture = architectures[chosen.name as keyof typeof architectures];
  if (kept === 0 || architecture.load) return undefined;
  try {
    sharedCount(chosen.name, architecture.create(shapeOf(scenario), chosen as never, 1), kept);
    return undefined;
  } catch (error) {
    if (error instanceof Misbuilt) return error.message;
    throw error;
  }
}

function unsharedProblem(chosen: Chosen, scenario: Scenario): Problem[] {
  const message = unshared(chosen, scenario);
  return message === undefined ? [] : [{ path: ['federation', 'personalisation', 'tensors'], message }];
}

/** What loading a model came to: what is wrong with it, or what to know of it. */
interface Finding {
  readonly complaint?: string | undefined;
  readonly note?: string | undefined;
}

/** Loads what an architecture needs from elsewhere and makes one mind of it. */
async function examine(chosen: Chosen, scenario: Scenario): Promise<Finding> {
  const architecture: Architecture = architectures[chosen.name as keyof typeof architectures];
  if (!architecture.load) return {};
  try {
    const loaded = await architecture.load(chosen as never);
    architecture.create(shapeOf(scenario), chosen as never, 1, undefined, loaded);
    return { note: loaded.note };
  } catch (error) {
    if (error instanceof UnusableModel) return { complaint: error.message };
    throw error;
  }
}

const loads = ({ name }: Chosen): boolean =>
  architectures[name as keyof typeof architectures].load !== undefined;

/** Leaves with exit code 3 where anything is wrong: what is known already, what the engine cannot hold, or models of which
 * nothing would be shared. */
function leaveOn(known: readonly Problem[], { scenario, place }: Checked): void {
  const { architectures: chosen } = scenario.learning;
  const all = [...known, ...tooLarge(scenario, (a) => !loads(chosen[a]!))];
  const problems = all.length > 0 ? all : chosen.flatMap((one) => unsharedProblem(one, scenario));
  if (problems.length > 0)
    throw new CliError(
      exitCodes.scenario,
      problems.map((problem) => describe(place(problem))),
    );
}

/** The same as `requireModels`, but for what has to be loaded: where institutions run elsewhere, that is elsewhere too. */
export const requireRoom = (checked: Checked): void => leaveOn([], checked);

/** Leaves with exit code 3 where the scenario names a model that cannot be used, before any day is simulated; gives what
 * to know of those that can. */
export async function requireModels(checked: Checked): Promise<string[]> {
  const { architectures: chosen } = checked.scenario.learning;
  const found = await Promise.all(chosen.map((one) => examine(one, checked.scenario)));
  const unusable = found.flatMap(({ complaint: message }, i) =>
    message === undefined ? [] : [{ path: ['learning', 'architectures', i, 'path'], message }],
  );
  leaveOn(unusable, checked);
  return found.flatMap(({ note }) => note ?? []);
}
