import {
  type ConstraintOptions,
  type NamedConstraints,
  portfolioConstraints,
  within,
} from './constraints.js';
import { type LinearRows, noRows } from './solver/constraint-table.js';
import { quadraticProgram } from './solver/quadratic-program.js';
import { StrategyFailed } from './strategy-failed.js';
import { leverageOf, type View } from './view.js';

/** The portfolio with the most of something linear per unit of volatility; the ratio does not depend on scale,
 * so the least risky portfolio with one unit of it, scaled to the budget, is the answer.
 * @formula max a′w / √(w′Σw)  =  min y′Σy  s.t.  a′y = 1, constraints scaled by 1′y;  w = L y / 1′y
 * @shape   a (k); result (k), summing to the leverage budget L
 * @source  Cornuejols & Tütüncü 2007, Optimization Methods in Finance, section 8.2
 */
export function maximumRatio(view: View, options: ConstraintOptions, numerator: Float64Array): Float64Array {
  const leverage = leverageOf(view);
  const constraints = portfolioConstraints(view, options);
  const cone = homogeneous(constraints, leverage);
  const solution = within(
    constraints,
    () => {
      const linear = new Float64Array(numerator.length);
      const equalities: LinearRows = { coefficients: numerator, bounds: Float64Array.of(1) };
      return quadraticProgram({ ...cone, equalities, hessian: view.covariance, linear }).value;
    },
    cone.nameOf,
  );
  return scaled(solution, leverage);
}

function scaled(solution: Float64Array, leverage: number): Float64Array {
  let total = 0;
  let size = 0;
  for (const value of solution) {
    total += value;
    size = Math.max(size, Math.abs(value));
  }
  if (total <= 1e-10 * size)
    throw new StrategyFailed('the best portfolio needs no capital: its weights sum to 0');
  return solution.map((value) => (value / total) * leverage);
}

/** Constraints on w = L y / 1′y as constraints on y: a bound b becomes b/L of 1′y. */
function homogeneous(constraints: NamedConstraints, leverage: number): NamedConstraints {
  const { lower, upper, inequalities, nameOf } = constraints;
  const k = lower.length;
  const rows: number[][] = [];
  const names: string[] = [];
  const add = (name: string, row: (j: number) => number, bound: number): void => {
    rows.push(Array.from({ length: k }, (_, j) => row(j) - bound / leverage));
    names.push(name);
  };
  for (let r = 0; r < inequalities.bounds.length; r++)
    add(
      nameOf({ constraint: 'inequality', index: r }),
      (j) => inequalities.coefficients[r * k + j]!,
      inequalities.bounds[r]!,
    );
  for (let i = 0; i < k; i++) {
    const unit = (sign: number) => (j: number) => (j === i ? sign : 0);
    if (Number.isFinite(lower[i]!) && lower[i] !== 0)
      add(nameOf({ constraint: 'lower', index: i }), unit(1), lower[i]!);
    if (upper[i]! < Infinity) add(nameOf({ constraint: 'upper', index: i }), unit(-1), -upper[i]!);
  }
  add('a positive budget', () => 1, 0);
  return {
    lower: lower.map((bound) => (bound === 0 ? 0 : -Infinity)),
    upper: new Float64Array(k).fill(Infinity),
    equalities: noRows,
    inequalities: { coefficients: Float64Array.from(rows.flat()), bounds: new Float64Array(rows.length) },
    nameOf: ({ constraint, index }) =>
      constraint === 'inequality' ? names[index]! : 'a return above the risk-free rate',
  };
}
