import type { Metrics } from '../analysis/metrics.js';
import type { Scenario } from '../core/scenario.js';

const number = (value: number | null): string =>
  value === null
    ? 'undefined'
    : Math.abs(value) >= 1000 || Number.isInteger(value)
      ? value.toLocaleString('en-US', { maximumFractionDigits: 0 })
      : value.toPrecision(3);

/** A run's headline figures as a table for a terminal. */
export function summaryText(scenario: Scenario, metrics: Metrics): string {
  const rows = Object.values(metrics.measures).map((m) => [
    m.label,
    number(m.value),
    m.interval ? `[${number(m.interval[0])}, ${number(m.interval[1])}]` : '',
    m.unit,
  ]);
  const widths = [0, 1, 2].map((c) => Math.max(...rows.map((row) => row[c]!.length)));
  const lines = rows.map(
    (row) =>
      `  ${row[0]!.padEnd(widths[0]!)}  ${row[1]!.padStart(widths[1]!)}  ${row[2]!.padEnd(widths[2]!)}  ${row[3]!}`,
  );
  const { firstDay, lastDay } = metrics.sample;
  return [`${scenario.name}, seed ${scenario.seed}: days ${firstDay} to ${lastDay}`, ...lines].join('\n');
}
