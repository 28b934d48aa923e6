import type { Scenario } from '../core/scenario.js';
import type { Asset } from '../core/types.js';
import type { Seat } from '../core/roster.js';
import { fitMargins } from './fit-margins.js';
import { paretoShares } from './sizes.js';

/** Weights of a type's benchmark over the universe: a class is split by float among its assets. A type none of whose
 * classes is in the universe (one estimated from prices, say) holds the market. */
export function templateWeights(
  benchmark: Readonly<Record<string, number>>,
  assets: readonly Asset[],
): Float64Array {
  const value = (asset: Asset): number => asset.floatUnits * asset.price0;
  const classTotal = new Map<string, number>();
  for (const asset of assets) classTotal.set(asset.class, (classTotal.get(asset.class) ?? 0) + value(asset));
  const weights = Float64Array.from(assets, (asset) => {
    const ofClass = ((benchmark[asset.class] ?? 0) * value(asset)) / classTotal.get(asset.class)!;
    return asset.id === asset.class ? ofClass : ofClass + (benchmark[asset.id] ?? 0);
  });
  return weights.some((w) => w > 0) ? weights : Float64Array.from(assets, value);
}

/** Value of every institution's holdings on day 0, USD: type benchmarks at Pareto sizes, fitted to what
 * institutions own of each asset. Shape (institutions, assets). */
export function ownership(
  scenario: Scenario,
  seats: readonly Seat[],
  assets: readonly Asset[],
): Float64Array {
  const { floatShare, ownershipFit, sizes, types } = scenario.institutions;
  const owned = Float64Array.from(assets, (asset) => floatShare * asset.floatUnits * asset.price0);
  const total = owned.reduce((a, b) => a + b, 0);
  const rows = paretoShares(
    scenario.seed,
    seats.map((seat) => seat.id),
    sizes.paretoExponent,
    sizes.largestShare,
  ).map((share) => share * total);
  const byType = new Map(
    Object.entries(types).map(([t, spec]) => [t, templateWeights(spec.benchmark, assets)]),
  );
  const seed = new Float64Array(seats.length * assets.length);
  seats.forEach((seat, i) => {
    const weights = byType.get(seat.type)!;
    weights.forEach((w, k) => (seed[i * assets.length + k] = w * rows[i]!));
  });
  return fitMargins(seed, rows, owned, ownershipFit).value;
}
