import type { View } from './view.js';

/** The positions of the assets an institution may hold. */
export function permittedAssets(view: View): Int32Array {
  const kept = [];
  for (let i = 0; i < view.permitted.length; i++) if (view.permitted[i] === 1) kept.push(i);
  return Int32Array.from(kept);
}

/** The view without the assets that are not permitted, so that no strategy has to think of them. */
export function restrictView(view: View, assets: Int32Array): View {
  if (assets.length === view.permitted.length) return view;
  const k = view.permitted.length;
  const { history } = view;
  return {
    ...view,
    assets,
    expectedReturns: pick(view.expectedReturns, assets),
    uncertainty: pick(view.uncertainty, assets),
    covariance: pickSquare(view.covariance, k, assets),
    previousWeights: pick(view.previousWeights, assets),
    benchmark: pick(view.benchmark, assets),
    permitted: new Uint8Array(assets.length).fill(1),
    ...(view.correlation && { correlation: pickSquare(view.correlation, k, assets) }),
    ...(view.floor && { floor: pick(view.floor, assets) }),
    ...(view.ceiling && { ceiling: pick(view.ceiling, assets) }),
    ...(view.prior && { prior: pick(view.prior, assets) }),
    ...(history && {
      history: { rows: history.rows, values: pickColumns(history.values, history.rows, k, assets) },
    }),
  };
}

/** Weights over all assets: those left out hold 0. */
export function expandWeights(weights: Float64Array, assets: Int32Array, size: number): Float64Array {
  if (assets.length === size) return weights;
  const all = new Float64Array(size);
  for (let i = 0; i < assets.length; i++) all[assets[i]!] = weights[i]!;
  return all;
}

function pick(values: Float64Array, assets: Int32Array): Float64Array {
  const kept = new Float64Array(assets.length);
  for (let i = 0; i < assets.length; i++) kept[i] = values[assets[i]!]!;
  return kept;
}

function pickSquare(matrix: Float64Array, k: number, assets: Int32Array): Float64Array {
  const kept = new Float64Array(assets.length ** 2);
  for (let i = 0, at = 0; i < assets.length; i++)
    for (let j = 0; j < assets.length; j++, at++) kept[at] = matrix[assets[i]! * k + assets[j]!]!;
  return kept;
}

function pickColumns(values: Float64Array, rows: number, k: number, assets: Int32Array): Float64Array {
  const kept = new Float64Array(rows * assets.length);
  for (let t = 0, at = 0; t < rows; t++)
    for (let j = 0; j < assets.length; j++, at++) kept[at] = values[t * k + assets[j]!]!;
  return kept;
}
