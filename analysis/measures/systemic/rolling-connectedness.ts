import { z } from 'zod';
import { count } from '../../../core/measure-input.js';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { connectednessOf, decompositionNames, type Decomposing } from './connectedness.js';
import { vectorAutoregression } from './vector-autoregression.js';
import { requireWindow, rollingFields, windowEnds } from './windows.js';

type Rows = readonly (readonly number[])[];

const input = z
  .strictObject({
    ...rollingFields,
    lags: count,
    horizon: count.max(100_000, 'must be at most 100000'),
    decomposition: z
      .enum(decompositionNames, `must be one of ${decompositionNames.join(', ')}`)
      .default('generalized'),
    normalise: z.boolean('must be true or false').default(true),
  })
  .superRefine((given, context) => {
    const k = given.returns[0]?.length ?? 0;
    if (k < 2)
      context.addIssue({ code: 'custom', path: ['returns'], message: 'needs at least 2 series (columns)' });
    requireWindow(context, given, (k + 1) * given.lags + 2);
  });

/** Connectedness in the window that ends on a day (index); null where its series are collinear. */
export function connectednessAt(
  returns: Rows,
  end: number,
  { window, lags, ...how }: Decomposing & { readonly window: number; readonly lags: number },
) {
  const fitted = vectorAutoregression(returns.slice(end - window + 1, end + 1), lags);
  return fitted === null ? null : connectednessOf(fitted, how);
}

function compute(given: z.infer<typeof input>) {
  const days = windowEnds(given.returns.length, given.window, given.step);
  const each = days.map((day) => {
    const found = connectednessAt(given.returns, day, given);
    if (found !== null) return found;
    throw new MeasureInputError(
      `a series is constant or a combination of others in the window up to row ${day}`,
      ['returns'],
    );
  });
  return { days, total: each.map((c) => c.total), net: each.map((c) => c.net) };
}

export const rollingConnectedness = measure({
  summary: 'Diebold-Yilmaz connectedness in rolling windows: how spillovers change.',
  formula: 'connectedness of rows t − window + 1 to t, for t every `step` rows',
  range: 'total [0, 100]; days are row indices from 0; net (windows, k)',
  source: 'Diebold & Yilmaz 2012, International Journal of Forecasting 28(1)',
  pitfall: 'A window sees a crisis for as long as it is long; short windows of many series overfit.',
  input,
  table: 'returns',
  example: {
    returns: [
      [0.01, 0.02],
      [-0.02, -0.01],
      [0.03, 0.01],
      [0, -0.03],
      [0.02, 0.01],
      [-0.01, 0.02],
      [0.01, -0.02],
    ],
    window: 6,
    lags: 1,
    horizon: 10,
  },
  compute,
});
