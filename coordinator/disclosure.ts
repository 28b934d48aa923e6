import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { pricesOf } from '../market/book.js';
import { disclosureDelay } from './mandates/standing.js';

const farthest = 4;
/** A tenth of the benchmark's weight is 1, so that the column is of the size of other features. */
const scale = 10;

/** How far institutions together are above their benchmarks at the last close, by asset. */
function crowdTilt(stage: Stage, { books, prices }: World): Float64Array {
  const price = pricesOf(prices);
  const k = price.length;
  const [held, meant] = [new Float64Array(k), new Float64Array(k)];
  stage.institutions.forEach(({ benchmark }, i) => {
    if (books.active[i] === 0) return;
    const values = price.map((p, a) => books.units[i * k + a]! * p);
    const total = values.reduce((sum, v) => sum + v, 0);
    for (let a = 0; a < k; a++) {
      held[a]! += values[a]!;
      meant[a]! += total * benchmark[a]!;
    }
  });
  const tilt = (x: number, b: number): number =>
    b > 0 ? Math.max(-farthest, Math.min(farthest, (scale * (x - b)) / b)) : 0;
  return held.map((x, a) => tilt(x, meant[a]!));
}

/** What was to be published, newest first, with this morning's; nothing where nobody asks. */
export function disclose(
  scenario: Scenario,
  stage: Stage,
  world: World,
  before: readonly Float64Array[],
): readonly Float64Array[] {
  const delay = disclosureDelay(scenario);
  return delay === undefined ? before : [crowdTilt(stage, world), ...before].slice(0, delay);
}

/** Readings with the published column beside every institution's own: institutions x columns x assets. */
export function withDisclosed(
  scenario: Scenario,
  stage: Stage,
  readings: Float64Array,
  disclosed: readonly Float64Array[],
): Float64Array {
  const delay = disclosureDelay(scenario);
  if (delay === undefined) return readings;
  const n = stage.institutions.length;
  const assets = stage.assets.length;
  const own = readings.length / n;
  const wide = new Float64Array(n * (own + assets));
  for (let i = 0; i < n; i++) {
    wide.set(readings.subarray(i * own, (i + 1) * own), i * (own + assets));
    wide.set(disclosed[delay - 1] ?? new Float64Array(assets), i * (own + assets) + own);
  }
  return wide;
}

/** A private past with a silent column for what was not yet public: days x columns x assets. */
export function pastWithDisclosed(scenario: Scenario, stage: Stage, past: Float32Array): Float32Array {
  if (disclosureDelay(scenario) === undefined) return past;
  const days = scenario.learning.historyDays;
  const own = days === 0 ? 0 : past.length / days;
  const width = own + stage.assets.length;
  const wide = new Float32Array(days * width);
  for (let d = 0; d < days; d++) wide.set(past.subarray(d * own, (d + 1) * own), d * width);
  return wide;
}
