import { daily, daysOf, numbers, type RunData } from '../run-data.js';
import type { KeyItem } from './key.js';
import { spans, uprights, type Layer } from './marks.js';
import { palette } from './palette.js';
import type { Panel } from './panel.js';

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Runs of days in the stress regime. */
export function stressSpans(run: RunData): Span[] {
  const day = numbers(daysOf(run), 'day');
  const found: { from: number; to: number }[] = [];
  numbers(daysOf(run), 'regime').forEach((regime, row) => {
    if (regime === 0) return;
    const last = found.at(-1);
    if (last?.to === day[row]! - 1) last.to = day[row]!;
    else found.push({ from: day[row]! - 1, to: day[row]! });
  });
  return found;
}

/** Days on which somebody defaulted. */
export function defaultDays(run: RunData): number[] {
  const day = numbers(daysOf(run), 'day');
  return Array.from(numbers(daysOf(run), 'defaults')).flatMap((n, row) => (n > 0 ? [day[row]!] : []));
}

/** What lies behind every picture over time: warm-up, stress regime, defaults. */
export const backdrop = (run: RunData): Layer[] => [
  spans(run.scenario.warmUp > 0 ? [{ from: 0, to: run.scenario.warmUp }] : [], palette.ink, 0.08),
  spans(stressSpans(run), palette.orange, 0.18),
  uprights(defaultDays(run), palette.vermillion),
];

/** The key to it, of what is there. */
export const backdropKey = (run: RunData): KeyItem[] => [
  ...(run.scenario.warmUp > 0
    ? [{ label: 'warm-up, not measured', colour: palette.ink, sign: 'band' as const }]
    : []),
  ...(stressSpans(run).length > 0
    ? [{ label: 'stress regime of fundamentals', colour: palette.orange, sign: 'band' as const }]
    : []),
  ...(defaultDays(run).length > 0
    ? [{ label: 'default', colour: palette.vermillion, sign: 'rule' as const }]
    : []),
];

/** A panel over the days of a run; the last of a column says what the axis is. */
export const overDays = (run: RunData, panel: Omit<Panel, 'x'>, title: '' | 'Trading day' = ''): Panel => ({
  ...panel,
  layers: [...backdrop(run), ...panel.layers],
  x: { domain: [0, daily(run, 'day').at(-1)!], title, format: 'd', ticks: 6 },
});
