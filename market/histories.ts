import { openStream, streamKey, type Stream } from '../core/random.js';
import type { Source } from '../core/scenario/sources.js';
import type { Scenario } from '../core/scenario.js';
import { tabulate } from '../core/slab.js';
import type { NewsDay, Stage } from '../core/types.js';
import { firstNewsState, jumpReturn, nextNews, pastLaw } from './fundamentals.js';
import { coveredBy, EXCITED_DAYS, faultsOf, spike } from './readings.js';
import {
  advanceNoise,
  blended,
  latestExcitement,
  longestDelay,
  sourceNames,
  standardisedNews,
} from './signals.js';
import { typeOf } from './stage.js';
import { decay } from './universe.js';

export interface PrivateHistory {
  /** days x assets; row d is the return of day d. */
  readonly logReturns: Float32Array;
  /** days x sources x assets; row d was read before day d, and 0 where not subscribed. */
  readonly sources: Float32Array;
}

/** Days that are run before a history starts, so that its volatility does not start at the mean. */
const BURN_IN = 250;

/** Days of news before a history's first: as many as its latest source needs, and what a late excited one looks back on. */
function leadOf(scenario: Scenario): number {
  const late = latestExcitement(scenario);
  return Math.max(longestDelay(scenario), late === 0 ? 0 : late + EXCITED_DAYS);
}

/** What an institution saw before day 1: a past of its own, from the law of the fundamentals and of the sources.
 *
 * No impact is in it, nor a scheduled shock; its draws have the institution's own address, so that no two pasts
 * share a day but those of `homogeneity.pretraining`, which are the public ones, the first of those that training
 * reads. What sources tell of them has everybody's own noise.
 *
 * @param sources what mandates leave the institution of its type's sources
 */
export function privateHistory(
  scenario: Scenario,
  stage: Stage,
  i: number,
  sources: readonly string[] = typeOf(scenario, stage.institutions[i]!).sources,
): PrivateHistory {
  const { id } = stage.institutions[i]!;
  const news = newsOf(scenario, stage, id);
  return {
    logReturns: returnsOf(scenario, stage, news),
    sources: ownSources(scenario, stage, id, sources, news),
  };
}

/** Address of the history that everybody saw. */
const PUBLIC = 'public';

/** What everybody saw before day 1, from the same law: days x assets, for risk models held in common. */
export const publicHistory = (scenario: Scenario, stage: Stage): Float32Array =>
  returnsOf(scenario, stage, newsBefore(scenario, stage, PUBLIC));

function returnsOf(scenario: Scenario, stage: Stage, news: readonly NewsDay[]): Float32Array {
  const days = scenario.learning.historyDays;
  const lead = leadOf(scenario);
  const k = stage.assets.length;
  const logReturns = new Float32Array(days * k);
  for (let d = 0; d < days; d++) logReturns.set(totalReturn(stage, news[lead + d]!), d * k);
  return logReturns;
}

/** An institution's news: of the days that training reads on day 1 (those whose outcome is known by then) the first are
 * the public ones, the rest its own. A past all of which is public ends as that does. */
function newsOf(scenario: Scenario, stage: Stage, id: string): NewsDay[] {
  const { historyDays, window } = scenario.learning;
  const reach = Math.min(window + scenario.tradeEvery - 1, historyDays);
  const shared = Math.round(scenario.homogeneity.pretraining * reach);
  const own = newsBefore(scenario, stage, id);
  if (shared === 0) return own;
  const common = newsBefore(scenario, stage, PUBLIC);
  // From the lead before those days on, so that late sources speak of the same ones.
  const from = historyDays - reach;
  const to = shared === reach ? common.length : from + leadOf(scenario) + shared;
  return [...own.slice(0, from), ...common.slice(from, to), ...own.slice(to)];
}

/** News of the days from the lead before the history to a horizon after its last day. */
function newsBefore(scenario: Scenario, stage: Stage, entity: string): NewsDay[] {
  const days = scenario.learning.historyDays;
  const law = pastLaw(scenario, stage);
  const key = streamKey(stage.seed, 'history-news', entity);
  const kept: NewsDay[] = [];
  const total = BURN_IN + leadOf(scenario) + days + law.horizon - 1;
  for (let d = 0, state = firstNewsState(law); d < total; d++) {
    const drawn = nextNews(law, state, openStream(key, d));
    if (d >= BURN_IN) kept.push(drawn.news);
    ({ state } = drawn);
  }
  return kept;
}

const totalReturn = (stage: Stage, news: NewsDay): Float64Array =>
  tabulate(
    news.diffusion.length,
    (k) => news.diffusion[k]! + news.drift[k]! + jumpReturn(stage.assets[k]!, news),
  );

function ownSources(
  scenario: Scenario,
  stage: Stage,
  id: string,
  read: readonly string[],
  news: readonly NewsDay[],
): Float32Array {
  const names = sourceNames(scenario);
  const days = scenario.learning.historyDays;
  const k = stage.assets.length;
  const out = new Float32Array(days * names.length * k);
  names.forEach((name, s) => {
    if (!read.includes(name)) return;
    const readings = readingsOf(scenario, stage, id, name, news);
    for (let d = 0; d < days; d++) out.set(readings.subarray(d * k, (d + 1) * k), (d * names.length + s) * k);
  });
  return out;
}

/** What one institution read in one source: days x assets. The law is that of the run, poison apart. */
function readingsOf(
  scenario: Scenario,
  stage: Stage,
  id: string,
  name: string,
  news: readonly NewsDay[],
): Float64Array {
  const source = scenario.sources[name]!;
  const { informationCoefficient: rho, delayDays, correlation } = source;
  const days = scenario.learning.historyDays;
  const k = stage.assets.length;
  const lead = leadOf(scenario);
  const keep = decay(scenario.tradeEvery);
  const [alone, across] = [
    streamKey(stage.seed, 'history-noise', `${id}/${name}`),
    streamKey(stage.seed, 'history-noise-across', id),
  ].map((key) => ({ draws: openStream(key), noise: new Float64Array(k) })) as [Series, Series];
  const told = coveredBy(stage.seed, name, source, k);
  const dirt = streamKey(stage.seed, 'history-dirt', `${id}/${name}`);
  const hint = (day: number): Float64Array => standardisedNews(news.slice(day, day + scenario.tradeEvery));
  const out = new Float64Array(days * k);
  for (let d = 0; d < days; d++) {
    for (const series of correlation > 0 ? [alone, across] : [alone])
      advanceNoise(series.noise, d === 0 ? 0 : keep, () => series.draws.normal());
    const noise = blended(alone.noise, across.noise, correlation);
    const faults = faultsOf(source, k, () => openStream(dirt, d));
    const today = hint(lead - delayDays + d);
    const before = faults?.stale.some((x) => x === 1) ? hint(lead - delayDays + d - 1) : today;
    const past = source.spikes.gain === 0 ? [] : returnsBefore(stage, news, lead - delayDays + d);
    for (let a = 0; a < k; a++) {
      const z = faults?.stale[a] ? before[a]! : today[a]!;
      const x = rho * z + Math.sqrt(1 - rho ** 2) * noise[a]!;
      const extra =
        faults || past.length > 0 ? excitement(source, stage, past, a) + (faults?.off[a] ?? 0) : 0;
      out[d * k + a] = told[a] && !faults?.missing[a] ? x + extra : 0;
    }
  }
  return out;
}

interface Series {
  readonly draws: Stream;
  readonly noise: Float64Array;
}

/** Returns of the days before one, newest first. */
const returnsBefore = (stage: Stage, news: readonly NewsDay[], day: number): Float64Array[] =>
  news
    .slice(Math.max(0, day - EXCITED_DAYS), day)
    .reverse()
    .map((one) => totalReturn(stage, one));

const excitement = (source: Source, stage: Stage, past: readonly Float64Array[], a: number): number =>
  spike(
    source,
    stage.assets[a]!,
    past.map((returns) => returns[a]!),
  );
