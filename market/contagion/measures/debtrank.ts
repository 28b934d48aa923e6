import { z } from 'zod';
import { nonNegative, nonNegativeVector, requireLength } from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { csrFromDense, type Csr } from '../csr.js';
import { debtRank } from '../debtrank.js';
import { equityBefore, exposureMatrix, institutionList, requireKnown } from '../exposures.js';
import { columnSums } from '../product.js';
import { cappedImpact, fullImpact, singleHitDebtRank } from '../single-hit-debtrank.js';

const fields = z.strictObject({
  exposures: exposureMatrix,
  equity: equityBefore,
  shock: z.array(nonNegative).optional(),
  defaulted: institutionList.optional(),
  variant: z.enum(['differential', 'single-hit']).default('differential'),
  weights: nonNegativeVector.optional(),
  capped: z.boolean().optional(),
});

type Input = z.output<typeof fields>;

function requireOneShock({ shock, defaulted }: Input, context: z.core.$RefinementCtx): void {
  if ((shock === undefined) === (defaulted === undefined))
    context.addIssue({ code: 'custom', path: ['shock'], message: 'give either shock or defaulted' });
}

function requireConsistent(input: Input, context: z.core.$RefinementCtx): void {
  const n = input.exposures.length;
  requireLength(context, ['equity'], input.equity, n, 'exposures');
  requireLength(context, ['shock'], input.shock, n, 'exposures');
  requireLength(context, ['weights'], input.weights, n, 'exposures');
  requireKnown(context, 'defaulted', input.defaulted, n);
  requireOneShock(input, context);
  if (input.weights?.every((w) => w === 0))
    context.addIssue({ code: 'custom', path: ['weights'], message: 'must not all be 0' });
  if (input.capped !== undefined && input.variant !== 'single-hit')
    context.addIssue({ code: 'custom', path: ['capped'], message: 'belongs to the variant single-hit' });
}

const impacts = { true: cappedImpact, false: fullImpact };

const variants = {
  differential: (input: Input, exposures: Csr, initial: Float64Array) =>
    debtRank(exposures, input.equity, initial, 'rounds'),
  'single-hit': (input: Input, exposures: Csr, initial: Float64Array) =>
    singleHitDebtRank(exposures, input.equity, initial, impacts[`${input.capped ?? true}`]),
} satisfies Record<Input['variant'], unknown>;

const initialDistress = ({ exposures, shock, defaulted }: Input): Float64Array => {
  const hit = new Set(defaulted);
  return Float64Array.from(exposures, (_, i) => Math.min(1, shock?.[i] ?? (hit.has(i) ? 1 : 0)));
};

/** Σ rise_i w_i / Σ w_i, and 0 where nothing has weight (no exposures: nothing can spread). */
function weightedRise(before: Float64Array, after: Float64Array, weight: ArrayLike<number>): number {
  let rise = 0;
  let total = 0;
  for (let i = 0; i < before.length; i++) {
    rise += (after[i]! - before[i]!) * weight[i]!;
    total += weight[i]!;
  }
  return total > 0 ? rise / total : 0;
}

export const debtrankMeasure = measure({
  summary: 'Distress that spreads through exposures, as a share of equity (DebtRank).',
  formula:
    'differential: h(t+1) = min(1, h(t) + Λ(h(t) − h(t−1))), Λ_ij = A_ij/E_i; single-hit: each passes its h on once; ' +
    'R = Σ h v − Σ h₀ v with v normalised',
  range: 'distress, inducedLossRatio and R lie in [0, 1]',
  source: 'Bardoscia et al. 2015, PLoS ONE 10(6):e0130406; Battiston et al. 2012, Scientific Reports 2:541',
  pitfall:
    'rows lend to columns; equity is that before the shock; a shock above 1 counts as 1; without exposures R is 0',
  input: fields.superRefine(requireConsistent),
  example: {
    exposures: [
      [0, 0.5, 0],
      [0, 0, 0.5],
      [0.5, 0, 0],
    ],
    equity: [1, 1, 1],
    shock: [0.5, 0, 0],
  },
  table: 'exposures',
  compute: (input: Input) => {
    const exposures = csrFromDense(input.exposures);
    const before = initialDistress(input);
    const { value: after, iterations, residual } = variants[input.variant](input, exposures, before);
    return {
      distress: [...after],
      iterations,
      residual,
      inducedLossRatio: weightedRise(before, after, input.equity),
      R: weightedRise(before, after, input.weights ?? columnSums(exposures)),
    };
  },
});
