import type { DayFacts } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage, World } from '../core/types.js';
import { copyBooks, notify, type Draft } from './draft.js';
import { forgetSpentClaims, resolveDefaults, type Liquidation } from './default.js';
import { dayFacts } from './day-facts.js';
import type { Acts } from './interventions/act.js';
import { nextLiquidity, noisyVolume } from './liquidity.js';
import { sellUntilSafe, type Forced } from './margin.js';
import { advanceNews, applyNews } from './news.js';
import type { Opened } from './open-day.js';
import { nextSourceNoise } from './signals.js';
import { clearWave, openTrading, type Trading } from './trading.js';
import { logPrices } from './book.js';
import { copyPayments } from './payment-columns.js';

export { openDay, type Opened } from './open-day.js';

/** Closing prices kept for redemptions: twenty days' returns need one more. */
const RECENT = 21;

/** The trading day: news moves value, permitted orders clear, whoever is in breach sells until nobody is, the
 * insolvent are resolved, and so on until all is quiet. What was opened is left as it was. */
export function closeDay(
  scenario: Scenario,
  stage: Stage,
  opened: Opened,
  orders: Orders,
  acts: Acts,
): { readonly world: World; readonly facts: DayFacts } {
  const draft = continued(opened.draft);
  const { world: before } = opened;
  const { prices, fading } = applyNews(scenario, stage, draft, before.prices, before.news);
  const trading = openTrading(scenario, stage, { prices, liquidity: before.liquidity });
  const { estates, liquidation } = estateSales(before.liquidation);
  const allowed = withoutHalted(stage, draft, orders, acts);
  clearWave(scenario, stage, draft, trading, allowed, 0, estates);
  const forced = unwind(scenario, stage, draft, trading, liquidation, acts);
  if (draft.claimsChanged) forgetSpentClaims(draft);
  const world: World = {
    day: draft.day,
    prices: trading.session.prices,
    news: advanceNews(scenario, stage, draft.day, before.news, fading),
    noise: nextSourceNoise(scenario, stage, draft.day + 1, before.noise),
    liquidity: nextLiquidity(before, trading),
    books: draft.books,
    claims: draft.claims,
    liquidation,
    volume: noisyVolume(scenario, stage, draft.day, trading, estates),
    recent: [...before.recent, logPrices(trading.session.prices)].slice(-RECENT),
  };
  return { world, facts: dayFacts(stage, opened, world, { draft, trading, forced }) };
}

/** The morning's draft, to be carried on without writing into it. */
const continued = (draft: Draft): Draft => ({
  ...draft,
  books: copyBooks(draft.books, draft.books.units.slice()),
  claims: { ...draft.claims, face: draft.claims.face.slice() },
  payments: copyPayments(draft.payments),
  fills: [],
  notices: [...draft.notices],
});

/** What the outside book sells of estates today, and what that leaves. */
function estateSales({ left, perDay }: Liquidation): {
  readonly estates: Float64Array;
  readonly liquidation: Liquidation;
} {
  const sold = left.map((units, k) => Math.sign(units) * Math.min(Math.abs(units), Math.abs(perDay[k]!)));
  const rest = left.map((units, k) => units - sold[k]!);
  return {
    estates: sold.map((units) => -units),
    liquidation: { left: rest, perDay: perDay.map((units, k) => (rest[k] === 0 ? 0 : units)) },
  };
}

/** Orders of institutions that may trade; those of halted ones are refused, on record. */
function withoutHalted(stage: Stage, draft: Draft, orders: Orders, { halted }: Acts): Orders {
  if (!orders.institution.some((i) => halted.has(i))) return orders;
  const k = stage.assets.length;
  const rows = Array.from(orders.institution.keys());
  for (const row of rows) {
    const i = orders.institution[row]!;
    const reason = halted.get(i);
    if (reason === undefined) continue;
    stage.assets.forEach((asset, a) => {
      const units = orders.units[row * k + a]!;
      if (units === 0) return;
      notify(draft, 'refused', { institution: stage.institutions[i]!.id, asset: asset.id, units, reason });
    });
  }
  const kept = rows.filter((row) => !halted.has(orders.institution[row]!));
  const units = new Float64Array(kept.length * k);
  kept.forEach((row, at) => units.set(orders.units.subarray(row * k, (row + 1) * k), at * k));
  return { institution: Int32Array.from(kept, (row) => orders.institution[row]!), units };
}

/** Forced sales and defaults in turn, until neither leads to the other. */
function unwind(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  liquidation: Liquidation,
  { halted }: Acts,
): Forced {
  const forced: Forced = {
    waves: 0,
    salesUsd: 0,
    lossUsd: 0,
    soldUsd: new Float64Array(stage.institutions.length),
  };
  do sellUntilSafe(scenario, stage, draft, trading, forced, halted);
  while (resolveDefaults(scenario, stage, draft, trading, liquidation).length > 0);
  return forced;
}
