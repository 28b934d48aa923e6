import { openStream, streamKey } from '../core/random.js';
import { byCodeUnit } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';
import type { NewsDay, SourceNoise, Stage, World } from '../core/types.js';
import { decay } from './universe.js';

/** Data sources in the order of their columns. */
export const sourceNames = (scenario: Scenario): string[] => Object.keys(scenario.sources).sort(byCodeUnit);

/** Longest delay of any source, days. */
export const longestDelay = (scenario: Scenario): number =>
  Math.max(0, ...Object.values(scenario.sources).map((source) => source.delayDays));

/** What sources hint at: the diffusive returns of the horizon that begins with the first of `coming`, standardised.
 *
 * @formula z_k = Σ_{j<h} ξ_{k,t+j} / sd_t(Σ_{j<h} ξ_{k,t+j})
 * @shape   assets
 * @range   mean 0, variance 1 given the past
 */
export function standardisedNews(coming: readonly NewsDay[]): Float64Array {
  const { horizonStdDev } = coming[0]!;
  return horizonStdDev.map((stdDev, k) => coming.reduce((sum, news) => sum + news.diffusion[k]!, 0) / stdDev);
}

/** Which institution reads which source: institutions x sources. */
function subscriptions(scenario: Scenario, stage: Stage): boolean[][] {
  const names = sourceNames(scenario);
  const ofType = new Map(
    Object.entries(scenario.institutions.types).map(([name, { sources }]) => [
      name,
      names.map((source) => sources.includes(source)),
    ]),
  );
  return stage.institutions.map(({ type }) => ofType.get(type)!);
}

/** First-order autoregression with unit variance and a half-life of one horizon, in place. */
export function advanceNoise(values: Float64Array, keep: number, draw: () => number): void {
  const fresh = Math.sqrt(1 - keep ** 2);
  for (let k = 0; k < values.length; k++) values[k] = keep * values[k]! + fresh * draw();
}

/** Noise of the sources on `day`, from that of the day before, or its stationary law where there is none. */
export function nextSourceNoise(
  scenario: Scenario,
  stage: Stage,
  day: number,
  before: SourceNoise | undefined,
): SourceNoise {
  const names = sourceNames(scenario);
  const k = stage.assets.length;
  const keep = before === undefined ? 0 : decay(scenario.tradeEvery);
  const common = before?.common.slice() ?? new Float64Array(names.length * k);
  const own = before?.own.slice() ?? new Float64Array(stage.institutions.length * names.length * k);
  const advance = (values: Float64Array, at: number, purpose: string, entity: string): void => {
    const draws = openStream(streamKey(stage.seed, purpose, entity), day);
    advanceNoise(values.subarray(at * k, (at + 1) * k), keep, () => draws.normal());
  };
  names.forEach((name, s) => advance(common, s, 'source-noise', name));
  subscriptions(scenario, stage).forEach((reads, i) =>
    names.forEach((name, s) => {
      if (reads[s]!)
        advance(own, i * names.length + s, 'own-source-noise', `${stage.institutions[i]!.id}/${name}`);
    }),
  );
  return { common, own };
}

/** What every institution reads in its sources before the coming day.
 *
 * A source that is `d` days late delivers what it would have said d days ago. Its noise runs d days behind as
 * well, which is the same law, since noise is stationary and independent of the news.
 *
 * @formula x = ρ z + √(1 − ρ²) (√s η_common + √(1 − s) η_own)
 * @shape   institutions x sources x assets; 0 where not subscribed
 * @pitfall jumps, drift and scheduled shocks are in no source
 */
export function observeSources(scenario: Scenario, stage: Stage, world: World): Float64Array {
  const names = sourceNames(scenario);
  const k = stage.assets.length;
  const { common, own } = world.noise;
  const shared = Math.sqrt(scenario.homogeneity.signals);
  const alone = Math.sqrt(1 - scenario.homogeneity.signals);
  const read = subscriptions(scenario, stage);
  const present = standardisedNews(world.news.coming);
  const out = new Float64Array(own.length);
  names.forEach((name, s) => {
    const { informationCoefficient: rho, delayDays } = scenario.sources[name]!;
    const news = delayDays === 0 ? present : world.news.past[delayDays - 1]!;
    const noise = Math.sqrt(1 - rho ** 2);
    for (let i = 0; i < stage.institutions.length; i++) {
      if (!read[i]![s]!) continue;
      for (let a = 0, at = (i * names.length + s) * k; a < k; a++, at++)
        out[at] = rho * news[a]! + noise * (shared * common[s * k + a]! + alone * own[at]!);
    }
  });
  return out;
}
