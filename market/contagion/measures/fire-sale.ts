import { z } from 'zod';
import {
  count,
  finite,
  nonNegativeMatrix,
  nonNegativeVector,
  requireLength,
} from '../../../core/measure-input.js';
import { measure } from '../../../core/measure.js';
import { csrFromDense } from '../csr.js';
import { equityBefore } from '../exposures.js';
import { fireSaleEquilibrium } from '../fire-sale-equilibrium.js';
import { fireSale, settlements } from '../fire-sale.js';
import { stressSystem, type StressSystem } from '../stress-system.js';
import { assetImpact, pricesByAsset, requireAssets } from './asset-impact.js';

const leverage = finite.min(1, 'must be at least 1: assets over equity');

const fields = z.strictObject({
  holdings: nonNegativeMatrix,
  cash: nonNegativeVector.optional(),
  otherAssets: nonNegativeVector.optional(),
  equity: equityBefore,
  leverageCap: leverage,
  leverageTarget: leverage,
  defaultLeverage: leverage.optional(),
  impact: assetImpact,
  shock: z.array(finite.min(-1, 'must be a return of at least -1')).min(1, 'must not be empty'),
  settlement: z.enum(['mid', 'end']).optional(),
  maxRounds: count.optional(),
  solution: z.enum(['dynamic', 'least', 'greatest']).default('dynamic'),
});

type Input = z.output<typeof fields>;

function requireSizes(input: Input, context: z.core.$RefinementCtx): void {
  const n = input.holdings.length;
  const k = input.holdings[0]?.length ?? 0;
  requireLength(context, ['cash'], input.cash, n, 'holdings');
  requireLength(context, ['otherAssets'], input.otherAssets, n, 'holdings');
  requireLength(context, ['equity'], input.equity, n, 'holdings');
  requireLength(context, ['shock'], input.shock, k, 'holdings');
  requireAssets(context, input.impact, k);
}

function requireConsistent(input: Input, context: z.core.$RefinementCtx): void {
  requireSizes(input, context);
  if (input.solution !== 'dynamic' && input.settlement === 'mid')
    context.addIssue({ code: 'custom', path: ['settlement'], message: 'is end in a fixed point' });
}

function asSystem(input: Input, leverageCap: number): StressSystem {
  const zeros = input.equity.map(() => 0);
  return stressSystem({
    equity: Float64Array.from(input.equity),
    holdings: csrFromDense(input.holdings),
    cash: Float64Array.from(input.cash ?? zeros),
    otherAssets: Float64Array.from(input.otherAssets ?? zeros),
    leverageCap,
    shock: Float64Array.from(input.shock),
    impact: pricesByAsset(input.impact, input.shock.length),
  });
}

/** Whoever is over the cap never sells below the target, so a target above the cap is what binds. */
const equilibrium = (solution: 'least' | 'greatest') => (input: Input) =>
  fireSaleEquilibrium(asSystem(input, Math.max(input.leverageCap, input.leverageTarget)), solution, {
    defaultLeverage: input.defaultLeverage ?? Infinity,
    ...(input.maxRounds === undefined ? {} : { maxIterations: input.maxRounds }),
  });

const solutions = {
  dynamic: (input: Input) =>
    fireSale(asSystem(input, input.leverageCap), {
      target: input.leverageTarget,
      defaultLeverage: input.defaultLeverage ?? Infinity,
      settle: settlements[input.settlement ?? 'mid'],
      maxRounds: input.maxRounds ?? Infinity,
    }),
  least: equilibrium('least'),
  greatest: equilibrium('greatest'),
};

export const fireSaleMeasure = measure({
  summary: 'Fire sale: institutions over a leverage cap sell assets, and falling prices push others over it.',
  formula:
    'dynamic: where A/E > cap sell A − target·E − cash pro rata, p = (1 + shock)·impact(units sold so far); ' +
    'least, greatest: sales that just meet the cap at the prices they cause',
  range: '0 ≤ sold ≤ holdings; 0 ≤ prices ≤ 1 + shock; losses leave out the shock itself',
  source: 'Cont & Schaanning 2017; Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3)',
  pitfall:
    'simultaneous waves; proceeds repay debt at once; a fixed point sells to the cap (or to the target where that is higher), ' +
    'marks defaults from defaultLeverage but stops no sale, and throws beyond maxRounds; ' +
    'iterations count the last wave, in which nobody sells; residual: the largest share that an institution would ' +
    'still sell, or in a fixed point the largest change of a loss',
  input: fields.superRefine(requireConsistent),
  example: {
    holdings: [
      [60, 20],
      [20, 60],
    ],
    cash: [5, 5],
    otherAssets: [15, 15],
    equity: [5, 6],
    leverageCap: 25,
    leverageTarget: 20,
    impact: { law: 'exponential', beta: [0.001, 0.001] },
    shock: [-0.02, 0],
  },
  table: 'holdings',
  compute: (input: Input) => {
    const { value, iterations, residual } = solutions[input.solution](input);
    return {
      iterations,
      residual,
      prices: [...value.prices],
      sold: input.holdings.map((row, i) => row.map((units) => units * value.soldShare[i]!)),
      losses: [...value.losses],
      defaulted: [...value.defaulted],
    };
  },
});
