import { z } from 'zod';
import { finite } from '../../../core/measure-input.js';
import { tagNames, type AssetTags } from '../../../core/asset-tags.js';
import { field } from '../../../core/scenario/field.js';
import type { Limit } from '../overlay.js';
import { Infeasible } from '../solver/infeasible.js';
import { quadraticProgram } from '../solver/quadratic-program.js';
import { StrategyFailed } from '../strategy-failed.js';
import { overlayRule, unknownTag } from './rule.js';

const group = z.strictObject({
  by: field(z.enum(tagNames).default('sector'), 'What the group has in common', 'name'),
  name: field(z.string(), 'Which one: a class, region, sector, currency or asset id', 'name'),
  min: field(finite.optional(), 'Least total weight', 'share of equity'),
  max: field(finite.optional(), 'Greatest total weight', 'share of equity'),
});

type Group = z.output<typeof group>;

/** Floors and caps on what is held of a class, region, sector or currency: the nearest portfolio that meets them all
 * and spends no more.
 * @formula argmin |w − w₀|²  s.t.  minₘ ≤ Σ_{i ∈ group m} wᵢ ≤ maxₘ,  1′w ≤ 1′w₀,  nothing sold short anew
 * @source  Grinold & Kahn 1999, Active Portfolio Management, chapter 15 (constraints)
 * @pitfall what a cap takes away stays in cash; a strategy's own option `groups` spends it elsewhere
 */
export const groupLimits = overlayRule({
  summary: 'Floors and caps on the weight of a class, region, sector or currency.',
  source: 'Grinold & Kahn 1999, Active Portfolio Management, chapter 15',
  options: z.strictObject({
    groups: field(z.array(group).min(1), 'The groups and their limits', 'list'),
  }),
  problems: ({ groups }, assets) =>
    groups.flatMap(({ by, name, min, max }, g) => [
      ...unknownTag(['groups', g, 'name'], by, name, assets),
      ...(min !== undefined && max !== undefined && min > max
        ? [{ path: ['groups', g, 'min'], message: `${min} is above max ${max}` }]
        : []),
    ]),
  limit: ({ groups }, assets) => nearestWithin(groups, assets),
});

function nearestWithin(groups: readonly Group[], assets: readonly AssetTags[]): Limit {
  const masks = groups.map(({ by, name }) => Float64Array.from(assets, (a) => Number(a[by] === name)));
  const rows = groups.flatMap(({ by, name, min, max }, g) => [
    ...(min === undefined
      ? []
      : [{ name: `the least weight ${min} of ${by} ${name}`, mask: masks[g]!, sign: 1, bound: min }]),
    ...(max === undefined
      ? []
      : [{ name: `the greatest weight ${max} of ${by} ${name}`, mask: masks[g]!, sign: -1, bound: -max }]),
  ]);
  const short = (weights: Float64Array): boolean =>
    rows.some(({ mask, sign, bound }) => sign * total(weights, mask) < bound - 1e-12);
  return (weights, { permitted }) => {
    if (!short(weights)) return weights;
    const k = weights.length;
    const budget = weights.reduce((sum, weight) => sum + weight, 0);
    const hessian = new Float64Array(k * k);
    for (let i = 0; i < k; i++) hessian[i * k + i] = 1;
    const coefficients = new Float64Array((rows.length + 1) * k);
    rows.forEach(({ mask, sign }, r) => mask.forEach((m, i) => (coefficients[r * k + i] = sign * m)));
    coefficients.fill(-1, rows.length * k);
    try {
      return quadraticProgram({
        hessian,
        linear: weights.map((weight) => -weight),
        equalities: { coefficients: new Float64Array(0), bounds: new Float64Array(0) },
        inequalities: { coefficients, bounds: Float64Array.of(...rows.map(({ bound }) => bound), -budget) },
        lower: weights.map((weight) => Math.min(0, weight)),
        upper: weights.map((weight, i) => (permitted[i] === 1 ? Infinity : Math.max(0, weight))),
      }).value;
    } catch (error) {
      if (!(error instanceof Infeasible)) throw error;
      const nameOf = (at: number): string => rows[at]?.name ?? `the budget ${budget}`;
      const named = [error.violated, error.opponent].flatMap((reference) =>
        reference?.constraint === 'inequality' ? [nameOf(reference.index)] : [],
      );
      throw new StrategyFailed(`no portfolio meets ${named.join(' and ')} together`);
    }
  };
}

function total(weights: Float64Array, mask: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += mask[i]! * weights[i]!;
  return sum;
}
