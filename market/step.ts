import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage, World } from '../core/types.js';
import { rulesOf } from './channels/index.js';
import { carriedOn, copyBooks, sheetsIn, type Draft } from './draft.js';
import { creditTrend, outstanding } from './authority.js';
import { stillClosed } from './breakers.js';
import { closesKept } from './closes.js';
import { forgetSpentClaims, resolveDefaults, type Liquidation } from './default.js';
import type { Course } from './day-facts.js';
import { taxGains } from './gains-tax.js';
import type { Acts } from './interventions/act.js';
import { nextLiquidity, noisyVolume } from './liquidity.js';
import { sellUntilSafe, type Forced } from './margin.js';
import { advanceNews, applyNews } from './news.js';
import type { Opened } from './open-day.js';
import { announcePurchases, estatesSold, outsideFlow, purchasesOf } from './outside-orders.js';
import { nextSourceNoise } from './signals.js';
import { shifted } from './price-band.js';
import { restrain } from './restrain.js';
import { clearWave, openTrading, standingPrices, type Trading } from './trading.js';
import { logPrices, pricesOf, sheetsOf } from './book.js';

export { openDay, type Opened } from './open-day.js';

/** Payments that an institution makes or gets once orders are in, when there are many. */
const PAYMENTS = 2;

/** The trading day: news moves value, permitted orders clear, whoever is in breach sells until nobody is, the
 * insolvent are resolved, and so on until all is quiet. What was opened is left as it was. `dayFacts` puts it on record. */
export function closeDay(
  scenario: Scenario,
  stage: Stage,
  opened: Opened,
  orders: Orders,
  acts: Acts,
): { readonly world: World; readonly course: Course } {
  const draft = continued(opened.draft);
  const { world: before } = opened;
  const { withheld, closedUntil } = before.authority;
  const released = shifted(before.prices, withheld, -1);
  const struck = applyNews(scenario, stage, draft, released, before.news);
  const closed = new Map([...struck.closed, ...stillClosed(closedUntil, draft.day)]);
  const rules = { acts, last: pricesOf(before.prices), closedUntil: closedUntil.slice() };
  const opening = { prices: struck.prices, liquidity: before.liquidity, closed };
  const trading = openTrading(scenario, stage, draft, opening, rules);
  const shut = new Set(trading.session.halted.keys());
  const allowed = restrain(stage, draft, orders, acts);
  const offered = { estates: estateSales(before.liquidation), bought: purchasesOf(acts, rules.last) };
  const wave = clearWave(scenario, stage, draft, trading, allowed, 0, outsideFlow(offered));
  announcePurchases(stage, draft, acts, trading.session, offered, wave.estates);
  const liquidation = afterSales(before.liquidation, estatesSold(offered, wave.estates));
  const forced = unwind(scenario, stage, draft, trading, liquidation, opened);
  if (draft.claimsChanged) forgetSpentClaims(draft);
  const tax = taxGains(scenario, stage, draft, before.tax);
  const closing = standingPrices(trading);
  const sheets = sheetsIn(draft, trading.price);
  const world: World = {
    day: draft.day,
    prices: closing,
    news: advanceNews(scenario, stage, draft.day, before.news, struck.fading),
    noise: nextSourceNoise(scenario, stage, draft.day + 1, before.noise),
    liquidity: nextLiquidity(before, trading),
    books: draft.books,
    claims: draft.claims,
    liquidation,
    tax,
    volume: noisyVolume(scenario, stage, draft.day, trading, { outside: wave.estates, shut }),
    recent: [...before.recent, logPrices(closing)].slice(-closesKept(scenario)),
    authority: {
      closedUntil: rules.closedUntil,
      withheld: trading.withheld,
      loans: outstanding(before.authority, draft),
      creditTrendUsd: creditTrend(before.authority, draft, sheets.balances),
    },
  };
  sheetsOf.tell(world, sheets);
  return { world, course: { draft, trading, forced, standing: sheets.balances } };
}

/** The morning's draft, to be carried on without writing into it. */
const continued = (draft: Draft): Draft => ({
  ...carriedOn(
    draft,
    copyBooks(draft.books, draft.books.units.slice()),
    PAYMENTS * draft.books.active.length,
  ),
  ownsFaces: false,
  fills: [],
  notices: [...draft.notices],
});

/** What the outside book offers of estates today, signed units. */
const estateSales = ({ left, perDay }: Liquidation): Float64Array =>
  left.map((units, k) => -Math.sign(units) * Math.min(Math.abs(units), Math.abs(perDay[k]!)));

/** What sales leave of the estates. */
function afterSales({ left, perDay }: Liquidation, sold: Float64Array): Liquidation {
  const rest = left.map((units, k) => units + sold[k]!);
  return { left: rest, perDay: perDay.map((units, k) => (rest[k] === 0 ? 0 : units)) };
}

/** Forced sales and defaults in turn, until neither leads to the other. */
function unwind(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  trading: Trading,
  liquidation: Liquidation,
  { limits }: Opened,
): Forced {
  const forced: Forced = {
    waves: 0,
    salesUsd: 0,
    lossUsd: 0,
    soldUsd: new Float64Array(stage.institutions.length),
  };
  const { claims } = rulesOf(scenario);
  do sellUntilSafe(scenario, stage, draft, trading, forced, limits, claims);
  while (resolveDefaults(scenario, stage, draft, trading, liquidation, claims).length > 0);
  return forced;
}
