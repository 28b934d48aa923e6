import { openStream, streamKey } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { NewsDay, Stage } from '../core/types.js';
import { firstNewsState, fundamentalLaw, jumpReturn, nextNews } from './fundamentals.js';
import { advanceNoise, longestDelay, sourceNames, standardisedNews } from './signals.js';
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

/** What an institution saw before day 1: a past of its own, from the law of the fundamentals and of the sources.
 *
 * No impact is in it, nor a scheduled shock; its draws have the institution's own address, so that no two pasts
 * share a day.
 */
export function privateHistory(scenario: Scenario, stage: Stage, i: number): PrivateHistory {
  const news = newsBefore(scenario, stage, stage.institutions[i]!.id);
  return { logReturns: returnsOf(scenario, stage, news), sources: ownSources(scenario, stage, i, news) };
}

/** What everybody saw before day 1, from the same law: days x assets, for risk models held in common. */
export const publicHistory = (scenario: Scenario, stage: Stage): Float32Array =>
  returnsOf(scenario, stage, newsBefore(scenario, stage, 'public'));

function returnsOf(scenario: Scenario, stage: Stage, news: readonly NewsDay[]): Float32Array {
  const days = scenario.learning.historyDays;
  const lead = longestDelay(scenario);
  const k = stage.assets.length;
  const logReturns = new Float32Array(days * k);
  for (let d = 0; d < days; d++) logReturns.set(totalReturn(stage, news[lead + d]!), d * k);
  return logReturns;
}

/** News of the days from the longest delay before the history to a horizon after its last day. */
function newsBefore(scenario: Scenario, stage: Stage, entity: string): NewsDay[] {
  const days = scenario.learning.historyDays;
  const law = fundamentalLaw(scenario, stage);
  const key = streamKey(stage.seed, 'history-news', entity);
  const kept: NewsDay[] = [];
  const total = BURN_IN + longestDelay(scenario) + days + law.horizon - 1;
  for (let d = 0, state = firstNewsState(law); d < total; d++) {
    const drawn = nextNews(law, state, openStream(key, d));
    if (d >= BURN_IN) kept.push(drawn.news);
    ({ state } = drawn);
  }
  return kept;
}

const totalReturn = (stage: Stage, news: NewsDay): Float64Array =>
  news.diffusion.map((x, k) => x + news.drift[k]! + jumpReturn(stage.assets[k]!, news));

function ownSources(scenario: Scenario, stage: Stage, i: number, news: readonly NewsDay[]): Float32Array {
  const names = sourceNames(scenario);
  const days = scenario.learning.historyDays;
  const k = stage.assets.length;
  const out = new Float32Array(days * names.length * k);
  const { id } = stage.institutions[i]!;
  const read = new Set(typeOf(scenario, stage.institutions[i]!).sources);
  names.forEach((name, s) => {
    if (!read.has(name)) return;
    const draws = openStream(streamKey(stage.seed, 'history-noise', `${id}/${name}`));
    const { informationCoefficient: rho, delayDays } = scenario.sources[name]!;
    const first = longestDelay(scenario) - delayDays;
    const noise = new Float64Array(k);
    for (let d = 0; d < days; d++) {
      advanceNoise(noise, d === 0 ? 0 : decay(scenario.tradeEvery), () => draws.normal());
      const hint = standardisedNews(news.slice(first + d, first + d + scenario.tradeEvery));
      const at = (d * names.length + s) * k;
      for (let a = 0; a < k; a++) out[at + a] = rho * hint[a]! + Math.sqrt(1 - rho ** 2) * noise[a]!;
    }
  });
  return out;
}
