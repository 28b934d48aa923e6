import type { Bench } from './figure.js';

/** Every bench, by the name that `npm run bench -- name` takes; each runs in a process of its own. */
export const benches = {
  learning: async () => (await import('./learning.js')).learning,
  agents: async () => (await import('./agents.js')).agents,
  workers: async () => (await import('./workers.js')).workers,
  run: async () => (await import('./run.js')).run,
  'large-run': async () => (await import('./large-run.js')).largeRun,
  market: async () => (await import('./market.js')).market,
  'order-book': async () => (await import('./order-book.js')).orderBookBench,
  'trading-floor': async () => (await import('./trading-floor.js')).tradingFloor,
  contagion: async () => (await import('./contagion.js')).contagion,
  federation: async () => (await import('./federation.js')).federation,
  measures: async () => (await import('./measures.js')).measures,
  sweep: async () => (await import('./sweep.js')).sweep,
  allocation: async () => (await import('./allocation.js')).allocation,
} satisfies Record<string, () => Promise<Bench>>;

export type BenchName = keyof typeof benches;

export const isBench = (name: string): name is BenchName => Object.hasOwn(benches, name);
