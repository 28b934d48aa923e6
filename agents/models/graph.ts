import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { lookbackOption } from './lookback.js';
import { derivedFrom } from '../learning/derived-inputs.js';
import { openEngine } from '../learning/engine.js';
import { glorotUniform, heNormal } from '../learning/initialisers.js';
import type { DerivedInput } from '../learning/network.js';
import { affineRelu, affineSum, concatRows, matmul, relu, sliceRows } from '../learning/operations/index.js';
import type { Tensor } from '../learning/tensor.js';
import { tracedCohort } from '../learning/traced-cohort.js';
import { parameter, type Trace } from '../learning/trace.js';
import { architecture, type InputShape } from './architecture.js';
import { correlationGraph, correlationGraphFlops } from './correlation-graph.js';
import { readout, weightsAndBias } from './layers.js';
import { checkReturnFeature, returnColumns, returnFeatureOption } from './return-feature.js';
import { training, trainedOptions } from './training-options.js';

/** The day's asset graph, from the returns in the day's own rows. */
function graphOf(shape: InputShape, returnFeature: number, neighbours: number): DerivedInput {
  const { assets, features, window } = shape;
  const columns = returnColumns(shape, returnFeature);
  const fill = (rows: Float32Array, into: Float32Array): void => {
    const returns = Array.from({ length: assets }, (_, asset) =>
      columns.map((column) => rows[asset * features * window + column]!),
    );
    correlationGraph(returns, neighbours, into);
  };
  const flops = correlationGraphFlops(assets, window, neighbours);
  return { name: 'graph', columns: assets, flops, train: fill, forecast: fill };
}

/** What each asset hears: its neighbours' numbers, weighted by its ties to them, day by day. */
function heard(graph: Tensor, hidden: Tensor, assets: number): Tensor {
  const days = Array.from({ length: hidden.rows / assets }, (_, day) => {
    const [from, to] = [day * assets, (day + 1) * assets];
    return matmul(sliceRows(graph, from, to), sliceRows(hidden, from, to));
  });
  return concatRows(days as [Tensor, ...Tensor[]]);
}

/** One exchange of messages: own numbers and those heard, each with weights of their own. */
function exchange(trace: Trace, name: string, graph: Tensor, hidden: Tensor, assets: number): Tensor {
  const width = hidden.columns;
  const own = weightsAndBias(trace, `${name} own`, width, width, heNormal);
  const others = parameter(trace, `${name} heard weights`, width, width, glorotUniform);
  return relu(affineSum(hidden, ...own, heard(graph, hidden, assets), others));
}

/** Message passing between correlated assets. */
export const graph = architecture({
  summary: 'Message passing over a graph of the assets whose returns correlate in the window',
  source:
    'Kipf & Welling 2017, Semi-Supervised Classification with Graph Convolutional Networks; Feng et al. 2019',
  interpretability: 'black-box',
  uncertainty: 'running deviation of its errors in training',
  federates: 'average',
  learns: 'by gradient',
  check: (chosen, scenario) =>
    scenario.assets.length < 2
      ? [{ path: ['name'], message: 'graph needs at least 2 assets' }]
      : checkReturnFeature(chosen, scenario),
  options: trainedOptions({
    ...returnFeatureOption,
    ...lookbackOption(20, 3),
    width: field(z.int().min(1).max(512).default(16), 'Hidden units per asset', 'count'),
    neighbours: field(z.int().min(1).default(3), 'Most correlated assets that an asset listens to', 'count'),
    exchanges: field(z.int().min(1).max(8).default(1), 'How often messages are passed', 'count'),
  }),
  create: (
    shape,
    { returnFeature, width, neighbours, exchanges, ...options },
    size,
    engine = openEngine(),
  ) => {
    const { features, window, assets } = shape;
    if (assets < 2 || window < 3)
      throw new RangeError(`graph: needs at least 2 assets and a window of 3, not ${assets} and ${window}`);
    const ties = graphOf(shape, returnFeature, neighbours);
    return tracedCohort(
      {
        architecture: 'graph',
        rowWidth: features * window,
        rowsPerSample: assets,
        representationWidth: width,
        derived: [ties],
        forward: (trace, inputs) => {
          const given = derivedFrom(inputs, ties);
          const layer = weightsAndBias(trace, 'embedding', inputs.columns, width, heNormal);
          const names = Array.from({ length: exchanges }, (_, i) => `exchange ${i + 1}`);
          const representation = names.reduce(
            (hidden, name) => exchange(trace, name, given, hidden, assets),
            affineRelu(inputs, ...layer),
          );
          return { mean: readout(trace, representation), representation };
        },
        ...training(options),
      },
      size,
      engine,
    );
  },
});
