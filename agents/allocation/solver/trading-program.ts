import type { Solved } from '../../../core/not-converged.js';
import type { LinearRows } from './constraint-table.js';
import { proximalProgram } from './proximal.js';
import type { QuadraticProgram } from './search.js';

/** A quadratic program with a cost proportional to what is traded: purchases and sales become variables.
 * @formula min ½w′Hw + g′w + c·1′(b + s),  w = w₀ + b − s,  b, s ≥ 0
 * @shape   w₀ (n); result (n)
 * @source  Lobo, Fazel & Boyd 2007, Annals of Operations Research 152
 */
export function tradingProgram(
  problem: QuadraticProgram,
  held: Float64Array,
  cost: number,
): Solved<Float64Array> {
  const n = held.length;
  const extended = extend(problem, held, cost);
  const solved = proximalProgram(extended, proximalWeight(problem.hessian, n));
  const value = held.map((weight, i) => weight + solved.value[i]! - solved.value[n + i]!);
  return { ...solved, value };
}

function proximalWeight(hessian: Float64Array, n: number): number {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += hessian[i * n + i]!;
  return (1e-2 * trace) / n;
}

/** The program over (b, s): Hessian [H −H; −H H], gradient at w₀ plus cost. */
function extend(problem: QuadraticProgram, held: Float64Array, cost: number): QuadraticProgram {
  const n = held.length;
  const hessian = new Float64Array(4 * n * n);
  const linear = new Float64Array(2 * n);
  for (let i = 0; i < n; i++) {
    let gradient = problem.linear[i]!;
    for (let j = 0; j < n; j++) {
      const value = problem.hessian[i * n + j]!;
      gradient += value * held[j]!;
      hessian[i * 2 * n + j] = value;
      hessian[(n + i) * 2 * n + n + j] = value;
      hessian[i * 2 * n + n + j] = -value;
      hessian[(n + i) * 2 * n + j] = -value;
    }
    linear[i] = cost + gradient;
    linear[n + i] = cost - gradient;
  }
  return { hessian, linear, ...tradeConstraints(problem, held) };
}

/** The portfolio's constraints as constraints on its trades; bounds on weights become rows. */
function tradeConstraints(
  problem: QuadraticProgram,
  held: Float64Array,
): Pick<QuadraticProgram, 'equalities' | 'inequalities' | 'lower' | 'upper'> {
  const n = held.length;
  return {
    equalities: onTrades(problem.equalities, held),
    inequalities: onTrades(withBounds(problem), held),
    lower: new Float64Array(2 * n),
    upper: new Float64Array(2 * n).fill(Infinity),
  };
}

function onTrades({ coefficients, bounds }: LinearRows, held: Float64Array): LinearRows {
  const n = held.length;
  const wide = new Float64Array(bounds.length * 2 * n);
  const shifted = bounds.slice();
  for (let r = 0; r < bounds.length; r++)
    for (let i = 0; i < n; i++) {
      const value = coefficients[r * n + i]!;
      wide[r * 2 * n + i] = value;
      wide[r * 2 * n + n + i] = -value;
      shifted[r]! -= value * held[i]!;
    }
  return { coefficients: wide, bounds: shifted };
}

function withBounds({ inequalities, lower, upper }: QuadraticProgram): LinearRows {
  const n = lower.length;
  const coefficients = Array.from(inequalities.coefficients);
  const bounds = Array.from(inequalities.bounds);
  const limit = (i: number, sign: number, bound: number): void => {
    if (!Number.isFinite(bound)) return;
    for (let j = 0; j < n; j++) coefficients.push(j === i ? sign : 0);
    bounds.push(bound);
  };
  for (let i = 0; i < n; i++) {
    limit(i, 1, lower[i]!);
    limit(i, -1, -upper[i]!);
  }
  return { coefficients: Float64Array.from(coefficients), bounds: Float64Array.from(bounds) };
}
