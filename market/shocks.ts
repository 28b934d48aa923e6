import type { Scenario } from '../core/scenario.js';
import type { Asset, Stage } from '../core/types.js';
import { decay } from './universe.js';

type Shock = Scenario['market']['fundamentals']['shocks'][number];

/** Log return that a scheduled shock gives an asset on its day. */
function strike(shock: Shock, asset: Asset, factors: readonly string[]): number {
  if (shock.factor !== undefined)
    return shock.size * asset.loadings[factors.indexOf(shock.factor)]! * asset.dailyVolatility;
  const struck = (['class', 'region', 'sector', 'currency'] as const).some(
    (key) => shock[key] !== undefined && shock[key] === asset[key],
  );
  return struck || shock.asset === asset.id ? shock.size : 0;
}

/** What a shock is reported to have hit. */
export const shockTarget = (shock: Shock): string =>
  (shock.asset ?? shock.class ?? shock.region ?? shock.sector ?? shock.currency ?? shock.factor)!;

export const shocksOf = (scenario: Scenario, day: number): Shock[] =>
  scenario.market.fundamentals.shocks.filter((shock) => shock.day === day);

/** The scheduled shocks' log returns on a day, what older ones give back included, and what is left to give back. */
export function shockReturns(
  scenario: Scenario,
  stage: Stage,
  day: number,
  fading: Float64Array,
): { readonly returns: Float64Array; readonly fading: Float64Array } {
  const { shocks, factors } = scenario.market.fundamentals;
  const k = stage.assets.length;
  const returns = new Float64Array(k);
  const left = fading.slice();
  shocks.forEach((shock, s) => {
    if (day < shock.day) return;
    const keep = shock.halfLifeDays === null ? 1 : decay(shock.halfLifeDays);
    stage.assets.forEach((asset, a) => {
      const at = s * k + a;
      const hit = day === shock.day ? strike(shock, asset, factors) : 0;
      returns[a]! += hit - left[at]! * (1 - keep);
      left[at] = left[at]! * keep + (keep === 1 ? 0 : hit);
    });
  });
  return { returns, fading: left };
}
