import { z } from 'zod';
import { count, nonNegative, positive } from '../../../core/measure-input.js';
import { exp, log } from '../../../core/numeric.js';
import { field } from '../../../core/scenario/field.js';

/** What is known when a slice of an order is sent. */
export interface SliceSituation {
  /** Slices sent so far. */
  readonly done: number;
  /** Units traded in the market yesterday, and their longer average (k). */
  readonly volume: Float64Array;
  readonly averageVolume: Float64Array;
  /** Daily volatility (k). */
  readonly volatility: Float64Array;
}

/** How an order is cut into daily slices. */
export interface Slicing {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  /** Days that an order takes. */
  readonly days: (options: unknown) => number;
  /** Share of what is left of each asset's order that is traded today (k); 1 on the last day. */
  readonly slice: (options: unknown, situation: SliceSituation) => Float64Array;
}

interface Definition<Options extends z.ZodObject> extends Omit<Slicing, 'options' | 'slice' | 'days'> {
  readonly options: Options;
  readonly slice: (options: z.output<Options>, situation: SliceSituation, left: number) => Float64Array;
}

const slicing = <Options extends z.ZodObject>({ slice, ...rest }: Definition<Options>): Slicing => {
  const days = (options: unknown): number => (options as { readonly days?: number }).days ?? 1;
  return {
    ...rest,
    days,
    slice: (options, situation) =>
      slice(options as z.output<Options>, situation, days(options) - situation.done),
  };
};

const over = { days: field(count.max(252).default(5), 'Days over which an order is spread', 'days') };

/** What is left of an order after j of n days, as a share: sinh κ(n − j)/sinh κn, in a form that cannot overflow. */
function leftAfter(kappa: number, j: number, n: number): number {
  if (kappa < 1e-9) return (n - j) / n;
  return (exp(-kappa * j) * (1 - exp(-2 * kappa * (n - j)))) / (1 - exp(-2 * kappa * n));
}

/** κ of one day's steps: cosh κ = 1 + κ̃²/2. */
const discrete = (square: number): number => {
  const half = 1 + square / 2;
  return log(half + Math.sqrt(half * half - 1));
};

/** How orders are sliced, by the name a scenario uses. */
export const slicings = {
  immediate: slicing({
    summary: 'The whole order at once.',
    source: 'Perold 1988, Journal of Portfolio Management 14(3)',
    options: z.strictObject({}),
    slice: (_, { volatility }) => new Float64Array(volatility.length).fill(1),
  }),
  twap: slicing({
    summary: 'Equal parts every day (time-weighted average price).',
    source: 'Almgren & Chriss 2000, Journal of Risk 3(2), the limit without risk aversion',
    options: z.strictObject(over),
    slice: (_, { volatility }, left) => new Float64Array(volatility.length).fill(1 / left),
  }),
  vwap: slicing({
    summary: 'Parts in proportion to forecast volume (volume-weighted average price).',
    source: 'Konishi 2002, Journal of Financial Markets 5(2)',
    options: z.strictObject(over),
    slice: (_, { volume, averageVolume }, left) =>
      volume.map((today, i) => {
        if (left === 1) return 1;
        const rest = (left - 1) * averageVolume[i]!;
        return today + rest > 0 ? today / (today + rest) : 1 / left;
      }),
  }),
  'almgren-chriss': slicing({
    summary: 'Faster at first, the more volatile the asset: least expected cost for its variance.',
    source: 'Almgren & Chriss 2000, Journal of Risk 3(2)',
    options: z.strictObject({
      ...over,
      riskAversion: field(nonNegative.default(10), 'Aversion to the variance of the cost', '1 / return'),
      impact: field(positive.default(0.01), 'Temporary impact of trading the whole order in a day', 'return'),
    }),
    slice: ({ days, riskAversion, impact }, { done, volatility }) =>
      volatility.map((sigma) => {
        const kappa = discrete((riskAversion * sigma ** 2) / impact);
        return 1 - leftAfter(kappa, done + 1, days) / leftAfter(kappa, done, days);
      }),
  }),
} satisfies Record<string, Slicing>;

export type SlicingName = keyof typeof slicings;

/** What a scenario may name: the slicings, and part of the way to a target that is decided on anew every day. */
export const executions = {
  proportional: {
    summary: 'The share decide.trade of the way to the target every day.',
    source: 'Gârleanu & Pedersen 2013, Journal of Finance 68(6)',
    options: z.strictObject({}),
  },
  ...slicings,
};
