/** The samples a mind trains on: a ring of the input rows of the last days, with their targets once matured.
 *
 * A sample is one (day, asset). Its target, the standardised log return over the next days, is written only
 * when those days have passed: nothing in the window ever looks ahead. Plain data. */
export interface Window {
  /** Days kept: those that samples are of, and those that the oldest of them look back on. */
  readonly days: number;
  /** Days that samples are of. */
  readonly reach: number;
  readonly assets: number;
  readonly width: number;
  /** Days written so far; day d lives in row d mod days. */
  written: number;
  /** Days whose target has matured. */
  matured: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

export function createWindow(reach: number, assets: number, width: number, lookback: number): Window {
  const days = reach + lookback - 1;
  return {
    days,
    reach,
    assets,
    width,
    written: 0,
    matured: 0,
    inputs: new Float32Array(days * assets * width),
    targets: new Float32Array(days * assets),
  };
}

/** Offset of the input rows of a day in reach. */
export const rowsOf = (window: Window, day: number): number =>
  (day % window.days) * window.assets * window.width;

/** Sets the targets of the oldest day that has none. */
export function mature(window: Window, targets: Float32Array): void {
  window.targets.set(targets, (window.matured % window.days) * window.assets);
  window.matured++;
}

/** The oldest day in reach. */
export const maturedFrom = (window: Window): number => Math.max(0, window.written - window.reach);

/** Matured samples in reach. */
export const sampleCount = (window: Window): number =>
  Math.max(0, window.matured - maturedFrom(window)) * window.assets;

const dayOf = (window: Window, sample: number): number =>
  maturedFrom(window) + Math.floor(sample / window.assets);

export function targetOf(window: Window, sample: number): number {
  const { days, assets, targets } = window;
  return targets[(dayOf(window, sample) % days) * assets + (sample % assets)]!;
}

/** Copies what is read of an asset on a day: its rows of the last `lookback` days, oldest first, zeros before
 * the first day. */
export function lookBack(
  window: Window,
  day: number,
  asset: number,
  lookback: number,
  into: Float32Array,
  offset: number,
): void {
  const { width, inputs } = window;
  for (let d = day - lookback + 1, to = offset; d <= day; d++, to += width)
    if (d < 0) into.fill(0, to, to + width);
    else {
      const from = rowsOf(window, d) + asset * width;
      for (let f = 0; f < width; f++) into[to + f] = inputs[from + f]!;
    }
}

/** Copies what is read of an asset on a matured day and returns its target. */
export function gatherOn(
  window: Window,
  day: number,
  asset: number,
  lookback: number,
  into: Float32Array,
  offset: number,
): number {
  lookBack(window, day, asset, lookback, into, offset);
  return window.targets[(day % window.days) * window.assets + asset]!;
}

/** Some matured days in a window of their own, with what their samples look back on. */
export function excerptOf(window: Window, from: number, to: number, lookback: number): Window {
  const { assets, width } = window;
  const excerpt: Window = { ...createWindow(to - from, assets, width, lookback), written: to, matured: to };
  for (let day = Math.max(0, from - lookback + 1); day < to; day++) {
    const at = rowsOf(window, day);
    excerpt.inputs.set(window.inputs.subarray(at, at + assets * width), rowsOf(excerpt, day));
    const targets = window.targets.subarray((day % window.days) * assets, ((day % window.days) + 1) * assets);
    excerpt.targets.set(targets, (day % excerpt.days) * assets);
  }
  return excerpt;
}
