import { daily, firstMeasuredDay, type RunData } from '../../run-data.js';

/** The measured day of the worst contagion: most defaults; then the largest loss to forced sales; then the
 * highest DebtRank. The first such day, if several are alike. */
export function peakDay(run: RunData): number {
  const from = firstMeasuredDay(run);
  const day = daily(run, 'day', from);
  const criteria = ['defaults', 'marginLossUsd', 'debtRank'].map((name) =>
    daily(run, name, from).map((v) => (v === v ? v : -Infinity)),
  );
  const worse = (a: number, b: number): boolean => {
    const differing = criteria.find((c) => c[a]! !== c[b]!);
    return differing !== undefined && differing[a]! > differing[b]!;
  };
  return day[day.reduce((best, _, i) => (worse(i, best) ? i : best), 0)]!;
}
