import { isTooLarge } from '../agents/learning/chunks.js';
import { Misbuilt } from '../agents/learning/misbuilt.js';
import type { Problem } from '../core/scenario/problem.js';
import type { Scenario } from '../core/scenario.js';
import { rehearse, rehearseAssistant, type Load } from './rehearsal.js';

/** Options of a model that its programs grow with, where there is more than one of them. */
const SIZES = ['hidden', 'width', 'layers', 'lookback'];

const sizesIn = (entry: Readonly<Record<string, unknown>>): string[] =>
  SIZES.filter((name) => name in entry && entry[name] !== 1);

const inWords = (names: readonly string[]): string =>
  [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' or ');

/** What is wrong with a model whatever it is given, at its own place. */
const inItself = (entry: Readonly<Record<string, unknown>>, message: string): string =>
  sizesIn(entry).length === 0 ? message : `${message}: lower its ${inWords(sizesIn(entry))}`;

/** What a rehearsal finds wrong with a program. */
function found(work: (load: Load) => void, load: Load): Misbuilt | undefined {
  try {
    work(load);
    return undefined;
  } catch (error) {
    if (error instanceof Misbuilt) return error;
    throw error;
  }
}

const probesAt = ['federation', 'probes'];
const batchAt = ['learning', 'batchSize'];

/** What is wrong with a model as the scenario has it. Where it is too large, that is told at the option that makes it fit:
 * the public probes where the loss reads too many, the minibatch where it has too many samples, else the model itself. */
function judged(
  work: (load: Load) => void,
  load: Load,
  entry: Readonly<Record<string, unknown>>,
  path: Problem['path'],
): Problem[] {
  const wrong = found(work, load);
  if (wrong === undefined) return [];
  const { message } = wrong;
  if (!isTooLarge(wrong)) return [{ path, message }];
  const fits = (less: Partial<Load>): boolean => found(work, { ...load, ...less }) === undefined;
  const [fewProbes, small] = [{ probes: Math.min(1, load.probes) }, { batchSize: 1 }];
  if (fits(fewProbes)) return [{ path: probesAt, message: `${message}: lower it` }];
  if (fits(small)) return [{ path: batchAt, message: `${message}: lower it` }];
  if (fits({ ...fewProbes, ...small }))
    return [{ path: batchAt, message: `${message}: lower it and ${probesAt.join('.')}` }];
  return [{ path, message: inItself(entry, message) }];
}

/** Everything that the scenario will compute and that is too large for the engine, or wrong in itself. */
export function tooLarge(scenario: Scenario, isOurs: (architecture: number) => boolean): Problem[] {
  const { learning, federation } = scenario;
  const load: Load = { batchSize: learning.batchSize, probes: federation.probes };
  return [
    ...learning.architectures.flatMap((chosen, i) =>
      isOurs(i)
        ? judged((given) => rehearse(chosen, scenario, given), load, chosen, ['learning', 'architectures', i])
        : [],
    ),
    ...learning.regimes.flatMap((entry, i) =>
      judged((given) => rehearseAssistant(entry, scenario, given), load, entry, ['learning', 'regimes', i]),
    ),
  ];
}
