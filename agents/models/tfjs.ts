import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { loadLayersModel, loadTfjs, UnusableModel, type LoadedModel } from '../learning/tfjs.js';
import { tfjsCohort } from '../learning/tfjs-cohort.js';
import { architecture } from './architecture.js';
import { lookbackOption } from './lookback.js';

/** A researcher's own model. */
export const tfjs = architecture({
  summary: "Any tfjs LayersModel, by path: slower than the others, and reproducible to tfjs' rounding only",
  source: 'Smilkov et al. 2019, TensorFlow.js: Machine Learning for the Web and Beyond, MLSys',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  learns: 'by gradient',
  isForeign: true,
  options: z.strictObject({
    path: field(
      z.string().min(1).default('model.json'),
      'The model.json that model.save wrote, its weight files beside it; relative to where the host of the institution runs',
      'path',
    ),
    ...lookbackOption(1),
  }),
  load: async ({ path }) => loadLayersModel(await loadTfjs(), path),
  create: ({ features, window }, _options, size, _engine, loaded) => {
    if (!loaded) throw new UnusableModel('tfjs: the model has not been loaded');
    return tfjsCohort(loaded as LoadedModel, { features, lookback: window }, size);
  },
});
