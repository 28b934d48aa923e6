import type { Scenario } from '../core/scenario.js';
import type { News, Prices, Stage } from '../core/types.js';
import { notify, type Draft } from './draft.js';
import { fundamentalLaw, jumpReturn, nextNews } from './fundamentals.js';
import { shockReturns, shocksOf, shockTarget } from './shocks.js';
import { longestDelay, standardisedNews } from './signals.js';
import { newsOf } from './world.js';

/** Moves value by the day's news: drift, diffusion, jumps and scheduled shocks. */
export function applyNews(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  prices: Prices,
  news: News,
): { readonly prices: Prices; readonly fading: Float64Array } {
  const today = news.coming[0]!;
  const { returns, fading } = shockReturns(scenario, stage, draft.day, news.fading);
  const fundamental = prices.fundamental.map(
    (v, k) => v + today.drift[k]! + today.diffusion[k]! + jumpReturn(stage.assets[k]!, today) + returns[k]!,
  );
  for (const size of today.jumps) notify(draft, 'jump', { size });
  for (const shock of shocksOf(scenario, draft.day))
    notify(draft, 'shock', { target: shockTarget(shock), size: shock.size });
  return { prices: { ...prices, fundamental }, fading };
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
