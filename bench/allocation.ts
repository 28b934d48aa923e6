// How long strategies take to decide.
import { strategies, type StrategyName, type View } from '../agents/allocation/index.js';
import type { Bench } from './figure.js';
import { viewOf } from '../test/agents/allocation/problems.js';

interface Yardstick {
  readonly name: string;
  readonly targetMs: number;
  readonly run: () => void;
}

const allocating = (name: StrategyName, views: readonly View[], options: object = {}) => {
  const parsed = strategies[name].options.parse(options);
  return () => views.forEach((view) => strategies[name].allocate(view, parsed));
};

/** A thousand institutions that held yesterday's answer and see slightly other forecasts. */
const institutions = (): View[] => {
  const views = Array.from({ length: 1000 }, (_, i) => viewOf(12, i + 1));
  const options = strategies['mean-variance'].options.parse({});
  return views.map((view) => ({
    ...view,
    previousWeights: strategies['mean-variance'].allocate(view, options),
    expectedReturns: view.expectedReturns.map((value, i) => value + 0.002 * (((i * 7) % 5) - 2)),
  }));
};

const large = viewOf(500, 1);
const thousand = institutions();
const yardsticks: Yardstick[] = [
  {
    name: 'mean-variance, 12 assets, 1,000 institutions',
    targetMs: 20,
    run: allocating('mean-variance', thousand),
  },
  { name: 'risk-parity, 500 assets', targetMs: 100, run: allocating('risk-parity', [large]) },
  {
    name: 'hierarchical-risk-parity, 500 assets',
    targetMs: 100,
    run: allocating('hierarchical-risk-parity', [large]),
  },
  {
    name: 'mean-variance, 500 assets, at most 0.4% each',
    targetMs: 1000,
    run: allocating('mean-variance', [large], { maxWeight: 0.004 }),
  },
  {
    name: 'the same by operator splitting',
    targetMs: 1000,
    run: allocating('mean-variance', [large], { maxWeight: 0.004, solver: 'admm' }),
  },
  { name: 'minimum-variance, 500 assets', targetMs: 1000, run: allocating('minimum-variance', [large]) },
];

/** The best of several: what the code costs, not what else the machine did. */
function bestOf(times: number, run: () => void): number {
  let best = Infinity;
  for (let i = 0; i < times; i++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** Milliseconds of each strategy, against what the design asks. */
export const allocation: Bench = () =>
  yardsticks.map(({ name, targetMs, run }) => ({
    what: name,
    value: bestOf(10, run),
    unit: 'ms',
    target: { atMost: targetMs },
  }));
