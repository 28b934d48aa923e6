import type { ReturnHistory } from '../view.js';

/** One opinion on which assets will do better, from past returns alone. */
export interface Signal {
  readonly summary: string;
  readonly source: string;
  /** Rows of returns that it needs. */
  readonly rows: number;
  /** A score of each asset (k) from the rows before `end`; larger is better, in any unit. */
  readonly score: (history: ReturnHistory, end: number) => Float64Array;
}

/** Sums of each asset's returns over rows from to end − 1. */
export function sums({ values, rows }: ReturnHistory, from: number, end: number): Float64Array {
  const k = values.length / rows;
  const total = new Float64Array(k);
  for (let t = from; t < end; t++) for (let i = 0; i < k; i++) total[i]! += values[t * k + i]!;
  return total;
}

/** Standard deviation of each asset's returns over rows from to end − 1. */
export function deviations(history: ReturnHistory, from: number, end: number): Float64Array {
  const mean = sums(history, from, end).map((value) => value / (end - from));
  const k = mean.length;
  const square = new Float64Array(k);
  for (let t = from; t < end; t++)
    for (let i = 0; i < k; i++) square[i]! += (history.values[t * k + i]! - mean[i]!) ** 2;
  return square.map((value) => Math.sqrt(value / (end - from - 1)));
}

/** Scores in standard deviations across assets, mean 0; all 0 where they do not differ. */
export function standardised(scores: Float64Array): Float64Array {
  const mean = scores.reduce((a, b) => a + b, 0) / scores.length;
  const spread = Math.sqrt(scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / scores.length);
  return spread > 0 ? scores.map((s) => (s - mean) / spread) : new Float64Array(scores.length);
}
