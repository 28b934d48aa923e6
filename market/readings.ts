import { stream, type Stream } from '../core/random.js';
import type { Source } from '../core/scenario/sources.js';
import type { Asset, Stage } from '../core/types.js';
import { decay } from './universe.js';

/** Which assets a source covers, by lot: at least one. */
export function coveredBy(seed: number, name: string, { coverage }: Source, assets: number): Uint8Array {
  if (coverage === 1) return new Uint8Array(assets).fill(1);
  const lots = stream({ seed, purpose: 'coverage', entity: name });
  const covered = lots.shuffle(Array.from({ length: assets }, (_, a) => a));
  const kept = new Set(covered.slice(0, Math.max(1, Math.round(coverage * assets))));
  return Uint8Array.from({ length: assets }, (_, a) => (kept.has(a) ? 1 : 0));
}

/** Days of returns that an excited source looks back on. */
export const EXCITED_DAYS = 20;

/** What recent large returns add to readings.
 *
 * @formula gain Σ_d 2^(−d/halfLife) z_{t−1−d} 1[|z| ≥ threshold], z the day's return in calm daily standard deviations
 * @param returns log returns of an asset's last days, newest first
 */
export function spike({ spikes }: Source, asset: Asset, returns: readonly number[]): number {
  const { gain, threshold, halfLifeDays } = spikes;
  if (gain === 0) return 0;
  return returns.reduce((sum, r, d) => {
    const z = r / asset.dailyVolatility;
    return Math.abs(z) < threshold ? sum : sum + gain * decay(halfLifeDays, d) * z;
  }, 0);
}

/** What is wrong with a source's feed on one day, by asset. */
export interface Faults {
  readonly missing: Uint8Array;
  readonly stale: Uint8Array;
  /** What an outlier adds. */
  readonly off: Float64Array;
}

/** Draws a day's faults; undefined where the feed has none. */
export function faultsOf({ dirt }: Source, assets: number, open: () => Stream): Faults | undefined {
  const { missing, stale, outliers, outlierSize } = dirt;
  if (missing === 0 && stale === 0 && outliers === 0) return undefined;
  const draws = open();
  const column = (chance: number): Uint8Array =>
    Uint8Array.from({ length: assets }, () => (draws.uniform() < chance ? 1 : 0));
  return {
    missing: column(missing),
    stale: column(stale),
    off: Float64Array.from(column(outliers), (hit) => hit * outlierSize * (draws.uniform() < 0.5 ? -1 : 1)),
  };
}

/** Whether a source may deliver the news of the day before. */
export const mayBeStale = ({ dirt }: Source): boolean => dirt.stale > 0;

/** A source's poison on one day: whose feed it is, and what becomes of readings and labels. */
export interface Poisoning {
  readonly victims: ReadonlySet<number>;
  readonly assets: ReadonlySet<number>;
  readonly reading: (x: number, draw: () => number) => number;
  readonly flipsLabels: boolean;
}

const effects: Record<
  NonNullable<Source['poison']>['kind'],
  (size: number) => Pick<Poisoning, 'reading' | 'flipsLabels'>
> = {
  bias: (size) => ({ reading: (x) => x + size, flipsLabels: false }),
  'sign-flip': () => ({ reading: (x) => -x, flipsLabels: false }),
  'label-flip': () => ({ reading: (x) => x, flipsLabels: true }),
  'targeted-noise': (size) => ({ reading: (x, draw) => x + size * draw(), flipsLabels: false }),
};

/** What poison a source has on a day, on the assets that it covers; undefined where it has none.
 * @param subscribers roster indices, ascending
 */
export function poisoningOn(
  stage: Stage,
  name: string,
  source: Source,
  subscribers: readonly number[],
  day: number,
): Poisoning | undefined {
  const { poison } = source;
  if (!poison || day < poison.from || day > (poison.to ?? Infinity)) return undefined;
  const lots = stream({ seed: stage.seed, purpose: 'poisoned', entity: name });
  const drawn = lots.shuffle([...subscribers]).slice(0, Math.ceil(poison.share * subscribers.length - 1e-9));
  const covered = coveredBy(stage.seed, name, source, stage.assets.length);
  const aimedAt = ({ id, class: kind }: Asset): boolean =>
    poison.assets.length === 0 || poison.assets.includes(id) || poison.assets.includes(kind);
  const struck = stage.assets.flatMap((asset, a) => (covered[a] && aimedAt(asset) ? [a] : []));
  return { victims: new Set(drawn), assets: new Set(struck), ...effects[poison.kind](poison.size ?? 1) };
}
