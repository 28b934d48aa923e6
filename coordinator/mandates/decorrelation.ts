import { z } from 'zod';
import type { Mandate } from './mandate.js';

const options = z.strictObject({
  weight: z.number().gt(0).max(1000).meta({
    description: "Least weight of the squared correlation with the federation's mean forecast in every loss.",
    unit: 'weight',
  }),
});

/** Obliges every institution to train away from its federation's mean forecast on public probes.
 * @source Krogh & Vedelsby 1995, NeurIPS (ambiguity); Liu & Yao 1999, Neural Networks 12(10) (negative correlation learning)
 * @pitfall what it costs is skill; a weight is not a distance: read the correlation of forecasts beside it
 */
export const decorrelation = {
  summary: "Obliges all to a penalty on correlation with their federation's mean forecast on public probes.",
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
  penalties: ({ weight }: z.output<typeof options>) => ({ decorrelation: weight }),
} satisfies Mandate;
