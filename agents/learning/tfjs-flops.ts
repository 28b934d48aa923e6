import type { TfLayer, TfLayersModel, TfShape } from './tfjs.js';

const product = (shape: TfShape): number => shape.reduce<number>((n, m) => n * (m ?? 1), 1);

/** Layers that use their weights once a day of what they read, whatever they give. */
const recurrent = new Set(['SimpleRNN', 'GRU', 'LSTM', 'RNN', 'Bidirectional']);

/** How often a layer uses its kernels: once a place of what it gives, which for a convolution is a pixel; or once a day. */
function uses(layer: TfLayer, reads: TfShape, gives: TfShape): number {
  return recurrent.has(layer.getClassName()) ? (reads[1] ?? 1) : product(gives.slice(1, -1));
}

function ofLayer(layer: TfLayer): number {
  if (layer.layers) return ofLayers(layer.layers);
  const kernels = layer.weights.reduce((sum, { shape }) => sum + (shape.length > 1 ? product(shape) : 0), 0);
  return layer.inboundNodes.reduce(
    (sum, { inputShapes, outputShapes }) =>
      sum + 2 * kernels * uses(layer, inputShapes[0] ?? [], outputShapes[0] ?? []),
    0,
  );
}

const ofLayers = (layers: readonly TfLayer[]): number =>
  layers.reduce((sum, layer) => sum + ofLayer(layer), 0);

/** Multiplications and additions of the kernels for one row; what tfjs does beside them is not known. */
export const tfjsFlops = ({ layers }: TfLayersModel): number => ofLayers(layers);
