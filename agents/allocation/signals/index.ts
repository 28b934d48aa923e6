import { deviations, sums, type Signal } from './signal.js';

const perRisk = (gain: Float64Array, risk: Float64Array): Float64Array =>
  gain.map((value, i) => (risk[i]! > 0 ? value / risk[i]! : 0));

/** Opinions that past prices hold, by name. */
export const signals = {
  trend: {
    summary: 'Return per unit of risk over a year.',
    source: 'Moskowitz, Ooi & Pedersen 2012, Journal of Financial Economics 104(2)',
    rows: 252,
    score: (history, end) => perRisk(sums(history, end - 252, end), deviations(history, end - 252, end)),
  },
  momentum: {
    summary: 'Return over a year without its last month.',
    source: 'Jegadeesh & Titman 1993, Journal of Finance 48(1)',
    rows: 252,
    score: (history, end) => sums(history, end - 252, end - 21),
  },
  reversal: {
    summary: 'What fell over the last month.',
    source: 'Jegadeesh 1990, Journal of Finance 45(3)',
    rows: 21,
    score: (history, end) => sums(history, end - 21, end).map((value) => -value),
  },
  'low-volatility': {
    summary: 'What moved least over a quarter.',
    source: 'Ang, Hodrick, Xing & Zhang 2006, Journal of Finance 61(1)',
    rows: 63,
    score: (history, end) => deviations(history, end - 63, end).map((value) => -value),
  },
} satisfies Record<string, Signal>;

export type SignalName = keyof typeof signals;
export const signalNames = Object.keys(signals) as [SignalName, ...SignalName[]];
