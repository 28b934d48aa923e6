import { z } from 'zod';
import { meanCosine } from '../../core/diversity.js';
import type { ForecastsView, Mandate } from './mandate.js';

const options = z.strictObject({
  minimumDistance: z.number().gt(0).max(2).optional().meta({
    description:
      'Least mean distance of two institutions’ forecasts on public probes, 1 − correlation; rounds after which they are closer are said to be unmet. Without it only the weight binds.',
    unit: '1 − correlation',
  }),
  weight: z.number().gt(0).max(1000).meta({
    description:
      "Least weight of the squared correlation with the mean forecast of its architecture's institutions in every loss.",
    unit: 'weight',
  }),
});

type Options = z.output<typeof options>;

/** Mean of 1 − correlation over pairs of institutions whose forecasts vary. */
function meanDistance({ forecasts, probes }: ForecastsView): number {
  const rows = Float64Array.from(forecasts);
  for (let from = 0; from < rows.length; from += probes) {
    const row = rows.subarray(from, from + probes);
    const centre = row.reduce((sum, x) => sum + x, 0) / probes;
    for (let r = 0; r < probes; r++) row[r]! -= centre;
  }
  return 1 - meanCosine(rows, probes);
}

/** Obliges every institution to train away from the mean forecast of its architecture's institutions (itself among them) on public probes.
 * @formula loss + weight · corr(f, f̄_architecture)²; met where mean_{i<j} (1 − corr(f_i, f_j)) ≥ minimumDistance
 * @source Krogh & Vedelsby 1995, NeurIPS (ambiguity); Liu & Yao 1999, Neural Networks 12(10) (negative correlation learning)
 * @pitfall what it costs is skill; a weight is not a distance: state the distance that is wanted, and read which rounds missed it
 */
export const decorrelation = {
  summary:
    'Obliges all to a penalty on correlation with the mean forecast of their architecture on public probes.',
  source: 'Liu & Yao 1999, Neural Networks 12(10)',
  options,
  check: (_chosen, { federation, learning }) => {
    const blind = 'needs public probes to compare forecasts on: federation.probes must be at least 2';
    const idle = 'acts on local training, and there is none: learning.localSteps must be above 0';
    return [
      ...(federation.probes < 2 ? [{ path: ['kind'], message: blind }] : []),
      ...(learning.localSteps === 0 ? [{ path: ['kind'], message: idle }] : []),
    ];
  },
  judge: ({ minimumDistance }: Options, view) => {
    const distance = minimumDistance === undefined ? NaN : meanDistance(view);
    return distance < minimumDistance! - 1e-12
      ? `forecasts are ${distance.toFixed(3)} apart on average, below ${minimumDistance}`
      : undefined;
  },
  penalties: ({ weight }: Options) => ({ decorrelation: weight }),
} satisfies Mandate;
