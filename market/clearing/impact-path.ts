import { exp, pow } from '../../core/numeric.js';
import { gaussLegendre } from './gauss-legendre.js';

/** Impact of cumulative flow x (in days of volume) on the log price: linear x + power sign(x) |x|^exponent. */
export interface ImpactCurve {
  readonly linear: number;
  readonly power: number;
  readonly exponent: number;
}

const rule = gaussLegendre(12);

/** Log impact of the power part. */
export const powerImpact = ({ power, exponent }: ImpactCurve, x: number): number =>
  Math.sign(x) * power * pow(Math.abs(x), exponent);

interface Mass {
  readonly price: number;
  readonly flow: number;
}

/** ∫ exp(impact) dx and ∫ dx from a to b, both of one sign. With |x| = w^(1/δ) the integrand has no root in it. */
function segment(curve: ImpactCurve, a: number, b: number): Mass {
  const { linear, power, exponent } = curve;
  const sign = a + b < 0 ? -1 : 1;
  const from = pow(Math.abs(a), exponent);
  const width = pow(Math.abs(b), exponent) - from;
  let price = 0;
  let flow = 0;
  for (let j = 0; j < rule.nodes.length; j++) {
    const w = from + width * rule.nodes[j]!;
    const x = pow(w, 1 / exponent);
    const dx = (rule.weights[j]! * x) / w;
    price += dx * exp(sign * (linear * x + power * w));
    flow += dx;
  }
  return { price: price * width * sign, flow: flow * width * sign };
}

/** Mean of exp(impact) along the path of cumulative flow from a to b: what a wave pays over the price at no flow.
 *
 * Numerator and denominator come from one quadrature, so that a short wave after a long one loses no digits.
 * @formula (∫_a^b exp(linear x + power sign(x)|x|^δ) dx) / (b − a)
 * @range   between the values at a and b
 */
export function meanImpact(curve: ImpactCurve, a: number, b: number): number {
  const at = (x: number): number => exp(curve.linear * x + powerImpact(curve, x));
  if (a === b) return at(a);
  const crosses = a * b < 0;
  const parts = crosses ? [segment(curve, a, 0), segment(curve, 0, b)] : [segment(curve, a, b)];
  const price = parts.reduce((total, part) => total + part.price, 0);
  const flow = parts.reduce((total, part) => total + part.flow, 0);
  return flow === 0 ? at(b) : price / flow;
}
