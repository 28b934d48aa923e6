import type { Batch, DayFacts, NoticeKind } from '../core/events.js';
import { exp, log } from '../core/numeric.js';
import type { Stage, World } from '../core/types.js';
import { pricesOf, type Balances } from './book.js';
import type { Draft, NoticeRow } from './draft.js';
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

/** How a day went, beside the world that it led to; nothing of it changes any more. */
export interface Course {
  readonly draft: Draft;
  readonly trading: Trading;
  readonly forced: Forced;
  /** Balance sheets at the close. */
  readonly standing: Balances;
}

/** Everything the market puts on record of a day, laid down in tables. */
export function dayFacts(stage: Stage, opened: Opened, world: World, course: Course): DayFacts {
  const { session } = course.trading;
  const market = {
    days: dayRow(stage, opened, world, course),
    assets: assetRows(world, {
      diffusion: opened.world.news.coming[0]!.diffusion,
      netUnits: session.cumulative,
      depth: session.depth,
    }),
  };
  const books = bookTables(stage, world, course);
  const notices = noticesOf([...course.draft.notices, ...changeOfRegime(opened.world)]);
  return { day: world.day, tables: { ...market, ...books }, notices };
}

const bookTables = (
  stage: Stage,
  world: World,
  { draft, forced, standing }: Course,
): Record<string, Batch> => ({
  institutions: institutionRows(world, standing, forced.soldUsd),
  positions: positionRows(world, stage.assets.length),
  fills: fillRows(draft, stage.assets.length),
  payments: paymentRows(draft),
  ...(draft.claimsChanged ? { exposures: exposureRows(world) } : {}),
  ...(world.books.writtenDown.some((usd) => usd > 0) ? { writeDowns: writeDownRows(world) } : {}),
});

/** A change of regime is on record on the first day that it governs. */
function changeOfRegime({ news }: World): (readonly [NoticeKind, NoticeRow])[] {
  const { regime } = news.coming[0]!;
  return news.regimeBefore === regime ? [] : [['regime', { regime }]];
}

const regimeCode = { calm: 0, stress: 1 } as const;

function dayRow(
  stage: Stage,
  { world: open, openingEquityUsd }: Opened,
  world: World,
  { draft, trading, forced, standing }: Course,
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
