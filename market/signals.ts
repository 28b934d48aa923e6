import { openStream, streamKey } from '../core/random.js';
import { byCodeUnit } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';
import { tabulate } from '../core/slab.js';
import type { NewsDay, SourceNoise, Stage, World } from '../core/types.js';
import {
  coveredBy,
  EXCITED_DAYS,
  faultsOf,
  mayBeStale,
  poisoningOn,
  spike,
  type Poisoning,
} from './readings.js';
import { typeOf } from './stage.js';
import { decay } from './universe.js';

/** Data sources in the order of their columns. */
export const sourceNames = (scenario: Scenario): string[] => Object.keys(scenario.sources).sort(byCodeUnit);

/** Longest delay of any source, days; one that may be stale delivers the day before. */
export const longestDelay = (scenario: Scenario): number =>
  Math.max(
    0,
    ...Object.values(scenario.sources).map((source) => source.delayDays + (mayBeStale(source) ? 1 : 0)),
  );

/** Longest delay of a source that large returns excite, days. */
export const latestExcitement = (scenario: Scenario): number =>
  Math.max(
    0,
    ...Object.values(scenario.sources).map(({ spikes, delayDays }) => (spikes.gain === 0 ? 0 : delayDays)),
  );

/** What sources hint at: the diffusive returns of the horizon that begins with the first of `coming`, standardised.
 *
 * @formula z_k = Σ_{j<h} ξ_{k,t+j} / sd_t(Σ_{j<h} ξ_{k,t+j})
 * @shape   assets
 * @range   mean 0, variance 1 given the past
 */
export function standardisedNews(coming: readonly NewsDay[]): Float64Array {
  const { horizonStdDev } = coming[0]!;
  return tabulate(horizonStdDev.length, (k) => {
    let sum = 0;
    for (const { diffusion } of coming) sum += diffusion[k]!;
    return sum / horizonStdDev[k]!;
  });
}

/** Names of sources by seat. */
type SourcesBySeat = readonly (readonly string[])[];

/** The sources that each institution's type subscribes to. */
const ofTypes = (scenario: Scenario, stage: Stage): SourcesBySeat =>
  stage.institutions.map((institution) => typeOf(scenario, institution).sources);

/** Seats that read a source, ascending. */
const readersOf = (name: string, sources: SourcesBySeat): number[] =>
  sources.flatMap((own, i) => (own.includes(name) ? [i] : []));

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
  const n = stage.institutions.length;
  const keep = before === undefined ? 0 : decay(scenario.tradeEvery);
  const across = correlated(scenario) ? 1 : 0;
  const next: SourceNoise = {
    common: before?.common.slice() ?? new Float64Array(names.length * k),
    own: before?.own.slice() ?? new Float64Array(n * names.length * k),
    acrossCommon: before?.acrossCommon.slice() ?? new Float64Array(across * k),
    acrossOwn: before?.acrossOwn.slice() ?? new Float64Array(across * n * k),
  };
  const advance = (values: Float64Array, at: number, purpose: string, entity: string): void => {
    const draws = openStream(streamKey(stage.seed, purpose, entity), day);
    advanceNoise(values.subarray(at * k, (at + 1) * k), keep, () => draws.normal());
  };
  names.forEach((name, s) => advance(next.common, s, 'source-noise', name));
  if (across) advance(next.acrossCommon, 0, 'source-noise-across', 'all');
  if (names.length === 0) return next;
  ofTypes(scenario, stage).forEach((read, i) => {
    const { id } = stage.institutions[i]!;
    names.forEach((name, s) => {
      if (read.includes(name)) advance(next.own, i * names.length + s, 'own-source-noise', `${id}/${name}`);
    });
    if (across) advance(next.acrossOwn, i, 'own-source-noise-across', id);
  });
  return next;
}

/** Whether any source shares noise with another. */
const correlated = ({ sources }: Scenario): boolean =>
  Object.values(sources).some(({ correlation }) => correlation > 0);

/** A source's noise, part of which it has in common with others. */
export const blended = (noise: Float64Array, across: Float64Array, share: number): Float64Array =>
  share === 0 ? noise : noise.map((x, a) => Math.sqrt(share) * across[a]! + Math.sqrt(1 - share) * x);

/** Readings of one source for everybody: what it tells, and what all subscribers see alike. */
interface Feed {
  readonly news: Float64Array;
  readonly common: Float64Array;
  /** What excitement and outliers add; absent where there are none. */
  readonly extra: Float64Array | undefined;
  /** 1 where there is a reading. */
  readonly told: Uint8Array;
}

function feedOf(
  scenario: Scenario,
  stage: Stage,
  world: World,
  name: string,
  present: Float64Array,
  common: Float64Array,
): Feed {
  const source = scenario.sources[name]!;
  const k = stage.assets.length;
  const { delayDays } = source;
  const of = (days: number): Float64Array => (days === 0 ? present : world.news.past[days - 1]!);
  const key = streamKey(stage.seed, 'dirt', name);
  const faults = faultsOf(source, k, () => openStream(key, world.day));
  const told = coveredBy(stage.seed, name, source, k);
  const excited = source.spikes.gain !== 0;
  const returns = excited ? returnsTo(world, delayDays, k) : [];
  return {
    news: faults ? of(delayDays).map((z, a) => (faults.stale[a] ? of(delayDays + 1)[a]! : z)) : of(delayDays),
    common,
    extra:
      faults || excited
        ? Float64Array.from(
            stage.assets,
            (asset, a) => spike(source, asset, returns[a] ?? []) + (faults?.off[a] ?? 0),
          )
        : undefined,
    told: faults ? told.map((yes, a) => (faults.missing[a] ? 0 : yes)) : told,
  };
}

/** Each asset's log returns of the days that excite a source so many days late, newest first. */
function returnsTo({ recent }: World, delayDays: number, k: number): number[][] {
  const last = Math.max(0, recent.length - 1 - delayDays);
  const days = Math.min(last, EXCITED_DAYS);
  return Array.from({ length: k }, (_, a) =>
    Array.from({ length: days }, (_day, d) => recent[last - d]![a]! - recent[last - d - 1]![a]!),
  );
}

/** What every institution reads in its sources before the coming day.
 *
 * A source that is `d` days late delivers what it would have said d days ago, excitement included. Its noise runs d
 * days behind as well, which is the same law, since noise is stationary and independent of the news. Poison comes last.
 *
 * @formula x = ρ z + √(1 − ρ²) (√s η_common + √(1 − s) η_own) + spikes + outliers
 * @shape   institutions x sources x assets; exactly 0 where nothing is said: not subscribed, not covered, missing
 * @param sources what mandates leave each institution of its type's sources
 * @pitfall jumps, drift and scheduled shocks are in no source before they happen
 */
export function observeSources(
  scenario: Scenario,
  stage: Stage,
  world: World,
  sources: SourcesBySeat = ofTypes(scenario, stage),
): Float64Array {
  const names = sourceNames(scenario);
  const k = stage.assets.length;
  const { common, own, acrossCommon, acrossOwn } = world.noise;
  const present = standardisedNews(world.news.coming);
  const out = new Float64Array(own.length);
  names.forEach((name, s) => {
    const source = scenario.sources[name]!;
    const { informationCoefficient: rho, correlation } = source;
    const sharedCommon = blended(common.subarray(s * k, (s + 1) * k), acrossCommon, correlation);
    const feed = feedOf(scenario, stage, world, name, present, sharedCommon);
    const subscribers = readersOf(name, sources);
    const poisoning = poisoningOn(stage, name, source, subscribers, world.day);
    const noise = Math.sqrt(1 - rho ** 2);
    const share = source.sharedNoise ?? scenario.homogeneity.signals;
    const [shared, alone] = [Math.sqrt(share), Math.sqrt(1 - share)];
    for (const i of subscribers) {
      const from = (i * names.length + s) * k;
      const mine = blended(own.subarray(from, from + k), acrossOwn.subarray(i * k, (i + 1) * k), correlation);
      for (let a = 0; a < k; a++) {
        const x = rho * feed.news[a]! + noise * (shared * feed.common[a]! + alone * mine[a]!);
        out[from + a] = feed.told[a] ? x + (feed.extra ? feed.extra[a]! : 0) : 0;
      }
      if (poisoning?.victims.has(i))
        strike(stage, name, world.day, i, poisoning, out.subarray(from, from + k));
    }
  });
  return out;
}

/** Poisons one subscriber's readings in place. */
function strike(
  stage: Stage,
  name: string,
  day: number,
  i: number,
  { assets, reading }: Poisoning,
  readings: Float64Array,
): void {
  const key = streamKey(stage.seed, 'poison', `${stage.institutions[i]!.id}/${name}`);
  const draws = openStream(key, day);
  for (let a = 0; a < readings.length; a++)
    if (assets.has(a) && readings[a] !== 0) readings[a] = reading(readings[a]!, () => draws.normal());
}

/** Whose training labels of the day arrive with their sign turned: institutions x assets; empty where nobody's do.
 *
 * Labels come with a source: only who reads it takes them, and only of the assets that it covers.
 *
 * @param sources what mandates leave each institution of its type's sources
 */
export function flippedLabels(
  scenario: Scenario,
  stage: Stage,
  day: number,
  sources: SourcesBySeat = ofTypes(scenario, stage),
): Uint8Array {
  if (Object.values(scenario.sources).every(({ poison }) => poison?.kind !== 'label-flip'))
    return new Uint8Array(0);
  const k = stage.assets.length;
  const poisonings = sourceNames(scenario).flatMap((name) => {
    const poisoning = poisoningOn(stage, name, scenario.sources[name]!, readersOf(name, sources), day);
    return poisoning?.flipsLabels ? [poisoning] : [];
  });
  if (poisonings.length === 0) return new Uint8Array(0);
  const flipped = new Uint8Array(stage.institutions.length * k);
  for (const { victims, assets } of poisonings)
    for (const i of victims) for (const a of assets) flipped[i * k + a] = 1;
  return flipped;
}
