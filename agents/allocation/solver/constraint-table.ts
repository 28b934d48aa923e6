import type { Arena } from './arena.js';
import type { ConstraintReference } from './infeasible.js';

/** Rows a·x compared with bounds b; `coefficients` is (m,n) row-major. */
export interface LinearRows {
  readonly coefficients: Float64Array;
  readonly bounds: Float64Array;
}

/** Ax = b, Cx ≥ d, lower ≤ x ≤ upper (±Infinity: no bound). */
export interface Constraints {
  readonly equalities: LinearRows;
  readonly inequalities: LinearRows;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

export const noRows: LinearRows = { coefficients: new Float64Array(0), bounds: new Float64Array(0) };

/** Every constraint as n·x ≥ b under one number: equalities, inequalities, lower bounds, upper bounds. */
export interface ConstraintTable extends Constraints {
  readonly rows: number;
  readonly norms: Float64Array;
}

export function constraintTable(constraints: Constraints, take: Arena): ConstraintTable {
  const { equalities, inequalities, lower, upper } = constraints;
  const rows = equalities.bounds.length + inequalities.bounds.length;
  const norms = take(rows);
  for (let id = 0; id < rows; id++) {
    let square = 0;
    const { coefficients, at } = rowOf(constraints, id);
    for (let i = 0; i < lower.length; i++) square += coefficients[at + i]! ** 2;
    norms[id] = Math.sqrt(square) || 1;
  }
  return { equalities, inequalities, lower, upper, rows, norms };
}

/** Where the coefficients of row `id` begin. */
export function rowOf(table: Constraints, id: number): { coefficients: Float64Array; at: number } {
  const first = table.equalities.bounds.length;
  const n = table.lower.length;
  return id < first
    ? { coefficients: table.equalities.coefficients, at: id * n }
    : { coefficients: table.inequalities.coefficients, at: (id - first) * n };
}

/** b of n·x ≥ b. */
export function boundOf(
  { equalities, inequalities, lower, upper, rows }: ConstraintTable,
  id: number,
): number {
  const first = equalities.bounds.length;
  if (id < first) return equalities.bounds[id]!;
  if (id < rows) return inequalities.bounds[id - first]!;
  const i = id - rows;
  return i < lower.length ? lower[i]! : -upper[i - lower.length]!;
}

/** n·x − b: negative where the constraint is missed. */
export function slackOf(table: ConstraintTable, id: number, x: Float64Array): number {
  if (id >= table.rows) {
    const i = id - table.rows;
    return i < x.length ? x[i]! - table.lower[i]! : table.upper[i - x.length]! - x[i - x.length]!;
  }
  const { coefficients, at } = rowOf(table, id);
  let slack = -boundOf(table, id);
  for (let i = 0; i < x.length; i++) slack += coefficients[at + i]! * x[i]!;
  return slack;
}

export function referenceTo({ equalities, lower, rows }: ConstraintTable, id: number): ConstraintReference {
  const first = equalities.bounds.length;
  if (id < first) return { constraint: 'equality', index: id };
  if (id < rows) return { constraint: 'inequality', index: id - first };
  const i = id - rows;
  return i < lower.length
    ? { constraint: 'lower', index: i }
    : { constraint: 'upper', index: i - lower.length };
}
