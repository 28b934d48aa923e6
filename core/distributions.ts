import { exp, expm1 } from './exponential.js';
import { lgamma } from './gamma-function.js';
import { log } from './logarithm.js';
import { pow } from './power.js';
import { cos } from './trigonometry.js';

/** What the laws below draw from. */
export interface Source {
  uniform(): number;
  normal(): number;
}

/** Student's t from two uniforms.
 * @formula sqrt(df (u^(-2/df) - 1)) cos(2 pi v)
 * @source  Bailey 1994, Mathematics of Computation 62(206): the polar method, exact
 * @range   df > 0
 */
export function studentTDraw(source: Source, df: number): number {
  if (!(df > 0 && df < Infinity)) throw new RangeError(`studentT: df ${df} must be positive`);
  const square = df * expm1((-2 / df) * log(source.uniform()));
  return Math.sqrt(square) * cos(2 * Math.PI * source.uniform());
}

/** Student's t over its standard deviation sqrt(df / (df - 2)). @range df > 2 */
export function unitStudentTDraw(source: Source, df: number): number {
  if (!(df > 2)) throw new RangeError(`unitStudentT: variance is infinite for df ${df}, which must exceed 2`);
  return studentTDraw(source, df) * Math.sqrt((df - 2) / df);
}

/** Gamma of a shape and scale 1.
 * @source  Marsaglia & Tsang 2000, ACM Transactions on Mathematical Software 26(3); shapes below 1 by their boost
 * @range   shape > 0
 */
export function gammaDraw(source: Source, shape: number): number {
  if (!(shape > 0 && shape < Infinity)) throw new RangeError(`gamma: shape ${shape} must be positive`);
  if (shape < 1) {
    const boosted = gammaDraw(source, shape + 1);
    return boosted * pow(source.uniform(), 1 / shape);
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = source.normal();
    const root = 1 + c * x;
    // A product, not ** 3: engines take that to their own pow, whose last bit is theirs.
    const v = root * root * root;
    const u = source.uniform();
    if (v > 0 && log(u) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}

/** Poisson count of a mean.
 * @source  inversion below a mean of 10, above it Hörmann 1993, Insurance: Mathematics and Economics 12(1) (PTRS)
 * @range   mean >= 0
 */
export function poissonDraw(source: Source, mean: number): number {
  if (!(mean >= 0 && mean < 2 ** 31)) throw new RangeError(`poisson: mean ${mean} must lie in [0, 2^31)`);
  return mean < 10 ? poissonByInversion(source.uniform(), mean) : poissonByRejection(source, mean);
}

function poissonByInversion(uniform: number, mean: number): number {
  let probability = exp(-mean);
  let below = probability;
  let count = 0;
  // The largest uniform leaves less than 2^-53 above: by 100 nothing more is added at these means.
  while (uniform > below && count < 100) {
    count += 1;
    probability *= mean / count;
    below += probability;
  }
  return count;
}

function poissonByRejection(source: Source, mean: number): number {
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const squeeze = 0.9277 - 3.6224 / (b - 2);
  const logMean = log(mean);
  for (;;) {
    const u = source.uniform() - 0.5;
    const v = source.uniform();
    const size = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / size + b) * u + mean + 0.43);
    if (size >= 0.07 && v <= squeeze) return count;
    if (count < 0 || (size < 0.013 && v > size)) continue;
    const bound = count * logMean - mean - lgamma(count + 1);
    if (log((v * inverseAlpha) / (a / (size * size) + b)) <= bound) return count;
  }
}
