import { NotConverged, type Solved } from '../../core/not-converged.js';
import { dot, mean, variance } from '../../core/numeric.js';
import { scaledCholesky } from '../../core/scaled-cholesky.js';
import { garchCurvature, garchLikelihood, SIZE, type Curvature, type GarchParameters } from './likelihood.js';

const MOST_ITERATIONS = 200;
/** Gain in log-likelihood that a further iteration would bring. */
const TOLERANCE = 1e-12;
/** μ is free; ω > 0, α ≥ 0, β ≥ 0. In units of the sample's variance. */
const LOWER = [-Infinity, 1e-10, 0, 0];
const STARTS = [0.02, 0.05, 0.1, 0.2].flatMap((alpha) =>
  [0.5, 0.8, 0.9, 0.95, 0.99].map((persistence) => ({ alpha, persistence })),
);
const TRIED_STARTS = 3;

type Vector = Float64Array;

const toVector = ({ mu, omega, alpha, beta }: GarchParameters): Vector =>
  Float64Array.of(mu, omega, alpha, beta);
const fromVector = (v: Vector): GarchParameters => ({ mu: v[0]!, omega: v[1]!, alpha: v[2]!, beta: v[3]! });

/** Parameters that are not held at their bound by a gradient pointing out of it. */
const freeAt = (at: Vector, gradient: Vector): number[] =>
  LOWER.flatMap((bound, i) => (at[i]! > bound || gradient[i]! > 0 ? [i] : []));

/** −H of some parameters, flat. */
const information = (hessian: Vector, free: readonly number[]): Vector =>
  Float64Array.from(free.flatMap((i) => free.map((j) => -hessian[i * SIZE + j]!)));

/** Newton's direction, damped until it points uphill. */
function direction({ gradient, hessian }: Curvature, free: readonly number[]): Vector {
  const n = free.length;
  const own = information(hessian, free);
  const scale = Math.max(...free.map((_, i) => Math.abs(own[i * (n + 1)]!)), 1e-8);
  const damped = (by: number): Vector => own.map((value, at) => (at % (n + 1) === 0 ? value + by : value));
  let factored = scaledCholesky(own, n);
  for (let by = 1e-10 * scale; factored === null; by *= 10) factored = scaledCholesky(damped(by), n);
  const uphill = factored.solve(free.map((i) => gradient[i]!));
  const result = new Float64Array(SIZE);
  free.forEach((i, k) => (result[i] = uphill[k]!));
  return result;
}

const moved = (from: Vector, along: Vector, length: number): Vector =>
  from.map((value, i) => Math.max(LOWER[i]!, value + length * along[i]!));

interface Climb {
  readonly at: Vector;
  readonly logLikelihood: number;
}

/** The first of ever shorter moves that raises the likelihood; null where none does. */
function raised(returns: Vector, from: Climb, along: Vector): Climb | null {
  for (let length = 1; length > 1e-12; length /= 2) {
    const at = moved(from.at, along, length);
    const { logLikelihood } = garchLikelihood(returns, fromVector(at));
    if (logLikelihood > from.logLikelihood) return { at, logLikelihood };
  }
  return null;
}

/** Newton's method with exact derivatives, inside the bounds. */
function climb(returns: Vector, start: GarchParameters): Solved<Climb> {
  let place: Climb = { at: toVector(start), ...garchLikelihood(returns, start) };
  let gain = Infinity;
  for (let iterations = 1; iterations <= MOST_ITERATIONS; iterations++) {
    const curvature = garchCurvature(returns, fromVector(place.at));
    const along = direction(curvature, freeAt(place.at, curvature.gradient));
    gain = dot(curvature.gradient, along) / 2;
    const next = raised(returns, place, along);
    if (gain <= TOLERANCE) return { value: next ?? place, iterations, residual: gain };
    if (next === null) break;
    place = next;
  }
  // A gain below what the sum's own rounding hides cannot be climbed further.
  if (gain <= 1e-12 * returns.length) return { value: place, iterations: MOST_ITERATIONS, residual: gain };
  throw new NotConverged('garch', MOST_ITERATIONS, gain);
}

function bestStarts(returns: Vector): GarchParameters[] {
  const mu = mean(returns);
  return STARTS.map(({ alpha, persistence }) => ({
    mu,
    omega: 1 - persistence,
    alpha,
    beta: persistence - alpha,
  }))
    .map((start) => ({ start, value: garchLikelihood(returns, start).logLikelihood }))
    .sort((a, b) => b.value - a.value)
    .slice(0, TRIED_STARTS)
    .map(({ start }) => start);
}

/** GARCH(1,1) by maximum likelihood: the best of several climbs from a grid of starts.
 * @formula max ln L over μ, ω > 0, α ≥ 0, β ≥ 0
 * @shape   returns (T), not constant
 * @source  Bollerslev 1986; benchmark of Fiorentini, Calzolari & Panattoni 1996
 * @pitfall α + β may reach 1 or more: the process then has no finite variance
 */
export function fitGarch(returns: Vector): Solved<GarchParameters> {
  const scale = Math.sqrt(variance(returns));
  const standard = returns.map((r) => r / scale);
  const climbs = bestStarts(standard).map((start) => climb(standard, start));
  const best = climbs.reduce((a, b) => (b.value.logLikelihood > a.value.logLikelihood ? b : a));
  const { mu, omega, alpha, beta } = fromVector(best.value.at);
  return { ...best, value: { mu: mu * scale, omega: omega * scale ** 2, alpha, beta } };
}

/** Standard errors from the Hessian; null for a parameter at its bound, and for all where it is not curved downwards.
 * @formula √diag((−∂² ln L)⁻¹)
 */
export function garchStandardErrors(
  returns: Vector,
  parameters: GarchParameters,
): Record<keyof GarchParameters, number | null> {
  const scale = variance(returns);
  const bounds = LOWER.map((bound, i) => (i === 1 ? bound * scale : bound));
  const free = Array.from(toVector(parameters)).flatMap((value, i) => (value > bounds[i]! ? [i] : []));
  const factored = scaledCholesky(
    information(garchCurvature(returns, parameters).hessian, free),
    free.length,
  );
  const errorOf = (i: number): number | null => {
    const place = free.indexOf(i);
    if (factored === null || place < 0) return null;
    return Math.sqrt(factored.solve(free.map((_, k) => +(k === place)))[place]!);
  };
  return { mu: errorOf(0), omega: errorOf(1), alpha: errorOf(2), beta: errorOf(3) };
}
