import { z } from 'zod';
import { exp, pow } from '../../core/numeric.js';
import { field, nonNegative, positive, unitInterval } from '../../core/scenario/field.js';
import type { Asset, Liquidity, Prices } from '../../core/types.js';
import { meanImpact, powerImpact, type ImpactCurve } from './impact-path.js';
import type { Cleared, Mechanism, Session } from './mechanism.js';

const options = z.strictObject({
  impact: field(
    nonNegative.max(10).default(0.5),
    'Price impact of a net flow of one day of volume at full depth (Y).',
    'daily standard deviations',
  ),
  exponent: field(
    positive.max(1).default(0.5),
    'Power with which fast impact grows in cumulative flow.',
    'exponent',
  ),
  permanentShare: field(
    unitInterval.default(0.5),
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
});

type Options = z.output<typeof options>;

/** Price impact against one outside book, in three state variables.
 *
 * @formula log p = v + m + u; m ← (1 − κ) m + φ Y σ̄ Q/ADV; u ← e^(−1/τ) u + (1 − φ) Y σ̄ sign(Q)(|Q|/ADV)^δ / depth
 * @source  Almgren et al. 2005, Risk 18(7); Huberman & Stanzl 2004, Econometrica 72(4) (linear permanent impact)
 * @pitfall Q is cumulative within the day: how orders are split into waves changes no price
 */
export const impact: Mechanism = {
  summary: 'Impact of net flow on price, slow and linear plus fast and concave, against one outside book.',
  options,
  open(chosen, assets, prices, liquidity): Session {
    const { transientDays, reversion } = chosen as Options;
    const keep = exp(-1 / transientDays);
    const start: Prices = {
      fundamental: prices.fundamental,
      slow: prices.slow.map((m) => m * (1 - reversion)),
      fast: prices.fast.map((u) => u * keep),
    };
    const depth = Float64Array.from(assets, (asset, k) => depthOf(chosen as Options, asset, liquidity, k));
    return { assets, start, prices: start, cumulative: new Float64Array(assets.length), depth };
  },
  clear(chosen, session, flow): Cleared {
    const { assets, start, cumulative } = session;
    const curves = assets.map((asset, k) => curveOf(chosen as Options, asset, session.depth[k]!));
    const days = (units: Float64Array): Float64Array => units.map((q, k) => q / assets[k]!.advUnits);
    const after = cumulative.map((q, k) => q + flow[k]!);
    const from = days(cumulative);
    const to = days(after);
    const { fundamental, slow, fast } = start;
    return {
      fillPrice: to.map(
        (x, k) => exp(fundamental[k]! + slow[k]! + fast[k]!) * meanImpact(curves[k]!, from[k]!, x),
      ),
      session: {
        ...session,
        cumulative: after,
        prices: {
          fundamental,
          slow: slow.map((m, k) => m + curves[k]!.linear * to[k]!),
          fast: fast.map((u, k) => u + powerImpact(curves[k]!, to[k]!)),
        },
      },
    };
  },
};

function curveOf(options: Options, asset: Asset, depth: number): ImpactCurve {
  const size = options.impact * asset.dailyVolatility;
  const { permanentShare, exponent } = options;
  return { linear: permanentShare * size, power: ((1 - permanentShare) * size) / depth, exponent };
}

/** @formula clip((σ̄ / σ̂)^a (1 − b |imbalance|), floor, 1) */
function depthOf(options: Options, asset: Asset, { volatility, imbalance }: Liquidity, k: number): number {
  const calm = pow(asset.dailyVolatility / volatility[k]!, options.depthVolatilityExponent);
  const depth = calm * (1 - options.depthImbalance * Math.abs(imbalance[k]!));
  return Math.min(1, Math.max(options.depthFloor, depth));
}
