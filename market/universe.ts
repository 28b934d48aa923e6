import { pow } from '../core/numeric.js';
import type { Asset } from '../core/types.js';
import type { Scenario } from '../core/scenario.js';

/** Trading days in a year. */
export const YEAR = 252;

const yearRoot = Math.sqrt(YEAR);

/** The scenario's assets in the units that a day is reckoned in. */
export const universe = (scenario: Scenario): Asset[] =>
  scenario.assets.map((spec) => {
    const floatUnits = spec.floatUsd / spec.price;
    return {
      id: spec.id,
      class: spec.class,
      region: spec.region,
      sector: spec.sector,
      currency: spec.currency,
      price0: spec.price,
      floatUnits,
      advUnits: floatUnits * spec.advShare,
      dailyVolatility: spec.volatility / yearRoot,
      dailyDrift: spec.drift / YEAR,
      halfSpread: spec.halfSpreadBps / 10_000,
      loadings: Float64Array.from(scenario.market.fundamentals.factors, (f) => spec.loadings[f] ?? 0),
    };
  });

/** What is left of 1 after `days` when half is gone after `halfLife`. */
export const decay = (halfLife: number, days = 1): number => pow(2, -days / halfLife);
