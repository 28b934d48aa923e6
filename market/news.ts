import { exp, log } from '../core/numeric.js';
import type { Scenario } from '../core/scenario.js';
import type { News, Prices, Stage } from '../core/types.js';
import { notify, type Draft } from './draft.js';
import { fundamentalLaw, jumpReturn, nextNews } from './fundamentals.js';
import { shockReturns, shocksOf, shockTarget } from './shocks.js';
import { longestDelay, standardisedNews } from './signals.js';
import { newsOf } from './world.js';

/** Prices once the day's news is known. */
export interface Struck {
  readonly prices: Prices;
  /** What scheduled shocks have still to give back. */
  readonly fading: Float64Array;
  /** Assets that cannot be priced, with the reason. */
  readonly closed: ReadonlyMap<number, string>;
}

/** Log of how far value may be from the first price, either way: beyond, no price can be named. */
const WIDEST = log(1e12);

/** Moves value by the day's news: drift, diffusion, jumps and scheduled shocks. An asset whose value would leave the
 * range in which it can be priced stays at its end and is closed for the day. */
export function applyNews(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  prices: Prices,
  news: News,
): Struck {
  const today = news.coming[0]!;
  const { returns, fading } = shockReturns(scenario, stage, draft.day, news.fading);
  const closed = new Map<number, string>();
  const fundamental = prices.fundamental.map((v, k) => {
    const asset = stage.assets[k]!;
    const value = v + today.drift[k]! + today.diffusion[k]! + jumpReturn(asset, today) + returns[k]!;
    const first = log(asset.price0);
    if (Math.abs(value - first) <= WIDEST) return value;
    closed.set(k, 'its value is too far from its first price to be priced');
    return first + Math.sign(value - first) * WIDEST;
  });
  for (const size of today.jumps) notify(draft, 'jump', { size });
  for (const shock of shocksOf(scenario, draft.day))
    notify(draft, 'shock', { target: shockTarget(shock), size: shock.size });
  for (const [k, reason] of closed)
    notify(draft, 'asset-halted', { asset: stage.assets[k]!.id, price: exp(fundamental[k]!), reason });
  return { prices: { ...prices, fundamental }, fading, closed };
}

/** The news state once the day is over: the queue moves up by a day. */
export function advanceNews(
  scenario: Scenario,
  stage: Stage,
  day: number,
  news: News,
  fading: Float64Array,
): News {
  const law = fundamentalLaw(scenario, stage);
  const next = nextNews(law, news, newsOf(stage, day + law.horizon));
  const past = [standardisedNews(news.coming), ...news.past].slice(0, longestDelay(scenario));
  const coming = [...news.coming.slice(1), next.news];
  return { ...next.state, regimeBefore: news.coming[0]!.regime, fading, coming, past };
}
