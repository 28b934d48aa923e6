import type { Samples } from './learning/cohort.js';
import { gatherOn, maturedFrom, type Window } from './window.js';

/** Matured days of one window, from `from` to the day before `to`. */
export interface Span {
  readonly window: Window;
  readonly from: number;
  readonly to: number;
}

/** All that has matured and is in reach. */
export const maturedSpan = (window: Window): Span => ({
  window,
  from: maturedFrom(window),
  to: Math.max(maturedFrom(window), window.matured),
});

export const samplesOfSpan = ({ window, from, to }: Span): number => Math.max(0, to - from) * window.assets;

export const samplesOfSpans = (spans: readonly Span[]): number =>
  spans.reduce((sum, span) => sum + samplesOfSpan(span), 0);

/** The samples of several spans as one sequence: span by span, day by day, asset by asset. */
export function samplesIn(spans: readonly Span[], lookback: number): Samples {
  const starts = spans.reduce<number[]>((sums, span) => [...sums, sums.at(-1)! + samplesOfSpan(span)], [0]);
  const spanOf = (sample: number): number => {
    let s = 0;
    while (sample >= starts[s + 1]!) s++;
    return s;
  };
  return {
    count: starts.at(-1)!,
    gather: (sample, into, offset) => {
      const s = spans.length === 1 ? 0 : spanOf(sample);
      const { window, from } = spans[s]!;
      const within = sample - starts[s]!;
      const day = from + Math.floor(within / window.assets);
      return gatherOn(window, day, within % window.assets, lookback, into, offset);
    },
  };
}

/** Samples side by side, as forecasts take them. */
export function laidOut(samples: Samples, width: number): { inputs: Float32Array; targets: Float32Array } {
  const inputs = new Float32Array(samples.count * width);
  const targets = Float32Array.from({ length: samples.count }, (_, i) =>
    samples.gather(i, inputs, i * width),
  );
  return { inputs, targets };
}

/** Two sequences as one in which the second has a given share: its groups of `together` samples are spread evenly,
 * some left out where there are more than their share, some repeated where there are fewer. */
export function blended(first: Samples, second: Samples, share: number, together: number): Samples {
  if (second.count === 0 || share === 0 || first.count === 0) return first;
  const groups = second.count / together;
  const wanted = Math.max(1, Math.round((first.count * share) / (1 - share) / together));
  return {
    count: first.count + wanted * together,
    gather: (sample, into, offset) => {
      if (sample < first.count) return first.gather(sample, into, offset);
      const at = sample - first.count;
      const group = Math.floor((Math.floor(at / together) * groups) / wanted);
      return second.gather(group * together + (at % together), into, offset);
    },
  };
}
