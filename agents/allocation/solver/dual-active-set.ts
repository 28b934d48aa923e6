import type { Solved } from '../../../core/not-converged.js';
import { NotConverged } from '../../../core/not-converged.js';
import { activate, deactivate, multiplierDirection } from './active-set.js';
import { arena, type Arena } from './arena.js';
import { boundOf, referenceTo, slackOf } from './constraint-table.js';
import { Infeasible } from './infeasible.js';
import {
  type Minimum,
  moveToMinimum,
  project,
  type QuadraticProgram,
  type Search,
  startSearch,
  workspace,
} from './search.js';

/** How far a constraint may be missed, relative to its own size, and still hold. */
const tolerance = 1e-12;
/** A falling multiplier slower than this, relative to the fastest, does not fall. */
const rounding = 1e-13;

/** Solves a strictly convex quadratic program by the dual active-set method: it starts at the unconstrained
 * minimum and admits the most violated constraint until none is, so it needs no feasible start and its
 * answer is exact on the active set it ends with.
 * @formula min ½x′Hx + g′x  s.t.  Ax = b, Cx ≥ d, lower ≤ x ≤ upper
 * @shape   H (n,n) row-major, positive definite; result (n)
 * @range   residual: the largest component of the gradient left free, over the largest of Hx
 * @source  Goldfarb & Idnani 1983, Mathematical Programming 27, 1-33
 * @pitfall a semidefinite H is refused: see proximal.ts
 */
export function dualActiveSet(
  problem: QuadraticProgram,
  take: Arena = arena(workspace(problem)),
): Solved<Minimum> {
  const search = startSearch(problem, take);
  const equalities = problem.equalities.bounds.length;
  for (let id = 0; id < equalities; id++) imposeEquality(search, id);
  for (let id = mostViolated(search); id >= 0; id = mostViolated(search)) impose(search, id);
  moveToMinimum(search);
  settleOnBounds(search);
  return answer(search, take);
}

/** The inequality or bound missed by most (relative to its size), or −1. */
function mostViolated({ problem, table, x, set }: Search): number {
  let largest = 1;
  for (const value of x) largest = Math.max(largest, Math.abs(value));
  let worst = -tolerance * largest;
  let found = -1;
  for (let id = problem.equalities.bounds.length; id < table.rows; id++) {
    const slack = slackOf(table, id, x) / (table.norms[id]! + Math.abs(boundOf(table, id)));
    if (slack < worst && set.isActive[id] === 0) {
      worst = slack;
      found = id;
    }
  }
  const bounds = table.rows + 2 * x.length;
  for (let id = table.rows; id < bounds; id++) {
    const slack = slackOf(table, id, x);
    if (slack < worst && set.isActive[id] === 0) {
      worst = slack;
      found = id;
    }
  }
  return found;
}

function advance({ x, direction, dual, set }: Search, primal: number, step: number): void {
  if (primal !== 0) for (let i = 0; i < x.length; i++) x[i]! += primal * direction[i]!;
  for (let j = 0; j < set.count; j++) set.multipliers[j]! -= step * dual[j]!;
}

function countIteration(search: Search): void {
  search.iterations++;
  const limit = 50 * (search.table.rows + 2 * search.x.length);
  if (search.iterations > limit) throw new NotConverged('quadratic program', search.iterations, Infinity);
}

function imposeEquality(search: Search, id: number): void {
  countIteration(search);
  const slack = slackOf(search.table, id, search.x);
  const curvature = project(search, id);
  multiplierDirection(search.set, search.projection, search.dual);
  if (curvature === 0) {
    if (Math.abs(slack) > 1e-9 * search.table.norms[id]!) throw conflict(search, id);
    return;
  }
  const step = -slack / curvature;
  advance(search, step, step);
  activate(search.set, id, step, search.projection, search.direction);
}

/** Raises the multiplier of `id` until it holds, dropping whatever constraint's multiplier reaches zero. */
function impose(search: Search, id: number): void {
  const { table, set, x, projection, direction, dual } = search;
  for (let multiplier = 0; ;) {
    countIteration(search);
    const curvature = project(search, id);
    multiplierDirection(set, projection, dual);
    const blocking = firstBlocking(search);
    const partial = blocking < 0 ? Infinity : set.multipliers[blocking]! / dual[blocking]!;
    const full = curvature === 0 ? Infinity : Math.max(0, -slackOf(table, id, x) / curvature);
    const step = Math.min(partial, full);
    if (step === Infinity) throw conflict(search, id);
    advance(search, curvature === 0 ? 0 : step, step);
    multiplier += step;
    if (full <= partial) return activate(set, id, multiplier, projection, direction);
    deactivate(set, blocking);
  }
}

/** The active inequality whose multiplier falls to zero first, or −1. */
function firstBlocking({ problem, set, dual }: Search): number {
  let found = -1;
  let least = Infinity;
  let largest = 0;
  for (let j = 0; j < set.count; j++) largest = Math.max(largest, Math.abs(dual[j]!));
  for (let j = 0; j < set.count; j++) {
    if (set.members[j]! < problem.equalities.bounds.length || dual[j]! <= rounding * largest) continue;
    const ratio = set.multipliers[j]! / dual[j]!;
    if (ratio < least) {
      least = ratio;
      found = j;
    }
  }
  return found;
}

/** The normal of `id` is a combination of active ones: together they prove that it cannot hold. */
function conflict({ table, set, dual }: Search, id: number): Infeasible {
  const combined = Array.from({ length: set.count }, (_, j) => ({
    ...referenceTo(table, set.members[j]!),
    weight: dual[j]!,
    bound: boundOf(table, set.members[j]!),
  }));
  const size = combined.reduce((most, { weight }) => Math.max(most, Math.abs(weight)), 1);
  return new Infeasible([
    { ...referenceTo(table, id), weight: 1, bound: boundOf(table, id) },
    ...combined.filter(({ weight }) => Math.abs(weight) > 1e-9 * size),
  ]);
}

/** Puts what lies on a bound exactly on it. */
function settleOnBounds({ table, x, set }: Search): void {
  for (let j = 0; j < set.count; j++) {
    const { constraint, index } = referenceTo(table, set.members[j]!);
    if (constraint === 'lower') x[index] = table.lower[index]!;
    if (constraint === 'upper') x[index] = table.upper[index]!;
  }
}

/** Hx + g. */
function gradientAt({ hessian, linear }: QuadraticProgram, x: Float64Array, take: Arena): Float64Array {
  const n = x.length;
  const gradient = take(n);
  gradient.set(linear);
  for (let i = 0; i < n; i++) {
    const value = x[i]!;
    if (value !== 0) for (let j = 0, at = i * n; j < n; j++, at++) gradient[j]! += value * hessian[at]!;
  }
  return gradient;
}

/** The answer, its row multipliers u = R⁻¹J₁ᵀ(Hx + g), and how much gradient J₂ᵀ(Hx + g) is left free. */
function answer(search: Search, take: Arena): Solved<Minimum> {
  const { problem, table, set, x, projection, direction, dual, iterations } = search;
  const gradient = gradientAt(problem, x, take);
  let free = 0;
  let size = 1e-300;
  for (let k = 0, at = 0; k < set.size; k++) {
    let along = 0;
    for (let i = 0; i < set.size; i++, at++) along += set.basis[at]! * gradient[i]!;
    projection[k] = along;
    if (k >= set.count) free = Math.max(free, Math.abs(along));
    size = Math.max(size, Math.abs(direction[k]!));
  }
  multiplierDirection(set, projection, dual);
  const multipliers = take(table.rows);
  for (let j = 0; j < set.count; j++)
    if (set.members[j]! < table.rows) multipliers[set.members[j]!] = dual[j]!;
  return { value: { x, multipliers }, iterations, residual: free / size };
}
