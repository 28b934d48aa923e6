import { activeSet, type ActiveSet, stepDirection } from './active-set.js';
import type { Arena } from './arena.js';
import {
  boundOf,
  type Constraints,
  type ConstraintTable,
  constraintTable,
  rowOf,
} from './constraint-table.js';

/** Minimise ½x′Hx + g′x subject to linear constraints. */
export interface QuadraticProgram extends Constraints {
  readonly hessian: Float64Array;
  readonly linear: Float64Array;
}

export interface Minimum {
  readonly x: Float64Array;
  /** What one unit of each row's bound is worth: equalities first, then inequalities. */
  readonly multipliers: Float64Array;
}

export interface Search {
  readonly problem: QuadraticProgram;
  readonly table: ConstraintTable;
  readonly set: ActiveSet;
  readonly x: Float64Array;
  /** d = Jᵀn of the entering constraint, and the primal and dual directions it gives. */
  readonly projection: Float64Array;
  readonly direction: Float64Array;
  readonly dual: Float64Array;
  iterations: number;
}

/** How many numbers the search works on. */
export function workspace({ linear, equalities, inequalities }: QuadraticProgram): number {
  const n = linear.length;
  return 2 * n * n + 6 * n + 2 * (equalities.bounds.length + inequalities.bounds.length);
}

export function startSearch(problem: QuadraticProgram, take: Arena): Search {
  const n = problem.linear.length;
  const table = constraintTable(problem, take);
  const search: Search = {
    problem,
    table,
    set: activeSet(problem.hessian, n, table.rows + 2 * n, take),
    x: take(n),
    projection: take(n),
    direction: take(n),
    dual: take(n),
    iterations: 0,
  };
  moveToMinimum(search);
  return search;
}

/** x on the current active set: J₁R⁻ᵀb − J₂J₂ᵀg, free of the rounding of the steps that led there. */
export function moveToMinimum({ problem, table, set, x, direction }: Search): void {
  const { size, count, basis, triangle, members } = set;
  x.fill(0);
  for (let k = 0; k < size; k++) {
    const row = k * size;
    let along = 0;
    if (k < count) {
      along = boundOf(table, members[k]!);
      for (let j = 0; j < k; j++) along -= triangle[row + j]! * direction[j]!;
      along /= triangle[row + k]!;
    } else for (let i = 0; i < size; i++) along -= basis[row + i]! * problem.linear[i]!;
    direction[k] = along;
    for (let i = 0; i < size; i++) x[i]! += along * basis[row + i]!;
  }
}

/** d = Jᵀn: for a bound a column of J, for a row a product; returns the curvature along the step it gives. */
export function project({ table, set, projection, direction }: Search, id: number): number {
  const n = set.size;
  if (id >= table.rows) {
    const i = (id - table.rows) % n;
    const sign = id < table.rows + n ? 1 : -1;
    for (let k = 0; k < n; k++) projection[k] = sign * set.basis[k * n + i]!;
  } else {
    const { coefficients, at } = rowOf(table, id);
    for (let k = 0; k < n; k++) {
      let along = 0;
      for (let i = 0; i < n; i++) along += set.basis[k * n + i]! * coefficients[at + i]!;
      projection[k] = along;
    }
  }
  return stepDirection(set, projection, direction);
}
