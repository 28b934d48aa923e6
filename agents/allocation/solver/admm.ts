import { cholesky, choleskySolve, matrixVector } from '../../../core/linear.js';
import { NotConverged, type Solved } from '../../../core/not-converged.js';
import { concatenate } from './concatenate.js';
import { definiteFactor } from './definite-factor.js';
import type { QuadraticProgram } from './search.js';
import { type ConstraintReference, Infeasible } from './infeasible.js';

/** min ½x′Px + q′x  s.t.  low ≤ Ax ≤ high: rows first, then the variables themselves. */
interface Splitting {
  readonly n: number;
  readonly rows: number;
  readonly hessian: Float64Array;
  readonly linear: Float64Array;
  readonly coefficients: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

interface Iterate {
  readonly x: Float64Array;
  readonly z: Float64Array;
  readonly y: Float64Array;
}

const relaxation = 1.6;
const proximity = 1e-6;
const tolerance = 1e-10;
const longest = 50000;
const checkEvery = 25;

/** Solves a strictly convex quadratic program by operator splitting: one factorisation serves many cheap iterations,
 * whatever the number of active bounds, which suits universes of thousands.
 * @formula x ← (P + σI + ρA′A)⁻¹(σx − q + A′(ρz − y)), z ← clip(Ax + y/ρ, low, high), y ← y + ρ(Ax − z)
 * @shape   H (n,n) row-major; result (n)
 * @range   residual: largest primal or dual residual, the dual per unit of the gradient
 * @source  Stellato, Banjac, Goulart, Bemporad & Boyd 2020, Mathematical Programming Computation 12 (OSQP)
 * @pitfall exact to its tolerance only, where quadraticProgram is exact on its active set
 */
export function admm(problem: QuadraticProgram): Solved<Float64Array> {
  const n = problem.linear.length;
  definiteFactor(problem.hessian, n);
  const split = splitting(problem);
  const equalities = problem.equalities.bounds.length;
  const iterate = {
    x: new Float64Array(n),
    z: new Float64Array(split.rows + n),
    y: new Float64Array(split.rows + n),
  };
  const before = new Float64Array(iterate.y.length);
  let penalty = 1;
  let factor = factorise(split, penalty);
  for (let iterations = 1; iterations <= longest; iterations++) {
    step(split, iterate, penalty, factor);
    if (iterations % checkEvery !== 0) {
      before.set(iterate.y);
      continue;
    }
    refuseInfeasible(split, iterate.y, before, equalities);
    const { primal, dual } = residuals(split, iterate);
    const residual = Math.max(primal, dual);
    if (residual <= tolerance) return { value: feasible(split, iterate), iterations, residual };
    const balance = Math.sqrt(Math.max(primal, 1e-300) / Math.max(dual, 1e-300));
    if (balance > 5 || balance < 0.2) {
      penalty = Math.max(1e-6, Math.min(1e6, penalty * balance));
      factor = factorise(split, penalty);
    }
  }
  throw new NotConverged('operator splitting', longest, Infinity);
}

/** The program in units in which the average curvature is 1. */
function splitting({ hessian, linear, equalities, inequalities, lower, upper }: QuadraticProgram): Splitting {
  const n = linear.length;
  let trace = 0;
  for (let i = 0; i < n; i++) trace += hessian[i * n + i]!;
  const unit = n / trace;
  const open = inequalities.bounds.map(() => Infinity);
  return {
    n,
    rows: equalities.bounds.length + inequalities.bounds.length,
    hessian: hessian.map((value) => unit * value),
    linear: linear.map((value) => unit * value),
    coefficients: concatenate([equalities.coefficients, inequalities.coefficients]),
    low: concatenate([equalities.bounds, inequalities.bounds, lower]),
    high: concatenate([equalities.bounds, open, upper]),
  };
}

function factorise({ n, rows, hessian, coefficients }: Splitting, penalty: number): Float64Array {
  const system = hessian.slice();
  for (let i = 0; i < n; i++) {
    system[i * n + i]! += proximity + penalty;
    for (let r = 0; r < rows; r++) {
      const weight = penalty * coefficients[r * n + i]!;
      if (weight !== 0) for (let j = 0; j < n; j++) system[i * n + j]! += weight * coefficients[r * n + j]!;
    }
  }
  return cholesky(system, n);
}

function step(split: Splitting, { x, z, y }: Iterate, penalty: number, factor: Float64Array): void {
  const { n, linear, low, high } = split;
  const pull = transposeTimes(
    split,
    z.map((value, r) => penalty * value - y[r]!),
  );
  const next = choleskySolve(
    factor,
    n,
    x.map((value, i) => proximity * value - linear[i]! + pull[i]!),
  );
  const image = times(split, next);
  for (let i = 0; i < n; i++) x[i] = relaxation * next[i]! + (1 - relaxation) * x[i]!;
  for (let r = 0; r < z.length; r++) {
    const relaxed = relaxation * image[r]! + (1 - relaxation) * z[r]!;
    const clipped = Math.max(low[r]!, Math.min(high[r]!, relaxed + y[r]! / penalty));
    y[r]! += penalty * (relaxed - clipped);
    z[r] = clipped;
  }
}

/** Ax: the rows, then x itself. */
function times({ n, rows, coefficients }: Splitting, x: Float64Array): Float64Array {
  const image = new Float64Array(rows + n);
  image.set(matrixVector(coefficients, x, rows, n));
  image.set(x, rows);
  return image;
}

/** A′v. */
function transposeTimes({ n, rows, coefficients }: Splitting, v: Float64Array): Float64Array {
  const product = v.slice(rows);
  for (let r = 0; r < rows; r++) for (let i = 0; i < n; i++) product[i]! += v[r]! * coefficients[r * n + i]!;
  return product;
}

function residuals(split: Splitting, { x, z, y }: Iterate): { primal: number; dual: number } {
  const curved = matrixVector(split.hessian, x, split.n, split.n);
  const priced = transposeTimes(split, y);
  const image = times(split, x);
  let [primal, dual, size] = [0, 0, 1e-12];
  for (let r = 0; r < z.length; r++) primal = Math.max(primal, Math.abs(image[r]! - z[r]!));
  for (let i = 0; i < split.n; i++) {
    dual = Math.max(dual, Math.abs(curved[i]! + split.linear[i]! + priced[i]!));
    size = Math.max(size, Math.abs(curved[i]!), Math.abs(split.linear[i]!), Math.abs(priced[i]!));
  }
  return { primal, dual: dual / size };
}

/** A lasting change of multipliers that pulls on no variable, and that no point can satisfy, proves a conflict. */
function refuseInfeasible(split: Splitting, y: Float64Array, before: Float64Array, equalities: number): void {
  const change = y.map((value, r) => value - before[r]!);
  const size = Math.max(...change.map(Math.abs));
  if (size < 1e-9) return;
  const pull = Math.max(...transposeTimes(split, change).map(Math.abs));
  let support = 0;
  change.forEach((value, r) => {
    const bound = value > 0 ? split.high[r]! : split.low[r]!;
    if (Math.abs(value) > 1e-9 * size) support += value * bound;
  });
  if (pull > 1e-9 * size || !(support < -1e-9 * size)) return;
  throw new Infeasible(
    Array.from(change, (weight, r) => {
      const bound = weight > 0 ? split.high[r]! : split.low[r]!;
      return { ...reference(split, r, weight > 0, equalities), weight, bound };
    }).filter(({ weight }) => Math.abs(weight) > 1e-6 * size),
  );
}

function reference({ rows }: Splitting, r: number, high: boolean, equalities: number): ConstraintReference {
  if (r < equalities) return { constraint: 'equality', index: r };
  if (r < rows) return { constraint: 'inequality', index: r - equalities };
  return { constraint: high ? 'upper' : 'lower', index: r - rows };
}

/** The split copy of x, which lies exactly within its bounds. */
function feasible({ rows }: Splitting, { z }: Iterate): Float64Array {
  return z.slice(rows);
}
