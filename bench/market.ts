// What a market day costs with 1,000 institutions and 50 assets, data sources left out: processor time (so that others
// at work on the machine do not show), and its ratio to the yardstick, one pass over all holdings.
import { defaultAssets } from '../core/scenario/assets.js';
import type { Orders } from '../core/types.js';
import { holdingsOf, pricesOf } from '../market/book.js';
import { actsOn } from '../market/interventions/index.js';
import { createStage } from '../market/stage.js';
import { closeDay, openDay } from '../market/step.js';
import { createWorld } from '../market/world.js';
import type { Bench } from './figure.js';
import { benchmarkTrader, scenarioOf } from '../test/market/fixture.js';

const warmUp = 50;
const days = 250;

const assets = Array.from({ length: 50 }, (_, k) => {
  const like = defaultAssets[k % defaultAssets.length]!;
  return { ...like, id: `${like.id}-${k}`, floatUsd: like.floatUsd / 4 };
});
const base = scenarioOf({ assets, institutions: { count: 1000 } });
const types = Object.fromEntries(
  Object.entries(base.institutions.types).map(([name, type]) => [name, { ...type, sources: [] }]),
);
const scenario = { ...base, sources: {}, institutions: { ...base.institutions, types } };

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** A day of the impact market, learning and deciding excluded. */
export const market: Bench = () => {
  const stage = createStage(scenario);
  let world = createWorld(scenario, stage);
  /** A few days' orders, drawn beforehand and sent again and again at a twentieth, back and forth. */
  const drawn = benchmarkTrader(0.1)(stage, world);
  const orders = [1, -1].map((sign): Orders => ({
    ...drawn,
    units: drawn.units.map((units) => (sign * units) / 20),
  }));
  const price = pricesOf(world.prices);
  const spent = { open: 0, close: 0, yardstick: 0 };
  let valued = 0;
  let sales = 0;
  for (let day = 1; day <= warmUp + days; day++) {
    const acts = actsOn(scenario, stage, world, day);
    const start = cpuMs();
    const opened = openDay(scenario, stage, world, acts);
    const middle = cpuMs();
    const closed = closeDay(scenario, stage, opened, orders[day % 2]!, acts);
    const end = cpuMs();
    ({ world } = closed);
    valued += holdingsOf(world.books, price).long[0]!;
    if (day <= warmUp) continue;
    sales += closed.facts.tables.days!['marginWaves']![0] as number;
    spent.open += middle - start;
    spent.close += end - middle;
    spent.yardstick += cpuMs() - end;
  }
  if (!(valued > 0)) throw new Error('nobody holds anything');
  const perDay = (ms: number): number => ms / days;
  const passes = (spent.open + spent.close) / spent.yardstick;
  return [
    {
      what: 'a day, 1,000 institutions, 50 assets',
      value: perDay(spent.open + spent.close),
      unit: 'ms',
      against: `processor time, ${(sales / days).toFixed(2)} waves of forced sales a day`,
      target: { atMost: 1 },
    },
    { what: 'the same', value: passes, unit: 'passes', against: 'one pass over all holdings' },
  ];
};
