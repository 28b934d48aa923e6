import type { Problem } from '../../core/scenario/problem.js';

/** Prices as a file has them: NaN before an asset is listed. */
export interface PriceTable {
  readonly names: readonly string[];
  readonly dates: readonly string[];
  /** Row of the file that each date stands in; the header is row 1. */
  readonly rows: readonly number[];
  /** Column after column: assets x days. */
  readonly prices: readonly Float64Array[];
}

/** Problems past this many are counted, not listed. */
const MOST_LISTED = 100;
const MISSING = new Set(['', 'na', 'nan', 'null', 'n/a']);

const path = ['market', 'calibration', 'prices'] as const;
const problem = (message: string): Problem => ({ path, message });

/** Reads a CSV of prices: a header, dates in the first column, one column an asset. Late listings (empty cells before a
 * column's first price) are allowed; everything else that is wrong is reported by row (the header is row 1) and column. */
export function readPriceTable(
  text: string,
  fewest = 2,
): { readonly table: PriceTable; readonly problems: Problem[] } {
  const nothing = { names: [], dates: [], rows: [], prices: [] };
  if (text.includes('\0') || text.includes('\ufffd'))
    return { table: nothing, problems: [problem('is not a text file')] };
  const rows = text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .map((line, at) => ({
      at: at + 1,
      cells: line.split(',').map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
    }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const [header, ...body] = rows;
  if (header === undefined) return { table: nothing, problems: [problem('is empty')] };
  const names = header.cells.slice(1);
  const found = [
    ...headerProblems(names, fewest),
    ...body.flatMap((row) => shapeProblems(row, header.cells.length)),
  ];
  const whole = body.filter(({ cells }) => cells.length === header.cells.length);
  const dates = whole.map(({ cells }) => cells[0]!);
  found.push(...dateProblems(body.map(({ at, cells }) => ({ at, date: cells[0]! }))));
  const prices = names.map((name, k) => {
    const column = whole.map(({ at, cells }) => ({ at, text: cells[k + 1]! }));
    found.push(...columnProblems(name, k + 2, column));
    return Float64Array.from(column, (cell) => priceOf(cell.text));
  });
  if (body.length === 0) found.push(problem('has a header and no prices'));
  return { table: { names, dates, rows: whole.map(({ at }) => at), prices }, problems: shortened(found) };
}

const priceOf = (text: string): number => (MISSING.has(text.toLowerCase()) ? NaN : Number(text));

function headerProblems(names: readonly string[], fewest: number): Problem[] {
  const problems = names.flatMap((name, k) => [
    ...(name === '' ? [problem(`row 1, column ${k + 2}: has no name`)] : []),
    ...(names.indexOf(name) < k && name !== ''
      ? [problem(`row 1, column ${k + 2}: "${name}" names two columns`)]
      : []),
  ]);
  if (names.length < fewest)
    problems.unshift(
      problem(`row 1: needs a column of dates and at least ${fewest === 1 ? 'one' : 'two'} of prices`),
    );
  return problems;
}

const shapeProblems = ({ at, cells }: { at: number; cells: string[] }, width: number): Problem[] =>
  cells.length === width ? [] : [problem(`row ${at}: has ${cells.length} cells, the header has ${width}`)];

function isDate(text: string): boolean {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (parts === null) return false;
  const [year, month, day] = parts.slice(1).map(Number) as [number, number, number];
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const length = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return length !== undefined && day >= 1 && day <= length;
}

function dateProblems(rows: readonly { at: number; date: string }[]): Problem[] {
  const problems: Problem[] = [];
  let last: { at: number; date: string } | undefined;
  for (const row of rows) {
    const place = `row ${row.at}, column 1: `;
    if (!isDate(row.date)) {
      problems.push(problem(`${place}"${row.date}" is not a date (YYYY-MM-DD)`));
      continue;
    }
    if (last?.date === row.date)
      problems.push(problem(`${place}${row.date} is also the date of row ${last.at}`));
    else if (last !== undefined && row.date < last.date)
      problems.push(problem(`${place}${row.date} comes after ${last.date} of row ${last.at}`));
    else last = row;
  }
  return problems;
}

function columnProblems(
  name: string,
  column: number,
  cells: readonly { at: number; text: string }[],
): Problem[] {
  const problems: Problem[] = [];
  let listed = false;
  for (const { at, text } of cells) {
    const place = `row ${at}, column ${column} (${name}): `;
    const missing = MISSING.has(text.toLowerCase());
    const value = Number(text);
    if (missing && listed) problems.push(problem(`${place}the price is missing`));
    else if (!missing && !Number.isFinite(value)) problems.push(problem(`${place}"${text}" is not a number`));
    else if (!missing && value <= 0) problems.push(problem(`${place}${text} is not above 0`));
    listed ||= !missing;
  }
  if (!listed && cells.length > 0) problems.push(problem(`column ${column} (${name}): has no price`));
  return problems;
}

const shortened = (problems: readonly Problem[]): Problem[] =>
  problems.length <= MOST_LISTED
    ? [...problems]
    : [
        ...problems.slice(0, MOST_LISTED),
        problem(`and ${problems.length - MOST_LISTED} more problems of this kind`),
      ];
