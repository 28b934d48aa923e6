import { byTopic, type Metric } from '../analysis/metrics/metric.js';
import type { Metrics } from '../analysis/metrics.js';
import type { Scenario } from '../core/scenario.js';

const number = (value: number | null): string =>
  value === null
    ? 'undefined'
    : Math.abs(value) >= 1000 || Number.isInteger(value)
      ? value.toLocaleString('en-US', { maximumFractionDigits: 0 })
      : value.toPrecision(3);

type Row = readonly [label: string, value: string, interval: string, unit: string];

const rowOf = ({ label, value, interval, unit }: Metric): Row => [
  label,
  number(value),
  interval ? `[${number(interval[0])}, ${number(interval[1])}]` : '',
  unit,
];

/** A run's headline figures as a table for a terminal, by topic. */
export function summaryText(scenario: Scenario, metrics: Metrics): string {
  const { told, silent } = byTopic(metrics.measures);
  const groups = told.map(({ topic, measures }) => ({ topic, rows: measures.map(rowOf) }));
  const widths = ([0, 1, 2] as const).map((c) =>
    Math.max(...groups.flatMap(({ rows }) => rows.map((row) => row[c].length))),
  );
  const line = ([label, value, interval, unit]: Row): string =>
    `  ${label.padEnd(widths[0]!)}  ${value.padStart(widths[1]!)}  ${interval.padEnd(widths[2]!)}  ${unit}`;
  const { firstDay, lastDay } = metrics.sample;
  return [
    `${scenario.name}, seed ${scenario.seed}: days ${firstDay} to ${lastDay}`,
    ...groups.flatMap(({ topic, rows }) => [topic, ...rows.map(line)]),
    ...(silent.length > 0 ? [`nothing happened: ${silent.join(', ')}`] : []),
  ].join('\n');
}
