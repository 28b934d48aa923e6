import { exp, log, pow } from '../../core/numeric.js';
import { gaussLegendre } from './gauss-legendre.js';

/** Pressure of cumulative flow x (in days of volume): linear x + power sign(x) ((c + |x|)^exponent − c^exponent), in log
 * price where price stands at value. */
export interface Pressure {
  readonly linear: number;
  readonly power: number;
  readonly exponent: number;
  /** Flow c about which the power part passes from a line to its power; 0: a power from the first unit on. */
  readonly crossover: number;
}

/** How pressure moves a price that stands somewhere between its floor and its ceiling. */
export interface ImpactCurve extends Pressure {
  /** Lowest price over value; its inverse is the highest. */
  readonly floor: number;
  /** Where price stands before the flow: log of (P − floor) / (1 − floor P), P price over value. */
  readonly origin: number;
}

/** The curve from a price whose log is `displacement` above that of value. */
export function impactCurve(pressure: Pressure, floor: number, displacement: number): ImpactCurve {
  const { linear, power, exponent, crossover } = pressure;
  return { linear, power, exponent, crossover, floor, origin: originAt(floor, displacement) };
}

/** Log of (P − floor) / (1 − floor P), of the price over value P whose log is given. */
function originAt(floor: number, displacement: number): number {
  const ratio = exp(displacement);
  return log((ratio - floor) / (1 - floor * ratio));
}

const rule = gaussLegendre(12);

/** Part of the pressure that is a power of flow. */
export const powerPressure = ({ power, exponent, crossover }: Pressure, x: number): number =>
  Math.sign(x) * power * (pow(crossover + Math.abs(x), exponent) - pow(crossover, exponent));

const pressureOf = (curve: Pressure, x: number): number => curve.linear * x + powerPressure(curve, x);

/** Price over value under a pressure: the outside book takes more and more per step of price as that leaves value, and
 * at the floor it buys whatever is offered.
 *
 * @formula dP/P = (1 − B/P)(1 − BP)/(1 − B)² d(pressure), so P = (z + B)/(1 + Bz), z = e^(origin + pressure (1+B)/(1−B))
 * @range   floor < P < 1/floor
 * @source  on the way down, the exponential saturation of Cont & Schaanning 2017, Norges Bank working paper 02/2017
 */
function ratioUnder({ floor, origin }: ImpactCurve, pressure: number): number {
  const exponent = origin + (pressure * (1 + floor)) / (1 - floor);
  const z = exp(-Math.abs(exponent));
  return exponent > 0 ? (1 + floor * z) / (z + floor) : (z + floor) / (1 + floor * z);
}

/** Log of price over value after flow x. */
export const displacementAt = (curve: ImpactCurve, x: number): number =>
  log(ratioUnder(curve, pressureOf(curve, x)));

/** Share of the pressure of flow x that is its linear part. */
export function linearPart(curve: Pressure, x: number): number {
  const all = pressureOf(curve, x);
  return all === 0 ? 0 : (curve.linear * x) / all;
}

interface Mass {
  readonly price: number;
  readonly flow: number;
}

/** ∫ P dx and ∫ dx from a to b, both of one sign. With c + |x| = w^(1/δ) the integrand has no root in it. */
function segment(curve: ImpactCurve, a: number, b: number): Mass {
  const { linear, power, exponent, crossover } = curve;
  const sign = a + b < 0 ? -1 : 1;
  const none = pow(crossover, exponent);
  const from = pow(crossover + Math.abs(a), exponent);
  const width = pow(crossover + Math.abs(b), exponent) - from;
  let price = 0;
  let flow = 0;
  for (let j = 0; j < rule.nodes.length; j++) {
    const w = from + width * rule.nodes[j]!;
    const shifted = pow(w, 1 / exponent);
    const dx = (rule.weights[j]! * shifted) / w;
    price += dx * ratioUnder(curve, sign * (linear * (shifted - crossover) + power * (w - none)));
    flow += dx;
  }
  return { price: price * width * sign, flow: flow * width * sign };
}

const joined = (one: Mass, other: Mass): Mass => ({
  price: one.price + other.price,
  flow: one.flow + other.flow,
});

/** Mean of price over value along the path of cumulative flow from a to b: what a wave pays.
 *
 * Numerator and denominator come from one quadrature, so that a short wave after a long one loses no digits.
 * @formula (∫_a^b P(x) dx) / (b − a)
 * @range   between the values at a and b
 */
export function meanRatio(curve: ImpactCurve, a: number, b: number): number {
  const last = ratioUnder(curve, pressureOf(curve, b));
  if (a === b) return last;
  const first = ratioUnder(curve, pressureOf(curve, a));
  const { price, flow } =
    a * b < 0 ? joined(segment(curve, a, 0), segment(curve, 0, b)) : segment(curve, a, b);
  // A flow of no size at all has no mean that float64 could tell; any price between the ends is right.
  const mean = Number.isFinite(price / flow) ? price / flow : last;
  return Math.min(Math.max(first, last), Math.max(Math.min(first, last), mean));
}

/** The flow, of the sign of `displacement` less where the curve begins, that takes price to a displacement; infinite
 * where no flow does.
 *
 * Newton's method from below on a concave function: it rises to the root and never passes it.
 */
export function flowTo(curve: ImpactCurve, displacement: number): number {
  const { linear, power, exponent, crossover, floor, origin } = curve;
  const wanted = ((originAt(floor, displacement) - origin) * (1 - floor)) / (1 + floor);
  const size = Math.abs(wanted);
  if (size === 0 || (linear === 0 && power === 0)) return wanted === 0 ? 0 : Math.sign(wanted) * Infinity;
  let x = Math.min(size / (2 * linear), pow(size / (2 * power), 1 / exponent));
  const none = pow(crossover, exponent);
  for (let iteration = 0; iteration < 100; iteration++) {
    const shifted = pow(crossover + x, exponent);
    const part = power * (shifted - none);
    const step = (size - linear * x - part) / (linear + (exponent * (power * shifted)) / (crossover + x));
    x += step;
    if (!(step > 1e-13 * x)) break;
  }
  return Math.sign(wanted) * x;
}
