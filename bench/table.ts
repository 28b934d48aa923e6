import { verdictOf, type Row, type Target } from './figure.js';

const significant = (value: number): string =>
  Math.abs(value) >= 1000 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(3)));

const targetText = (target: Target): string =>
  'atLeast' in target ? `>= ${significant(target.atLeast)}` : `<= ${significant(target.atMost)}`;

function cells(bench: string, row: Row): string[] {
  if ('skipped' in row) return [bench, row.what, '', '', 'skipped', row.skipped];
  const target = row.target ? targetText(row.target) : '';
  return [
    bench,
    row.what,
    `${significant(row.value)} ${row.unit}`,
    target,
    verdictOf(row),
    row.against ?? '',
  ];
}

const header = ['bench', 'figure', 'measured', 'target', '', 'against'];

/** One Markdown table of all rows, aligned so that it reads on a terminal too. */
export function table(rows: readonly (readonly [bench: string, row: Row])[]): string {
  const lines = [header, ...rows.map(([bench, row]) => cells(bench, row))];
  const widths = header.map((_, c) => Math.max(3, ...lines.map((line) => line[c]!.length)));
  const text = (line: readonly string[]): string =>
    `| ${line.map((cell, c) => cell.padEnd(widths[c]!)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [text(lines[0]!), rule, ...lines.slice(1).map(text)].join('\n');
}
