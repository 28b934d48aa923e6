// Events per second of a continuous double auction with its latency tiers, one core: the day's orders of 1,000
// institutions are cut into slices, delayed by tier and jitter, sorted by arrival and matched, asset by asset, by the
// very mechanism that runs use. Processor time is what is counted, so that others at work do not show.
import type { Orders } from '../core/types.js';
import { continuous, type Terms } from '../market/clearing/continuous.js';
import type { Session, Wave } from '../market/clearing/mechanism.js';
import { createStage } from '../market/stage.js';
import { createWorld } from '../market/world.js';
import { benchmarkTrader, scenarioOf } from '../test/market/fixture.js';
import type { Bench } from './figure.js';

const required = 2e6;
const [warmUp, days] = [10, 40] as const;

const scenario = scenarioOf({
  institutions: { count: 1000 },
  market: { clearing: { mechanism: 'order-book' } },
});
const terms = scenario.market.clearing as unknown as Terms & Record<string, unknown>;

/** Slices of the institutions' orders: the events that are counted. */
const slicesOf = ({ units }: Orders): number => terms.slices * units.filter((q) => q !== 0).length;

/** Clears a wave on one day after another, all alike but for what is drawn: events a second on the median day. */
function play(open: (day: number) => Session, wave: Wave): number {
  const events = slicesOf(wave.orders);
  const perSecond: number[] = [];
  for (let day = 1; day <= warmUp + days; day++) {
    const session = open(day);
    const start = process.cpuUsage();
    const { filled } = continuous.clear(terms, session, wave);
    const { user, system } = process.cpuUsage(start);
    if (!filled.some((q) => q !== 0)) throw new Error('nobody trades');
    if (day > warmUp) perSecond.push(events / ((user + system) / 1e6));
  }
  return perSecond.sort((a, b) => a - b)[days / 2]!;
}

/** The order book as a market runs it, on one core: arrivals, makers and noise traders included. */
export const tradingFloor: Bench = () => {
  const stage = createStage(scenario);
  const world = createWorld(scenario, stage);
  const { dailyMove } = scenario.market.halts;
  const { prices, liquidity } = world;
  const open = (day: number): Session =>
    continuous.open(terms, { ...stage, day, prices, liquidity, dailyMove, closed: new Map() });
  const estates = new Float64Array(stage.assets.length);
  const orders = benchmarkTrader(0.3)(stage, world);
  const tiers = new Set(stage.institutions.map(({ latencyTier }) => latencyTier));
  return [
    {
      what: '1,000 agents in latency tiers, arrivals and clearing',
      value: play(open, { orders, wave: 0, estates }) / 1e6,
      unit: 'M events/s',
      against: `agents’ slices alone count; ${tiers.size} tiers, ${estates.length} assets, ${terms.makers} makers; processor time, median of ${days} days`,
      target: { atLeast: required / 1e6 },
    },
  ];
};
