import { z } from 'zod';
import { finite, index } from '../../core/measure-input.js';
import { field } from '../../core/scenario/field.js';
import { float64, tabulate } from '../../core/slab.js';
import { quadraticSolverNames } from './solver/index.js';
import { arena } from './solver/arena.js';
import { dualActiveSet } from './solver/dual-active-set.js';
import { noRows, type Constraints, type LinearRows } from './solver/constraint-table.js';
import { type ConstraintReference, Infeasible } from './solver/infeasible.js';
import { StrategyFailed } from './strategy-failed.js';
import { leverageOf, positionOf, type View } from './view.js';

const perAsset = z.union([finite, z.array(finite)]);

const group = z.strictObject({
  members: field(z.array(index).min(1), 'Positions of the assets in the group', 'position, from 0'),
  min: field(finite.optional(), 'Least total weight, as a share of equity', 'share of equity'),
  max: field(finite.optional(), 'Greatest total weight, as a share of equity', 'share of equity'),
});

/** The constraints that strategies built on an optimiser share. */
export const constraintOptions = {
  longOnly: field(z.boolean().default(true), 'Whether weights may not be negative', 'true or false'),
  minWeight: field(
    perAsset.optional(),
    'Least weight of each asset, as a share of equity',
    'share of equity',
  ),
  maxWeight: field(
    perAsset.optional(),
    'Greatest weight of each asset, as a share of equity',
    'share of equity',
  ),
  groups: field(z.array(group).default([]), 'Limits on the total weight of groups of assets', 'list'),
};

export type ConstraintOptions = z.output<z.ZodObject<typeof constraintOptions>>;

/** The option of strategies that are one quadratic program. */
export const solverOption = {
  solver: field(
    z.enum(quadraticSolverNames).default('active-set'),
    'active-set is exact; admm suits universes of thousands',
    'name',
  ),
};

/** Inequality or equality, with the words that name it where it conflicts. */
export interface NamedConstraints extends Constraints {
  readonly nameOf: (reference: ConstraintReference) => string;
}

/** The portfolios an institution may hold; `spend` says whether the budget must be, or may be, invested. */
export function portfolioConstraints(
  view: View,
  options: ConstraintOptions,
  spend: keyof typeof budgets = 'full',
): NamedConstraints {
  const k = view.expectedReturns.length;
  const take = arena(3 * k);
  const lower = bounds(view, options.minWeight, options.longOnly ? 0 : -Infinity, Math.max, take(k));
  const upper = bounds(view, options.maxWeight, Infinity, Math.min, take(k));
  tighten(lower, view.floor, Math.max);
  tighten(upper, view.ceiling, Math.min);
  const groups = groupRows(view, options);
  const { equalities, limits } = budgets[spend](take(k), leverageOf(view));
  const inequalities = [...limits, ...groups];
  refuseCrossedBounds(view, lower, upper);
  return {
    lower,
    upper,
    equalities: rows(equalities, k),
    inequalities: rows(inequalities, k),
    nameOf: ({ constraint, index: i }) =>
      ({
        equality: () => equalities[i]!.name,
        inequality: () => inequalities[i]!.name,
        lower: () => `the least weight ${lower[i]!} of asset ${positionOf(view, i)}`,
        upper: () => `the greatest weight ${upper[i]!} of asset ${positionOf(view, i)}`,
      })[constraint](),
  };
}

interface Row {
  readonly name: string;
  readonly coefficients: Float64Array;
  readonly bound: number;
}

/** How the sum of weights relates to the leverage budget. */
const budgets = {
  full: (row: Float64Array, leverage: number) => ({
    equalities: [{ name: `the budget ${leverage}`, coefficients: row.fill(1), bound: leverage }],
    limits: [] as Row[],
  }),
  'at-most': (row: Float64Array, leverage: number) => ({
    equalities: [] as Row[],
    limits: [{ name: `the budget ${leverage}`, coefficients: row.fill(-1), bound: -leverage }],
  }),
};

function rows(list: readonly Row[], k: number): LinearRows {
  if (list.length === 0) return noRows;
  if (list.length === 1)
    return { coefficients: list[0]!.coefficients, bounds: tabulate(1, () => list[0]!.bound) };
  const coefficients = float64(list.length * k);
  list.forEach((row, i) => coefficients.set(row.coefficients, i * k));
  return { coefficients, bounds: tabulate(list.length, (i) => list[i]!.bound) };
}

function bounds(
  view: View,
  given: number | number[] | undefined,
  fallback: number,
  tighter: (a: number, b: number) => number,
  result: Float64Array,
): Float64Array {
  result.fill(fallback);
  if (given === undefined) return result;
  for (let i = 0; i < result.length; i++) {
    const value = typeof given === 'number' ? given : given[positionOf(view, i)];
    if (value === undefined)
      throw new StrategyFailed(`no weight limit is given for asset ${positionOf(view, i)}`);
    result[i] = tighter(fallback, value);
  }
  return result;
}

/** The institution's own limits, where it has any. */
function tighten(
  bound: Float64Array,
  own: Float64Array | undefined,
  tighter: (a: number, b: number) => number,
): void {
  if (own) for (let i = 0; i < bound.length; i++) bound[i] = tighter(bound[i]!, own[i]!);
}

function groupRows(view: View, { groups }: ConstraintOptions): Row[] {
  const k = view.expectedReturns.length;
  return groups.flatMap(({ members, min, max }, g) => {
    const mask = Float64Array.from({ length: k }, (_, i) => Number(members.includes(positionOf(view, i))));
    return [
      ...(min === undefined
        ? []
        : [{ name: `the least weight ${min} of group ${g}`, coefficients: mask, bound: min }]),
      ...(max === undefined
        ? []
        : [
            {
              name: `the greatest weight ${max} of group ${g}`,
              coefficients: mask.map((x) => -x),
              bound: -max,
            },
          ]),
    ];
  });
}

function refuseCrossedBounds(view: View, lower: Float64Array, upper: Float64Array): void {
  for (let i = 0; i < lower.length; i++)
    if (lower[i]! > upper[i]!)
      throw new StrategyFailed(
        `the least weight ${lower[i]!} and the greatest weight ${upper[i]!} of asset ${positionOf(view, i)} conflict`,
      );
}

/** Solves within named constraints; a conflict fails with the names of the tightest pair.
 * @param nameOf of what a solver was given in their place, where it fails and they do not conflict among themselves
 */
export function within<T>(
  constraints: NamedConstraints,
  solve: (constraints: Constraints) => T,
  nameOf: NamedConstraints['nameOf'] = constraints.nameOf,
): T {
  try {
    return solve(constraints);
  } catch (error) {
    if (!(error instanceof Infeasible)) throw error;
    const own = conflictIn(constraints);
    throw own ? conflicting(own, constraints.nameOf) : conflicting(error, nameOf);
  }
}

/** What conflicts among constraints alone, whatever is asked of a portfolio within them: its proof is the same for all
 * strategies and solvers. */
function conflictIn(constraints: Constraints): Infeasible | undefined {
  const k = constraints.lower.length;
  const hessian = new Float64Array(k * k);
  for (let i = 0; i < k; i++) hessian[i * k + i] = 1;
  try {
    dualActiveSet({ ...constraints, hessian, linear: new Float64Array(k) });
    return undefined;
  } catch (error) {
    if (error instanceof Infeasible) return error;
    throw error;
  }
}

function conflicting({ violated, opponent }: Infeasible, nameOf: NamedConstraints['nameOf']): StrategyFailed {
  const other = opponent ? ` and ${nameOf(opponent)}` : '';
  return new StrategyFailed(`no portfolio meets ${nameOf(violated)}${other} together`);
}
