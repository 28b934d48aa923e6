import { z } from 'zod';
import { openStream, streamKey, type Stream } from '../../core/random.js';
import { field } from '../../core/scenario/field.js';
import { derivedFrom } from '../learning/derived-inputs.js';
import { openEngine } from '../learning/engine.js';
import type { DerivedInput } from '../learning/network.js';
import { multiply } from '../learning/operations/index.js';
import { tracedCohort } from '../learning/traced-cohort.js';
import { architecture } from './architecture.js';
import { hiddenLayers, readout } from './layers.js';
import { hiddenOption } from './mlp.js';
import { training, trainedOptions } from './training-options.js';

/** Units that stay are scaled up, so that the layer's mean is what it is without dropout. */
function drawMask(into: Float32Array, dropout: number, stream: Stream): void {
  for (let i = 0; i < into.length; i++) into[i] = stream.uniform() < dropout ? 0 : 1 / (1 - dropout);
}

/** Forecasts draw their masks by pass alone: all rows and agents see the same thinned networks. */
const FORECAST_MASKS = streamKey(0, 'mc-dropout', 'forecast');

const maskOf = (columns: number, dropout: number): DerivedInput => ({
  name: 'mask',
  columns,
  // Draws are integer arithmetic.
  flops: 0,
  train: (_rows, into, stream) => drawMask(into, dropout, stream),
  forecast: (_rows, into, pass) => drawMask(into, dropout, openStream(FORECAST_MASKS, pass, 0)),
});

/** Feed-forward network whose last layer keeps dropping units when it forecasts. */
export const mcDropout = architecture({
  summary: 'Feed-forward network that drops units of its last hidden layer, in forecasting too',
  source: 'Gal & Ghahramani 2016, Dropout as a Bayesian Approximation',
  interpretability: 'black-box',
  uncertainty: 'errors in training, and the spread of the passes with unlike units dropped',
  federates: 'average',
  learns: 'by gradient',
  options: trainedOptions({
    ...hiddenOption,
    dropout: field(z.number().gt(0).max(0.9).default(0.1), 'Share of units dropped', 'share'),
    passes: field(z.int().min(2).max(1000).default(20), 'Passes that a forecast is the mean of', 'count'),
  }),
  create: ({ features, window }, { hidden, dropout, passes, ...options }, size, engine = openEngine()) => {
    const width = hidden.at(-1)!;
    const mask = maskOf(width, dropout);
    return tracedCohort(
      {
        architecture: 'mc-dropout',
        rowWidth: features * window,
        rowsPerSample: 1,
        representationWidth: width,
        passes,
        derived: [mask],
        forward: (trace, inputs) => {
          const representation = hiddenLayers(trace, inputs, hidden);
          // Probes inside the loss are forecast by the whole network, which the passes' mean is close to.
          const thinned =
            inputs.name === 'inputs' ? multiply(representation, derivedFrom(inputs, mask)) : representation;
          return { mean: readout(trace, thinned), representation };
        },
        ...training(options),
      },
      size,
      engine,
    );
  },
});
