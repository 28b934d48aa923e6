import { z } from 'zod';
import { count, positive } from '../../../core/measure-input.js';
import { field } from '../../../core/scenario/field.js';

/** What a trigger may look at. */
export interface RebalancingSituation {
  /** Trading days since the last rebalancing; Infinity before the first. */
  readonly daysSince: number;
  /** Weights held now (k). */
  readonly held: Float64Array;
  /** Weights that were the target at the last rebalancing (k). */
  readonly lastTarget: Float64Array;
  /** Weights that would be the target today (k); asking costs a decision. */
  readonly target: () => Float64Array;
}

/** When an institution rebalances. */
export interface Trigger {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  /** Whether it rebalances today; it always does the first time. */
  readonly due: (options: unknown, situation: RebalancingSituation) => boolean;
}

interface Definition<Options extends z.ZodObject> extends Omit<Trigger, 'options' | 'due'> {
  readonly options: Options;
  readonly due: (options: z.output<Options>, situation: RebalancingSituation) => boolean;
}

const trigger = <Options extends z.ZodObject>({ due, ...rest }: Definition<Options>): Trigger => ({
  ...rest,
  due: (options, situation) =>
    situation.daysSince === Infinity || due(options as z.output<Options>, situation),
});

/** Largest distance of a weight from another. */
const farthest = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]!)), 0);

/** Half the gross distance: what has to be sold to get from one to the other. */
const oneWay = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / 2;

/** What makes an institution rebalance, by the name a scenario uses. */
export const triggers = {
  calendar: trigger({
    summary: 'Every so many trading days.',
    source: 'Perold & Sharpe 1988, Financial Analysts Journal 44(1)',
    options: z.strictObject({
      every: field(count.max(2520).default(1), 'Days between rebalancings', 'days'),
    }),
    due: ({ every }, { daysSince }) => daysSince >= every,
  }),
  threshold: trigger({
    summary: 'When a weight has drifted from its target by more than a band.',
    source: 'Leland 1999, "Optimal portfolio management with transactions costs and capital gains taxes"',
    options: z.strictObject({
      band: field(positive.default(0.05), 'Greatest distance of a weight from its target', 'share of equity'),
    }),
    due: ({ band }, { held, lastTarget }) => farthest(held, lastTarget) > band,
  }),
  signal: trigger({
    summary: 'When what the strategy wants has moved by more than a given turnover.',
    source: 'Gârleanu & Pedersen 2013, Journal of Finance 68(6)',
    options: z.strictObject({
      change: field(
        positive.default(0.1),
        'Least one-way turnover between the last target and the present one',
        'share of equity',
      ),
    }),
    due: ({ change }, { target, lastTarget }) => oneWay(target(), lastTarget) > change,
  }),
} satisfies Record<string, Trigger>;

export type TriggerName = keyof typeof triggers;
