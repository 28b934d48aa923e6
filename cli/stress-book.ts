import type { StressBook } from '../analysis/stress/book.js';
import { otherColumn } from '../analysis/stress/book.js';
import { suggestion } from '../core/nearest.js';
import { parseNamedCsv, toNumber, type Row } from './csv.js';
import { usageError } from './errors.js';

/** Columns that every book has; each further one is an asset that can be traded. */
const required = ['bank', 'cet1', 'total_assets', 'cash', otherColumn] as const;

/** The parts of a balance sheet may miss its total by this share: published figures are rounded. */
const ROUNDING = 1e-6;

function columnsOf(header: Row, name: string): ReadonlyMap<string, number> {
  const columns = new Map<string, number>();
  header.cells.forEach((cell, j) => {
    if (columns.has(cell)) throw usageError(`${name}:${header.line}:${j + 1}: column ${cell} stands twice`);
    columns.set(cell, j);
  });
  const missing = required.filter((column) => !columns.has(column));
  const strange = header.cells.filter((cell) => !(required as readonly string[]).includes(cell));
  if (missing.length > 0)
    throw usageError(
      ...missing.map((column) => `${name}:1:1: has no column ${column}${suggestion(column, strange)}`),
    );
  return columns;
}

interface Sheet {
  readonly id: string;
  readonly place: string;
  readonly amounts: Readonly<Record<string, number>>;
}

function sheetOf(row: Row, header: Row, name: string): Sheet {
  const id = row.cells[header.cells.indexOf('bank')]!;
  const place = `${name}:${row.line}`;
  if (id === '') throw usageError(`${place}: column bank is empty`);
  const amounts = header.cells.flatMap((column, j) => {
    if (column === 'bank') return [];
    const value = toNumber(row, j, header, name);
    if (value < 0) throw usageError(`${place}:${j + 1}: row ${id}, column ${column} is negative: ${value}`);
    return [[column, value] as const];
  });
  return { id, place, amounts: Object.fromEntries(amounts) };
}

/** A balance sheet that balances, with equity left. */
function check({ id, place, amounts }: Sheet): void {
  const [cet1, whole] = [amounts['cet1']!, amounts['total_assets']!];
  if (cet1 === 0) throw usageError(`${place}: row ${id}, column cet1 is 0: no equity before the shock`);
  if (cet1 > whole)
    throw usageError(`${place}: row ${id}, column cet1 is ${cet1}, above its total_assets of ${whole}`);
  const sum = Object.values(amounts).reduce((a, b) => a + b, -cet1 - whole);
  if (Math.abs(sum - whole) > ROUNDING * whole)
    throw usageError(`${place}: row ${id}, column total_assets is ${whole}, but its parts sum to ${sum}`);
}

function refuseRepeated(sheets: readonly Sheet[]): void {
  const seen = new Map<string, string>();
  for (const { id, place } of sheets) {
    if (seen.has(id)) throw usageError(`${place}: row ${id} stands already at ${seen.get(id)!}`);
    seen.set(id, place);
  }
}

/** Reads balance sheets: `bank,cet1,total_assets,<assets...>,cash,other`, one institution a row. */
export function readStressBook(text: string, name: string): StressBook {
  const { header, rows } = parseNamedCsv(text, name);
  const columns = columnsOf(header, name);
  const sheets = rows.map((row) => sheetOf(row, header, name));
  sheets.forEach(check);
  refuseRepeated(sheets);
  const assets = [...columns.keys()].filter((column) => !(required as readonly string[]).includes(column));
  const column = (of: string): Float64Array => Float64Array.from(sheets, ({ amounts }) => amounts[of]!);
  return {
    ids: sheets.map(({ id }) => id),
    assets,
    equity: column('cet1'),
    cash: column('cash'),
    other: column(otherColumn),
    holdings: sheets.map(({ amounts }) => assets.map((asset) => amounts[asset]!)),
  };
}
