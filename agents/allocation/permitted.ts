import { float64, int32, uint8 } from '../../core/slab.js';
import type { View } from './view.js';

/** The positions of the assets an institution may hold. */
export function permittedAssets(view: View): Int32Array {
  const { permitted } = view;
  let count = 0;
  for (const one of permitted) count += one;
  const kept = int32(count);
  for (let i = 0, at = 0; at < count; i++) if (permitted[i] === 1) kept[at++] = i;
  return kept;
}

type Restriction<T> = (value: T, k: number, assets: Int32Array) => T;

const unchanged = <T>(value: T): T => value;

/** How each part of a view looks where only some of k assets are left. */
const restrictions: { readonly [K in keyof View]-?: Restriction<NonNullable<View[K]>> } = {
  expectedReturns: (values, _, assets) => pick(values, assets),
  scores: (values, _, assets) => pick(values, assets),
  uncertainty: (values, _, assets) => pick(values, assets),
  covariance: pickSquare,
  riskAversion: unchanged,
  previousWeights: (values, _, assets) => pick(values, assets),
  benchmark: (values, _, assets) => pick(values, assets),
  permitted: (_, __, assets) => uint8(assets.length).fill(1),
  leverage: unchanged,
  floor: (values, _, assets) => pick(values, assets),
  ceiling: (values, _, assets) => pick(values, assets),
  wealthRatio: unchanged,
  history: ({ rows, values }, k, assets) => ({ rows, values: pickColumns(values, rows, k, assets) }),
  correlation: pickSquare,
  prior: (values, _, assets) => pick(values, assets),
  assets: (_, __, assets) => assets,
  stream: unchanged,
};

const parts = Object.entries(restrictions) as [keyof View, Restriction<unknown>][];

/** The view without the assets that are not permitted, so that no strategy has to think of them. */
export function restrictView(view: View, assets: Int32Array): View {
  const k = view.permitted.length;
  if (assets.length === k) return view;
  const restricted: Record<string, unknown> = {};
  for (const [name, restrict] of parts) {
    const value = view[name];
    if (value !== undefined) restricted[name] = restrict(value, k, assets);
  }
  restricted['assets'] = assets;
  return restricted as unknown as View;
}

/** Weights over all assets: those left out hold 0. */
export function expandWeights(weights: Float64Array, assets: Int32Array, size: number): Float64Array {
  if (assets.length === size) return weights;
  const all = float64(size);
  for (let i = 0; i < assets.length; i++) all[assets[i]!] = weights[i]!;
  return all;
}

function pick(values: Float64Array, assets: Int32Array): Float64Array {
  const kept = float64(assets.length);
  for (let i = 0; i < assets.length; i++) kept[i] = values[assets[i]!]!;
  return kept;
}

function pickSquare(matrix: Float64Array, k: number, assets: Int32Array): Float64Array {
  const kept = float64(assets.length ** 2);
  for (let i = 0, at = 0; i < assets.length; i++)
    for (let j = 0; j < assets.length; j++, at++) kept[at] = matrix[assets[i]! * k + assets[j]!]!;
  return kept;
}

function pickColumns(values: Float64Array, rows: number, k: number, assets: Int32Array): Float64Array {
  const kept = float64(rows * assets.length);
  for (let t = 0, at = 0; t < rows; t++)
    for (let j = 0; j < assets.length; j++, at++) kept[at] = values[t * k + assets[j]!]!;
  return kept;
}
