import { log, pow } from '../../core/numeric.js';
import { field, nonNegative, positive, unitInterval } from '../../core/scenario/field.js';
import type { Asset, Liquidity, Prices } from '../../core/types.js';
import { displacementAt, impactCurve, linearPart, type ImpactCurve } from './impact-path.js';
import type { Opening, Session } from './mechanism.js';
import { dailyLimits, restOvernight } from './rest-overnight.js';

/** How willing the outside book is to trade: what every mechanism that trades against it can set. */
export const outsideBook = {
  impact: field(
    nonNegative.max(10).default(0.8),
    'Price impact of a net flow of one day of volume at full depth (Y).',
    'daily standard deviations',
  ),
  exponent: field(
    positive.max(1).default(0.5),
    'Power with which fast impact grows in cumulative flow.',
    'exponent',
  ),
  crossover: field(
    nonNegative.max(1000).default(1),
    'Net flow about which fast impact passes from a line, which small flows follow, to its power.',
    'days of volume',
  ),
  permanentShare: field(
    unitInterval.default(0.2),
    'Weight of slow impact, which is linear in flow; the rest is fast impact.',
    'share',
  ),
  transientDays: field(positive.default(8), 'Days in which fast impact falls by a factor e.', 'days'),
  reversion: field(
    unitInterval.default(0.02),
    'Share of slow impact that reverts in a day.',
    'share per day',
  ),
  depthVolatilityExponent: field(
    nonNegative.max(5).default(1),
    'Power of calm over recent volatility in depth.',
    'exponent',
  ),
  depthImbalance: field(
    unitInterval.default(0.5),
    'Depth lost after a day on which all institutions traded one way.',
    'share',
  ),
  depthFloor: field(unitInterval.gt(0).default(0.1), 'Least depth.', 'ratio'),
  floor: field(
    positive.max(0.95).default(0.5),
    'Price over value at which value investors buy whatever is offered; at its inverse they sell.',
    'ratio',
  ),
};

export interface OutsideBook {
  readonly impact: number;
  readonly exponent: number;
  readonly crossover: number;
  readonly permanentShare: number;
  readonly transientDays: number;
  readonly reversion: number;
  readonly depthVolatilityExponent: number;
  readonly depthImbalance: number;
  readonly depthFloor: number;
  readonly floor: number;
}

/** A day's market as the outside book opens it; the mechanism adds what is its own. */
export function openOutside(
  terms: OutsideBook,
  { assets, prices, liquidity, dailyMove, closed }: Opening,
): Session & { readonly own: readonly ImpactCurve[] } {
  const start = restOvernight(prices, terms);
  const depth = Float64Array.from(assets, (asset, k) => depthOf(terms, asset, liquidity, k));
  const own = assets.map((asset, k) => curveOf(terms, asset, depth[k]!, start.slow[k]! + start.fast[k]!));
  const cumulative = new Float64Array(assets.length);
  const limits = dailyLimits(start, dailyMove);
  return { assets, start, prices: start, cumulative, depth, limits, halted: closed, own };
}

function curveOf(terms: OutsideBook, asset: Asset, depth: number, displacement: number): ImpactCurve {
  const size = terms.impact * asset.dailyVolatility;
  const { permanentShare, exponent, crossover, floor } = terms;
  const power = ((1 - permanentShare) * size) / depth;
  const pressure = { linear: permanentShare * size, power, exponent, crossover };
  return impactCurve(pressure, floor, displacement);
}

/** @formula clip((σ̄ / σ̂)^a (1 − b |imbalance|), floor, 1) */
function depthOf(terms: OutsideBook, asset: Asset, { volatility, imbalance }: Liquidity, k: number): number {
  const calm = pow(asset.dailyVolatility / volatility[k]!, terms.depthVolatilityExponent);
  const depth = calm * (1 - terms.depthImbalance * Math.abs(imbalance[k]!));
  return Math.min(1, Math.max(terms.depthFloor, depth));
}

/** Prices once each asset's log price over value is as given; slow and fast impact share the move as the parts of
 * pressure share the day's flow (in days of volume). */
export function movedTo(
  start: Prices,
  curves: readonly ImpactCurve[],
  flow: Float64Array,
  displacement: Float64Array,
): Prices {
  const slow = start.slow.slice();
  const fast = start.fast.slice();
  curves.forEach((curve, a) => {
    const move = displacement[a]! - (slow[a]! + fast[a]!);
    if (move === 0) return;
    const part = move * linearPart(curve, flow[a]!);
    slow[a]! += part;
    fast[a]! += move - part;
  });
  return { fundamental: start.fundamental, slow, fast };
}

/** Lowest and highest log price over value at which an asset may trade. */
export function reach({ start, limits }: Session, { floor }: ImpactCurve, a: number): [number, number] {
  const value = start.fundamental[a]!;
  const widest = -log(floor) * (1 - 1e-9);
  return [Math.max(limits.low[a]! - value, -widest), Math.min(limits.high[a]! - value, widest)];
}

/** Log of price over value on the outside book's curve after the day's flow. */
export const onCurve = ({ start, cumulative, assets }: Session, curve: ImpactCurve, a: number): number =>
  cumulative[a] === 0
    ? start.slow[a]! + start.fast[a]!
    : displacementAt(curve, cumulative[a]! / assets[a]!.advUnits);
