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

const oldest = (window: Window): number => Math.max(0, window.written - window.reach);

/** Matured samples in reach. */
export const sampleCount = (window: Window): number =>
  Math.max(0, window.matured - oldest(window)) * window.assets;

const dayOf = (window: Window, sample: number): number => oldest(window) + Math.floor(sample / window.assets);

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
  for (let d = day - lookback + 1, to = offset; d <= day; d++, to += width) {
    const from = d < 0 ? 0 : rowsOf(window, d) + asset * width;
    for (let f = 0; f < width; f++) into[to + f] = d < 0 ? 0 : inputs[from + f]!;
  }
}

/** Copies what is read for a sample and returns its target. */
export function gather(
  window: Window,
  sample: number,
  lookback: number,
  into: Float32Array,
  offset: number,
): number {
  lookBack(window, dayOf(window, sample), sample % window.assets, lookback, into, offset);
  return targetOf(window, sample);
}
