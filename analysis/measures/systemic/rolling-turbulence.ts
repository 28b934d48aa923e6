import { z } from 'zod';
import { MeasureInputError, measure } from '../../../core/measure.js';
import { covariance, fromRows } from '../../../core/linear.js';
import { dot, mean } from '../../../core/numeric.js';
import { scaledCholesky } from '../../../core/scaled-cholesky.js';
import { requireWindow, rollingFields, windowEnds } from './windows.js';

type Rows = readonly (readonly number[])[];

/** How unusual a day (index) is, given the window before it; null where that window is collinear.
 * @formula (r_t − μ)'Σ⁻¹(r_t − μ), μ and Σ (ddof 1) of the `window` days before t
 */
export function turbulenceAt(returns: Rows, day: number, window: number): number | null {
  const rows = returns.slice(day - window, day);
  const k = rows[0]!.length;
  const factored = scaledCholesky(covariance(fromRows(rows), window, k), k);
  if (factored === null) return null;
  const distance = returns[day]!.map((value, j) => value - mean(rows.map((row) => row[j]!)));
  return dot(distance, factored.solve(distance));
}

const input = z.strictObject(rollingFields).superRefine((given, context) => {
  const k = given.returns[0]?.length ?? 0;
  requireWindow(context, { ...given, returns: given.returns.slice(1) }, k + 1);
});

function compute({ returns, window, step }: z.infer<typeof input>) {
  const days = windowEnds(returns.length - 1, window, step).map((end) => end + 1);
  const turbulence = days.map((day) => {
    const found = turbulenceAt(returns, day, window);
    if (found !== null) return found;
    throw new MeasureInputError(`an asset is constant or a combination of others before row ${day}`, [
      'returns',
    ]);
  });
  return { days, turbulence };
}

export const rollingTurbulence = measure({
  summary: 'Turbulence out of sample: how unusual a day is, given the window before it.',
  formula: "d_t = (r_t − μ)'Σ⁻¹(r_t − μ), μ and Σ of the `window` days before t",
  range: 'd ≥ 0; about k on ordinary days, more for short windows',
  source: 'Kritzman & Li 2010, Financial Analysts Journal 66(5)',
  pitfall: 'The day itself is not in its window, unlike in `turbulence`: nothing of the future is used.',
  input,
  table: 'returns',
  example: {
    returns: [
      [0.01, 0.02],
      [-0.02, -0.01],
      [0.03, 0.01],
      [0, -0.03],
      [0.05, 0.06],
    ],
    window: 4,
  },
  compute,
});
