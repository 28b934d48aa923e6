import type { Cohort } from './learning/cohort.js';
import { laidOut, samplesIn, type Span } from './samples.js';

/** How forecasts stood to outcomes. */
export interface Accuracy {
  readonly samples: number;
  /** Mean squared error. */
  readonly loss: number;
  /** Mean squared outcome: the loss of forecasting 0. */
  readonly zeroLoss: number;
  /** Correlation of forecasts with outcomes; NaN where either never varied. */
  readonly coefficient: number;
}

export function accuracyOf(mean: Float32Array, targets: Float32Array): Accuracy {
  const n = targets.length;
  let [loss, zero, f, y, ff, fy] = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [forecast, outcome] = [mean[i]!, targets[i]!];
    loss += (forecast - outcome) ** 2;
    zero += outcome ** 2;
    f += forecast;
    y += outcome;
    ff += forecast ** 2;
    fy += forecast * outcome;
  }
  const spread = (ff - (f * f) / n) * (zero - (y * y) / n);
  return {
    samples: n,
    loss: loss / n,
    zeroLoss: zero / n,
    coefficient: spread > 0 ? (fy - (f * y) / n) / Math.sqrt(spread) : NaN,
  };
}

/** The model as it stands on some days of its owner. */
export function accuracyOn(cohort: Cohort, slot: number, spans: readonly Span[], lookback: number): Accuracy {
  const samples = samplesIn(spans, lookback);
  const width = lookback * spans[0]!.window.width;
  const { inputs, targets } = laidOut(samples, width);
  return accuracyOf(cohort.forecast(slot, inputs, samples.count).mean, targets);
}
