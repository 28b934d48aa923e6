import { usageError } from './errors.js';

const field = /\s*(?:"((?:[^"]|"")*)"|([^",]*?))\s*(,|$)/y;
const numeral = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
/** What stands for a missing value in other tools: never taken for a column's name. */
const missing = /^(?:|na|n\/a|nan|null|none|[+-]?inf(?:inity)?)$/i;

export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

function split(line: string, at: number, name: string): Row {
  const cells: string[] = [];
  field.lastIndex = 0;
  for (let match = field.exec(line); match !== null; match = field.exec(line)) {
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2]!);
    if (match[3] === '') return { line: at, cells };
  }
  throw usageError(`${name}:${at}: a quote is not closed, or stands inside a value`);
}

function rowsOf(text: string, name: string): Row[] {
  if (text.includes('\0')) throw usageError(`${name}:1:1: is binary, not CSV`);
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line, i) => ({ line, at: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, at }) => split(line, at, name));
  if (rows.length === 0) throw usageError(`${name}:1:1: is empty`);
  return rows;
}

const isName = (cell: string): boolean => !numeral.test(cell) && !missing.test(cell);

/** A header names every column, but perhaps not the first, which may be of labels. */
const isHeader = ({ cells }: Row): boolean =>
  cells.every((cell, j) => isName(cell) || (cell === '' && j === 0 && cells.length > 1));

function refuseRagged(rows: readonly Row[], name: string): void {
  const width = rows[0]!.cells.length;
  const ragged = rows.find((row) => row.cells.length !== width);
  if (ragged === undefined) return;
  const column = Math.min(width, ragged.cells.length) + 1;
  throw usageError(
    `${name}:${ragged.line}:${column}: has ${ragged.cells.length} values where line ${rows[0]!.line} has ${width}`,
  );
}

/** A cell as a number; one that is not finite is an error naming line and column. */
export function toNumber(row: Row, column: number, header: Row | undefined, name: string): number {
  const cell = row.cells[column]!;
  const value = Number(cell);
  if (numeral.test(cell) && Number.isFinite(value)) return value;
  const title = header === undefined ? '' : ` (${header.cells[column]!})`;
  const what = cell === '' ? 'is empty' : `is not a finite number: ${JSON.stringify(cell.slice(0, 40))}`;
  throw usageError(
    `${name}:${row.line}:${column + 1}: line ${row.line}, column ${column + 1}${title} ${what}`,
  );
}

/** A CSV text with a header: every row, of equal length, with its line. */
export function parseNamedCsv(
  text: string,
  name: string,
): { readonly header: Row; readonly rows: readonly Row[] } {
  const [header, ...rows] = rowsOf(text, name) as [Row, ...Row[]];
  refuseRagged([header, ...rows], name);
  if (!isHeader(header)) throw usageError(`${name}:1:1: the first line must name the columns`);
  if (rows.length === 0) throw usageError(`${name}:1:1: has a header but no rows`);
  return { header, rows };
}

/** Rows of numbers of a CSV text, with or without a header and a leading column of labels or dates.
 *
 * The first column holds labels where its first value is not a number, or where it has no name under a header.
 */
export function parseCsv(text: string, name: string): number[][] {
  const rows = rowsOf(text, name);
  refuseRagged(rows, name);
  const header = isHeader(rows[0]!) ? rows[0] : undefined;
  const data = header === undefined ? rows : rows.slice(1);
  if (data.length === 0) throw usageError(`${name}:1:1: has a header but no rows`);
  const first = data[0]!.cells;
  const labelled = first.length > 1 && (isName(first[0]!) || header?.cells[0] === '');
  return data.map((row) =>
    row.cells.slice(labelled ? 1 : 0).map((_, j) => toNumber(row, j + (labelled ? 1 : 0), header, name)),
  );
}
