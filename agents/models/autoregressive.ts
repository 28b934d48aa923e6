import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { lookbackOption } from './lookback.js';
import { architecture } from './architecture.js';
import { conjugateRegression } from './conjugate-regression.js';
import { directCohort } from './direct-cohort.js';
import { checkReturnFeature, returnColumns, returnFeatureOption } from './return-feature.js';

/** Autoregression on the asset's own past returns. */
export const autoregressive = architecture({
  summary: "Autoregression of the return on the asset's own past returns in the window",
  source: 'Box & Jenkins 1970, Time Series Analysis',
  interpretability: 'white-box',
  uncertainty:
    'posterior predictive deviation: noise, and what is not known about the coefficients, both from own days: a federation shares the mean alone',
  federates: 'average',
  learns: 'by refitting',
  check: checkReturnFeature,
  options: z.strictObject({
    ...returnFeatureOption,
    ...lookbackOption(5),
    ridge: field(
      z.number().gt(0).default(1),
      'Shrinkage of the coefficients, in units of the noise',
      '1 / noise variance',
    ),
  }),
  create: (shape, { returnFeature, ridge }, size) => {
    const columns = returnColumns(shape, returnFeature);
    const rowWidth = shape.features * shape.window;
    const regression = { architecture: 'autoregressive', rowWidth, columns, priorPrecision: ridge };
    return directCohort(conjugateRegression(regression), size);
  },
});
