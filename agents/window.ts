/** The samples a mind trains on: a ring of the input rows of the last days, with their targets once matured.
 *
 * A sample is one (day, asset). Its target, the standardised log return over the next days, is written only
 * when those days have passed: nothing in the window ever looks ahead. Plain data. */
export interface Window {
  readonly days: number;
  readonly assets: number;
  readonly width: number;
  /** Days written so far; day d lives in row d mod days. */
  written: number;
  /** Days whose target has matured. */
  matured: number;
  readonly inputs: Float32Array;
  readonly targets: Float32Array;
}

export const createWindow = (days: number, assets: number, width: number): Window => ({
  days,
  assets,
  width,
  written: 0,
  matured: 0,
  inputs: new Float32Array(days * assets * width),
  targets: new Float32Array(days * assets),
});

/** Offset of the input rows of a day in reach. */
export const rowsOf = (window: Window, day: number): number =>
  (day % window.days) * window.assets * window.width;

/** Sets the targets of the oldest day that has none. */
export function mature(window: Window, targets: Float32Array): void {
  window.targets.set(targets, (window.matured % window.days) * window.assets);
  window.matured++;
}

const oldest = (window: Window): number => Math.max(0, window.written - window.days);

/** Matured samples in reach. */
export const sampleCount = (window: Window): number =>
  Math.max(0, window.matured - oldest(window)) * window.assets;

function slotOf(window: Window, sample: number): number {
  const day = oldest(window) + Math.floor(sample / window.assets);
  return (day % window.days) * window.assets + (sample % window.assets);
}

export const targetOf = (window: Window, sample: number): number => window.targets[slotOf(window, sample)]!;

/** Copies the input row of a sample and returns its target. */
export function gather(window: Window, sample: number, into: Float32Array, offset: number): number {
  const slot = slotOf(window, sample);
  const from = slot * window.width;
  for (let f = 0; f < window.width; f++) into[offset + f] = window.inputs[from + f]!;
  return window.targets[slot]!;
}
