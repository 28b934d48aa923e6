import type { Batch, DayFacts } from '../core/events.js';
import { exp, log } from '../core/numeric.js';
import type { Stage, World } from '../core/types.js';
import { pricesOf, type Balances } from './book.js';
import { notify, standing as standingOf, type Draft } from './draft.js';
import type { Forced } from './margin.js';
import type { Opened } from './open-day.js';
import {
  assetRows,
  exposureRows,
  fillRows,
  indexLevel,
  institutionRows,
  noticesOf,
  paymentRows,
  positionRows,
  writeDownRows,
} from './record.js';
import type { Trading } from './trading.js';

/** How a day went, beside the world that it led to. */
export interface Course {
  readonly draft: Draft;
  readonly trading: Trading;
  readonly forced: Forced;
}

/** Everything the market puts on record of a day. */
export function dayFacts(stage: Stage, opened: Opened, world: World, course: Course): DayFacts {
  const standing = standingOf(course.draft, course.trading.price);
  announceRegime(opened.world, course.draft);
  const { session } = course.trading;
  const market = {
    days: dayRow(stage, opened, world, standing, course),
    assets: assetRows(world, {
      diffusion: opened.world.news.coming[0]!.diffusion,
      netUnits: session.cumulative,
      depth: session.depth,
    }),
  };
  const books = bookTables(stage, world, standing, course);
  return { day: world.day, tables: { ...market, ...books }, notices: noticesOf(course.draft.notices) };
}

const bookTables = (
  stage: Stage,
  world: World,
  standing: Balances,
  { draft, forced }: Course,
): Record<string, Batch> => ({
  institutions: institutionRows(world, standing, forced.soldUsd),
  positions: positionRows(world, stage.assets.length),
  fills: fillRows(draft),
  payments: paymentRows(draft),
  ...(draft.claimsChanged ? { exposures: exposureRows(world) } : {}),
  ...(world.books.writtenDown.some((usd) => usd > 0) ? { writeDowns: writeDownRows(world) } : {}),
});

/** A change of regime is on record on the first day that it governs. */
function announceRegime({ news }: World, draft: Draft): void {
  const { regime } = news.coming[0]!;
  if (news.regimeBefore !== regime) notify(draft, 'regime', { regime });
}

const regimeCode = { calm: 0, stress: 1 } as const;

function dayRow(
  stage: Stage,
  { world: open, openingEquityUsd }: Opened,
  world: World,
  standing: Balances,
  { draft, trading, forced }: Course,
): Batch {
  const level = indexLevel(stage, trading.price);
  const value = (w: World): number =>
    indexLevel(
      stage,
      w.prices.fundamental.map((v) => exp(v)),
    );
  const breached = draft.notices
    .filter(([kind]) => kind === 'breach' || kind === 'margin-call')
    .map(([, row]) => row['institution']);
  const row = {
    indexLevel: level,
    indexReturn: log(level / indexLevel(stage, pricesOf(open.prices))),
    fundamentalReturn: log(value(world) / value(open)),
    volumeUsd: trading.flow.grossUsd,
    forcedSalesUsd: forced.salesUsd,
    marginLossUsd: forced.lossUsd,
    openingEquityUsd,
    equityUsd: standing.equity.reduce((total, x) => total + x, 0),
    issuedUsd: draft.issuedUsd,
  };
  const counts = {
    day: world.day,
    regime: regimeCode[open.news.coming[0]!.regime],
    marginWaves: forced.waves,
    activeAtOpen: open.books.active.reduce((total, x) => total + x, 0),
    active: world.books.active.reduce((total, x) => total + x, 0),
    breaches: new Set(breached).size,
    defaults: draft.notices.filter(([kind]) => kind === 'default').length,
  };
  return {
    ...Object.fromEntries(Object.entries(counts).map(([name, x]) => [name, Int32Array.of(x)])),
    ...Object.fromEntries(Object.entries(row).map(([name, x]) => [name, Float64Array.of(x)])),
  };
}
