import { covarianceEstimators } from '../../../../agents/allocation/covariance/index.js';
import type { BackTestPlan, NamedStrategy } from '../../../../agents/allocation/back-test/plan.js';
import { slicings } from '../../../../agents/allocation/execution/index.js';
import { forecasters } from '../../../../agents/allocation/forecasts/index.js';
import { strategies, type Strategy, type StrategyName } from '../../../../agents/allocation/index.js';
import { triggers } from '../../../../agents/allocation/rebalancing/index.js';
import type { PriceHistory } from '../../../../core/back-test.js';
import { sequence } from '../problems.js';

/** Prices of k assets that follow from a seed, on every calendar day from 2020 on. */
export function pricesOf(k: number, days: number, seed: number): PriceHistory {
  const next = sequence(seed);
  const prices = new Float64Array(days * k);
  for (let i = 0; i < k; i++) prices[i] = 100 + 10 * i;
  for (let t = 1; t < days; t++) {
    const common = next();
    for (let i = 0; i < k; i++)
      prices[t * k + i] = prices[(t - 1) * k + i]! * (1 + 0.01 * (0.6 * common + next()) + 0.0004 * i);
  }
  return historyOf(prices, k);
}

export function historyOf(prices: Float64Array, k: number): PriceHistory {
  const days = prices.length / k;
  const dates = Array.from({ length: days }, (_, t) =>
    new Date(Date.UTC(2020, 0, 1 + t)).toISOString().slice(0, 10),
  );
  return {
    assets: Array.from({ length: k }, (_, i) => ({
      id: `asset-${i}`,
      class: i % 2 === 0 ? 'equity' : 'government',
      region: 'global',
      sector: i < 2 ? 'energy' : 'broad',
      currency: 'USD',
    })),
    dates,
    calendar: Int32Array.from(dates, (_, t) => t),
    prices,
  };
}

const chosen = <T extends { options: { parse: (value: unknown) => unknown } }>(entry: T, options = {}) => ({
  entry,
  options: entry.options.parse(options),
});

export const planOf = (changes: Partial<BackTestPlan> = {}): BackTestPlan => ({
  lookback: 60,
  riskModel: chosen(covarianceEstimators['ledoit-wolf']),
  forecast: chosen(forecasters['historical-mean']),
  riskAversion: 3,
  rebalancing: chosen(triggers.calendar, { every: 20 }),
  horizon: 20,
  slicing: chosen(slicings.immediate),
  overlay: [],
  costBps: 10,
  cashRate: 0,
  tax: null,
  seed: 1,
  ...changes,
});

export const tax = {
  shortRate: 0.4,
  longRate: 0.2,
  longAfterDays: 365,
  order: 'fifo',
  washDays: 30,
  harvest: { threshold: 0.05, every: 10 },
} as const;

export const strategyNamed = (name: StrategyName, options: object = {}): NamedStrategy => {
  const entry: Strategy = strategies[name];
  return { name, entry, options: entry.options.parse(options) };
};

export { chosen };
