import { featureLayout } from '../agents/features.js';
import { UnusableModel } from '../agents/learning/tfjs.js';
import type { Cohort } from '../agents/learning/cohort.js';
import { NonFinite } from '../agents/learning/non-finite.js';
import { Misbuilt } from '../agents/learning/misbuilt.js';
import { architectures, type Architecture, type DayShape } from '../agents/models/index.js';
import { tensorsKept } from '../agents/personalisation/index.js';
import { sharedCount } from '../agents/shared-part.js';
import { describe } from '../core/scenario/problem.js';
import { stream } from '../core/random.js';
import { readNames } from '../core/scenario/read-names.js';
import type { Scenario } from '../core/scenario.js';
import { CliError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import type { LoadedScenario } from './scenario-file.js';

type Chosen = Scenario['learning']['architectures'][number];

const shapeOf = (scenario: Scenario): DayShape => ({
  features: featureLayout(readNames(scenario)).width,
  assets: scenario.assets.length,
});

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

/** Takes one step on as many rows of zeros as a window has. */
function rehearse(cohort: Cohort, { learning, seed, assets }: Scenario): void {
  const adversarial = learning.regimes.find(({ name }) => name === 'adversarial');
  const samples = { count: learning.window * assets.length, gather: () => 0 };
  const { batchSize, learningRate } = learning;
  try {
    cohort.train(0, {
      samples,
      steps: 1,
      batchSize,
      learningRate,
      stream: stream({ seed, purpose: 'rehearsal' }),
      ...(adversarial && { adversary: { radius: 1, share: 0.5 } }),
    });
  } catch (error) {
    // Zeros have no deviation, which some goals divide by.
    if (!(error instanceof NonFinite)) throw error;
  }
}

/** One step of training on zeros: what an architecture computes must fit the engine. */
function tooLarge(chosen: Chosen, scenario: Scenario): string | undefined {
  const architecture: Architecture = architectures[chosen.name as keyof typeof architectures];
  if (architecture.load) return undefined;
  try {
    const cohort = architecture.create(shapeOf(scenario), chosen as never, 1);
    if (!cohort.refit) rehearse(cohort, scenario);
    return undefined;
  } catch (error) {
    if (error instanceof Misbuilt) return error.message;
    throw error;
  }
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

/** Leaves with exit code 3 where the scenario names a model that cannot be used, before any day is simulated; gives what
 * to know of those that can. */
export async function requireModels({ scenario, place }: LoadedScenario): Promise<string[]> {
  const chosen = scenario.learning.architectures;
  const found = await Promise.all(chosen.map((one) => examine(one, scenario)));
  const problems = found.flatMap(({ complaint: message }, i) =>
    message === undefined ? [] : [place({ path: ['learning', 'architectures', i, 'path'], message })],
  );
  chosen.forEach((one, i) => {
    const message = tooLarge(one, scenario);
    if (message !== undefined) problems.push(place({ path: ['learning', 'architectures', i], message }));
  });
  for (const one of problems.length === 0 ? chosen : []) {
    const message = unshared(one, scenario);
    if (message !== undefined)
      problems.push(place({ path: ['federation', 'personalisation', 'tensors'], message }));
  }
  if (problems.length > 0) throw new CliError(exitCodes.scenario, problems.map(describe));
  return found.flatMap(({ note }) => note ?? []);
}
