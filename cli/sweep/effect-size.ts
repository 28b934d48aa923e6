import { effectsOf } from '../../analysis/sweep/effects.js';
import { suggestion } from '../../core/nearest.js';
import { usageError } from '../errors.js';
import { readSweep } from './read-sweep.js';

/** An effect whose power is asked for. */
export interface EffectSize {
  /** In standard deviations of the paired difference. */
  readonly standardised: number;
  /** How it is said to people. */
  readonly said: string;
}

const positive = (text: string): number => {
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
  throw usageError(`--effect: ${text === '' ? 'a size' : text} is not a number above 0`);
};

/** Standard deviation of a measure's paired difference in a finished sweep: the largest over its contrasts, so that
 * the replications it asks for suffice for all of them. */
async function spreadOf(metric: string, pilot: string): Promise<number> {
  const sweep = await readSweep(pilot);
  const known = Object.keys(sweep.labels);
  if (!known.includes(metric))
    throw usageError(`--effect: ${pilot} has no measure ${metric}${suggestion(metric, known)}`);
  const effects = effectsOf({ ...sweep, plan: { ...sweep.plan, metrics: [metric] } });
  const spreads = effects.flatMap(({ n, stdError }) =>
    n >= 2 && stdError > 0 ? [stdError * Math.sqrt(n)] : [],
  );
  if (spreads.length === 0)
    throw usageError(
      `--pilot: ${pilot} says nothing of how much ${metric} varies: no two pairs of runs differ in it`,
    );
  return Math.max(...spreads);
}

/** Reads `--effect`: in standard deviations, or of a measure in its own unit by what a pilot says of its spread.
 *
 * @throws {CliError} exit 2 where it is no size, or the pilot cannot say
 */
export async function effectSize(text: string, pilot: string | undefined): Promise<EffectSize> {
  const [metric, size] = text.includes('=') ? (text.split('=', 2) as [string, string]) : [undefined, text];
  const value = positive(size);
  if (metric === undefined) return { standardised: value, said: `${value} standard deviations` };
  if (pilot === undefined)
    throw usageError(`--effect ${text}: needs --pilot, a finished sweep that says how much ${metric} varies`);
  const spread = await spreadOf(metric, pilot);
  const standardised = value / spread;
  return {
    standardised,
    said: `${value} of ${metric}, ${standardised.toFixed(2)} standard deviations of its paired difference in ${pilot},`,
  };
}
