// What a market day costs with 1,000 institutions and 50 assets, data sources left out: processor time (so that others
// at work on the machine do not show) in the median of a few spells, and its ratio to the yardstick, one pass over all
// holdings.
import { defaultAssets } from '../core/scenario/assets.js';
import type { Orders } from '../core/types.js';
import { holdingsOf, pricesOf } from '../market/book.js';
import { dayFacts } from '../market/day-facts.js';
import { actsOn } from '../market/interventions/index.js';
import { createStage } from '../market/stage.js';
import { closeDay, openDay, type Opened } from '../market/step.js';
import { createWorld } from '../market/world.js';
import type { Bench } from './figure.js';
import { benchmarkTrader, scenarioOf } from '../test/market/fixture.js';

const warmUp = 200;
const days = 200;
const spells = 5;

const assets = Array.from({ length: 50 }, (_, k) => {
  const like = defaultAssets[k % defaultAssets.length]!;
  return { ...like, id: `${like.id}-${k}`, floatUsd: like.floatUsd / 4 };
});
const base = scenarioOf({ assets, institutions: { count: 1000 } });
const types = Object.fromEntries(
  Object.entries(base.institutions.types).map(([name, type]) => [name, { ...type, sources: [] }]),
);
const scenario = { ...base, sources: {}, institutions: { ...base.institutions, types } };

const stage = createStage(scenario);
const first = createWorld(scenario, stage);
/** A day's orders, drawn beforehand and sent again and again at a twentieth, back and forth. */
const drawn = benchmarkTrader(0.1)(stage, first);
const orders = [1, -1].map((sign): Orders => ({
  ...drawn,
  units: drawn.units.map((units) => (sign * units) / 20),
}));

/** Processor time of an action, ms. */
function cpuMs(action: () => void): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Processor time of one of `days` things that `pass` does, ms, once it is warm; the median of a few spells. */
function typicalMs(pass: (count: number) => void): number {
  pass(warmUp);
  const each = Array.from({ length: spells }, () => cpuMs(() => pass(days)) / days);
  return each.sort((a, b) => a - b)[spells >> 1]!;
}

/** What is made of a day that has closed. */
type After = (opened: Opened, closed: ReturnType<typeof closeDay>) => void;

/** Processor time of a day of the impact market, learning and deciding excluded, ms. */
function dayMs(after: After): number {
  let world = first;
  const pass = (count: number): void => {
    for (const end = world.day + count; world.day < end;) {
      const acts = actsOn(scenario, stage, world, world.day + 1);
      const opened = openDay(scenario, stage, world, acts);
      const closed = closeDay(scenario, stage, opened, orders[opened.world.day % 2]!, acts);
      after(opened, closed);
      ({ world } = closed);
    }
  };
  const spent = typicalMs(pass);
  const active = world.books.active.reduce((sum, one) => sum + one, 0);
  if (active < 0.9 * world.books.active.length) throw new Error(`only ${active} are in business at the end`);
  return spent;
}

/** Processor time of one pass over all holdings, ms. */
function passMs(): number {
  const price = pricesOf(first.prices);
  let valued = 0;
  const pass = (count: number): void => {
    for (let at = 0; at < count; at++) valued += holdingsOf(first.books, price).long[0]!;
  };
  const spent = typicalMs(pass);
  if (!(valued > 0)) throw new Error('nobody holds anything');
  return spent;
}

export const market: Bench = () => {
  let waves = 0;
  const day = dayMs((_, { course }) => (waves += course.forced.waves));
  let rows = 0;
  const recorded = dayMs((opened, { world, course }) => {
    const { positions, fills } = dayFacts(stage, opened, world, course).tables;
    rows += positions!['asset']!.length + fills!['asset']!.length;
  });
  const all = warmUp + spells * days;
  return [
    {
      what: 'a day, 1,000 institutions, 50 assets',
      value: day,
      unit: 'ms',
      against: `processor time, median of ${spells} spells of ${days} days, ${(waves / all).toFixed(2)} waves of forced sales a day`,
      target: { atMost: 1 },
    },
    { what: 'the same', value: day / passMs(), unit: 'passes', against: 'one pass over all holdings' },
    {
      what: 'the same, with its tables laid down',
      value: recorded,
      unit: 'ms',
      against: `${Math.round(rows / all)} positions and fills a day`,
    },
  ];
};
