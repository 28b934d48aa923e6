import type { Solved } from '../../../core/not-converged.js';
import { float64, int32, uint8 } from '../../../core/slab.js';
import { arena, type Arena } from './arena.js';
import type { LinearRows } from './constraint-table.js';
import { dualActiveSet } from './dual-active-set.js';
import type { QuadraticProgram } from './search.js';
import { Infeasible } from './infeasible.js';

/** Solves a strictly convex quadratic program whose answer has few non-zeros by looking at few variables:
 * those not yet considered stay at zero, and enter where their reduced cost says that they would help.
 * The answer is that of the whole program; `warm` (an answer to a similar one) only saves time.
 * @formula min ½x′Hx + g′x  s.t.  Ax = b, Cx ≥ d, lower ≤ x ≤ upper
 * @shape   H (n,n) row-major, positive definite; result (n)
 * @source  Goldfarb & Idnani 1983, Mathematical Programming 27, 1-33 (dual-active-set.ts), on priced variables
 * @pitfall a semidefinite H is refused: see proximal.ts
 */
export function quadraticProgram(problem: QuadraticProgram, warm?: Float64Array): Solved<Float64Array> {
  const n = problem.linear.length;
  const considered = firstConsidered(problem, warm);
  for (let iterations = 0; ;) {
    const chosen = positionsOf(considered);
    const take = arena(programSize(problem, chosen.length));
    const solved = solveOver(problem, chosen, take);
    if (solved === undefined) {
      admitLowest(considered, standaloneCosts(problem), chosen.length);
      continue;
    }
    iterations += solved.iterations;
    const x = scatter(solved.value.x, chosen, n);
    if (chosen.length === n || !admit(problem, considered, x, solved.value.multipliers, take))
      return { value: x, iterations, residual: solved.residual };
  }
}

/** How many numbers a program over `size` variables works on, its restriction and pricing included. */
function programSize({ linear, equalities, inequalities }: QuadraticProgram, size: number): number {
  const rows = equalities.bounds.length + inequalities.bounds.length;
  return 3 * size * size + (9 + rows) * size + 2 * rows + 2 * linear.length;
}

/** Variables that may not rest at zero, those of the warm answer, and the most promising of the others. */
function firstConsidered(problem: QuadraticProgram, warm?: Float64Array): Uint8Array {
  const { lower } = problem;
  const n = lower.length;
  const considered = uint8(n);
  for (let i = 0; i < n; i++) if (lower[i] !== 0 || (warm !== undefined && warm[i]! > 0)) considered[i] = 1;
  if (!considered.includes(1)) admitLowest(considered, standaloneCosts(problem), 2);
  return considered;
}

/** What a unit of each variable alone would cost. */
function standaloneCosts({ hessian, linear }: QuadraticProgram): Float64Array {
  const n = linear.length;
  const costs = float64(n);
  for (let i = 0; i < n; i++) costs[i] = linear[i]! + 0.5 * hessian[i * n + i]!;
  return costs;
}

function positionsOf(considered: Uint8Array): Int32Array {
  let count = 0;
  for (const one of considered) count += one;
  const chosen = int32(count);
  for (let i = 0, at = 0; i < considered.length; i++) if (considered[i] === 1) chosen[at++] = i;
  return chosen;
}

/** The program on the chosen variables alone; undefined where they are too few to be feasible. */
function solveOver(
  problem: QuadraticProgram,
  chosen: Int32Array,
  take: Arena,
): ReturnType<typeof dualActiveSet> | undefined {
  const n = problem.linear.length;
  if (chosen.length === n) return dualActiveSet(problem, take);
  try {
    return dualActiveSet(restrict(problem, chosen, take), take);
  } catch (error) {
    if (error instanceof Infeasible) return undefined;
    throw error;
  }
}

function restrict(problem: QuadraticProgram, chosen: Int32Array, take: Arena): QuadraticProgram {
  const n = problem.linear.length;
  const size = chosen.length;
  const hessian = take(size * size);
  for (let a = 0, at = 0; a < size; a++)
    for (let b = 0, row = chosen[a]! * n; b < size; b++, at++)
      hessian[at] = problem.hessian[row + chosen[b]!]!;
  return {
    hessian,
    linear: gather(problem.linear, chosen, take(size)),
    equalities: restrictRows(problem.equalities, chosen, n, take),
    inequalities: restrictRows(problem.inequalities, chosen, n, take),
    lower: gather(problem.lower, chosen, take(size)),
    upper: gather(problem.upper, chosen, take(size)),
  };
}

function gather(values: Float64Array, chosen: Int32Array, kept: Float64Array): Float64Array {
  for (let a = 0; a < chosen.length; a++) kept[a] = values[chosen[a]!]!;
  return kept;
}

function restrictRows(rows: LinearRows, chosen: Int32Array, n: number, take: Arena): LinearRows {
  const { coefficients, bounds } = rows;
  if (bounds.length === 0) return rows;
  const kept = take(bounds.length * chosen.length);
  for (let r = 0, at = 0; r < bounds.length; r++)
    for (let a = 0; a < chosen.length; a++, at++) kept[at] = coefficients[r * n + chosen[a]!]!;
  return { coefficients: kept, bounds };
}

function scatter(values: Float64Array, chosen: Int32Array, n: number): Float64Array {
  const all = float64(n);
  for (let a = 0; a < chosen.length; a++) all[chosen[a]!] = values[a]!;
  return all;
}

/** Admits the variables whose reduced cost is most negative, at most half as many as there are; false if none. */
function admit(
  problem: QuadraticProgram,
  considered: Uint8Array,
  x: Float64Array,
  multipliers: Float64Array,
  take: Arena,
): boolean {
  const costs = reducedCosts(problem, x, multipliers, take);
  let count = 0;
  for (let i = 0; i < considered.length; i++) {
    count += considered[i]!;
    if (costs[i]! >= 0) costs[i] = Infinity;
  }
  return admitLowest(considered, costs, count >> 1);
}

/** Admits up to `limit` (at least two) of the variables of lowest finite cost; false if there is none. */
function admitLowest(considered: Uint8Array, costs: Float64Array, limit: number): boolean {
  const entering: number[] = [];
  for (let i = 0; i < considered.length; i++)
    if (considered[i] === 0 && costs[i]! < Infinity) entering.push(i);
  entering.sort((a, b) => costs[a]! - costs[b]! || a - b);
  for (const i of entering.slice(0, Math.max(2, limit))) considered[i] = 1;
  return entering.length > 0;
}

/** Hx + g − A′u, with what is within rounding of zero set to zero. */
function reducedCosts(
  problem: QuadraticProgram,
  x: Float64Array,
  multipliers: Float64Array,
  take: Arena,
): Float64Array {
  const { hessian, linear, equalities, inequalities } = problem;
  const n = x.length;
  const costs = take(n);
  const sizes = take(n);
  costs.set(linear);
  for (let j = 0; j < n; j++) sizes[j] = Math.abs(linear[j]!);
  for (let i = 0; i < n; i++) price(costs, sizes, x[i]!, hessian, i * n);
  const first = equalities.bounds.length;
  for (let r = 0; r < multipliers.length; r++)
    if (r < first) price(costs, sizes, -multipliers[r]!, equalities.coefficients, r * n);
    else price(costs, sizes, -multipliers[r]!, inequalities.coefficients, (r - first) * n);
  for (let j = 0; j < n; j++) if (costs[j]! > -1e-13 * sizes[j]!) costs[j] = 0;
  return costs;
}

/** Adds `weight` times a row to the costs, and keeps the size of the largest term. */
function price(
  costs: Float64Array,
  sizes: Float64Array,
  weight: number,
  rows: Float64Array,
  at: number,
): void {
  if (weight === 0) return;
  for (let j = 0; j < costs.length; j++) {
    const term = weight * rows[at + j]!;
    costs[j]! += term;
    sizes[j] = Math.max(sizes[j]!, Math.abs(term));
  }
}
