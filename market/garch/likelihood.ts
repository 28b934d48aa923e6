import { log, mean } from '../../core/numeric.js';

export interface GarchParameters {
  readonly mu: number;
  readonly omega: number;
  readonly alpha: number;
  readonly beta: number;
}

/** μ, ω, α, β: the order of gradients and Hessians. */
export const SIZE = 4;

export interface Likelihood {
  readonly logLikelihood: number;
  /** h_t, one a return. */
  readonly variance: Float64Array;
}

const LOG_TWO_PI = log(2 * Math.PI);

/** Both presample values, e₀² and h₀: the mean squared residual. */
const presample = (returns: Float64Array, mu: number): number => mean(returns.map((r) => (r - mu) ** 2));

/** Gaussian log-likelihood of a GARCH(1,1) with a constant mean.
 * @formula h_t = ω + α e²_{t−1} + β h_{t−1}; ln L = −½ Σ (ln 2π + ln h_t + e_t²/h_t)
 * @source  Bollerslev 1986, Journal of Econometrics 31(3)
 * @pitfall starts from e₀² = h₀ = mean(e²); other starts move the third digit of the estimates
 */
export function garchLikelihood(returns: Float64Array, parameters: GarchParameters): Likelihood {
  const { mu, omega, alpha, beta } = parameters;
  const variance = new Float64Array(returns.length);
  let h = presample(returns, mu);
  let square = h;
  let total = 0;
  for (let t = 0; t < returns.length; t++) {
    h = omega + alpha * square + beta * h;
    square = (returns[t]! - mu) ** 2;
    variance[t] = h;
    total += LOG_TWO_PI + log(h) + square / h;
  }
  return { logLikelihood: -total / 2, variance };
}

export interface Curvature {
  readonly gradient: Float64Array;
  /** Flat (4,4). */
  readonly hessian: Float64Array;
}

/** A variance and its first and second derivatives by the parameters. */
interface Derivatives {
  value: number;
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** ∂e_t/∂μ = −1: the only derivative a residual has. */
const MU_SLOPE = -1;

function presampleDerivatives(returns: Float64Array, mu: number): Derivatives {
  const first = new Float64Array(SIZE);
  const second = new Float64Array(SIZE * SIZE);
  first[0] = 2 * MU_SLOPE * mean(returns.map((r) => r - mu));
  second[0] = 2;
  return { value: presample(returns, mu), first, second };
}

/** e²_t and its derivatives. */
function squaredResidual(e: number): Derivatives {
  const first = new Float64Array(SIZE);
  const second = new Float64Array(SIZE * SIZE);
  first[0] = 2 * e * MU_SLOPE;
  second[0] = 2;
  return { value: e * e, first, second };
}

/** h_t from h_{t−1} and e²_{t−1}, by the product rule. */
function nextVariance(
  { omega, alpha, beta }: GarchParameters,
  h: Derivatives,
  square: Derivatives,
): Derivatives {
  const first = h.first.map((value, i) => beta * value + alpha * square.first[i]!);
  const second = h.second.map((value, at) => beta * value + alpha * square.second[at]!);
  for (let i = 0; i < SIZE; i++) {
    second[2 * SIZE + i]! += square.first[i]!;
    second[i * SIZE + 2]! += square.first[i]!;
    second[3 * SIZE + i]! += h.first[i]!;
    second[i * SIZE + 3]! += h.first[i]!;
  }
  first[1]! += 1;
  first[2]! += square.value;
  first[3]! += h.value;
  return { value: omega + alpha * square.value + beta * h.value, first, second };
}

/** Adds one day's −½ (ln h + e²/h), differentiated once and twice. */
function addDay({ gradient, hessian }: Curvature, h: Derivatives, square: Derivatives): void {
  const [v, s] = [h.value, square.value];
  for (let i = 0; i < SIZE; i++) {
    const [hi, si] = [h.first[i]!, square.first[i]!];
    gradient[i]! -= (hi / v + si / v - (s * hi) / v ** 2) / 2;
    for (let j = 0; j < SIZE; j++) {
      const [hj, sj, at] = [h.first[j]!, square.first[j]!, i * SIZE + j];
      const ofLog = h.second[at]! / v - (hi * hj) / v ** 2;
      const ofRatio =
        square.second[at]! / v -
        (si * hj + sj * hi + s * h.second[at]!) / v ** 2 +
        (2 * s * hi * hj) / (v * v * v);
      hessian[at]! -= (ofLog + ofRatio) / 2;
    }
  }
}

/** Gradient and Hessian of the log-likelihood, exactly.
 * @source Fiorentini, Calzolari & Panattoni 1996, Journal of Applied Econometrics 11(4)
 */
export function garchCurvature(returns: Float64Array, parameters: GarchParameters): Curvature {
  const curvature = { gradient: new Float64Array(SIZE), hessian: new Float64Array(SIZE * SIZE) };
  let h = presampleDerivatives(returns, parameters.mu);
  let square = h;
  for (const r of returns) {
    h = nextVariance(parameters, h, square);
    square = squaredResidual(r - parameters.mu);
    addDay(curvature, h, square);
  }
  return curvature;
}
