import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { architecture } from './architecture.js';
import { conjugateRegression } from './conjugate-regression.js';
import { directCohort } from './direct-cohort.js';

/** Bayesian linear regression with its exact posterior. */
export const bayesianLinear = architecture({
  summary: 'Linear regression with its exact conjugate posterior, refitted to all rows each round',
  source: 'Bishop 2006, Pattern Recognition and Machine Learning, section 3.3',
  interpretability: 'white-box',
  uncertainty:
    'posterior predictive deviation: noise, and what is not known about the weights, both from own days: a federation shares the mean alone',
  federates: 'average',
  learns: 'by refitting',
  options: z.strictObject({
    priorPrecision: field(
      z.number().gt(0).default(10),
      "Precision of the weights' prior about 0, in units of the noise",
      '1 / noise variance',
    ),
  }),
  create: ({ features, window }, { priorPrecision }, size) => {
    const rowWidth = features * window;
    const columns = Array.from({ length: rowWidth }, (_, column) => column);
    const regression = { architecture: 'bayesian-linear', rowWidth, columns, priorPrecision };
    return directCohort(conjugateRegression(regression), size);
  },
});
