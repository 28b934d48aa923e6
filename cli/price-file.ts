import type { AssetTags } from '../core/asset-tags.js';
import { tagNames } from '../core/asset-tags.js';
import type { PriceHistory } from '../core/back-test.js';
import { suggestion } from '../core/nearest.js';
import { readPriceTable, type PriceTable } from '../market/calibration/price-table.js';
import { parseNamedCsv } from './csv.js';
import { usageError } from './errors.js';
import { readText } from './input-files.js';

/** `file:line:column` where the table's reader says row and column. */
const placed = (name: string, message: string): string => {
  const place = /^row (\d+)(?:, column (\d+)(?: \((.*?)\))?)?: (.*)$/.exec(message);
  if (place === null) return `${name}: ${message}`;
  const [, row, column, asset, rest] = place;
  return `${name}:${row}:${column ?? 1}: ${asset === undefined ? '' : `${asset}: `}${rest}`;
};

function tableOf(path: string): PriceTable {
  const { table, problems } = readPriceTable(readText(path, path));
  if (problems.length > 0) throw usageError(...problems.map(({ message }) => placed(path, message)));
  return table;
}

/** Days since 1970 of a date that was checked. */
const calendarDay = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / 86_400_000);

const rowMajor = ({ names, dates, prices }: PriceTable): Float64Array => {
  const values = new Float64Array(dates.length * names.length);
  prices.forEach((column, k) => column.forEach((price, t) => (values[t * names.length + k] = price)));
  return values;
};

const unknown: Omit<AssetTags, 'id'> = {
  class: 'unclassified',
  region: 'global',
  sector: 'broad',
  currency: 'USD',
};

/** Class, region, sector and currency of the assets that a CSV names; the others keep what is said of all. */
function tagsOf(path: string | undefined, names: readonly string[]): AssetTags[] {
  if (path === undefined) return names.map((id) => ({ id, ...unknown }));
  const { header, rows } = parseNamedCsv(readText(path, path), path);
  header.cells.forEach((cell, j) => {
    if (!(tagNames as readonly string[]).includes(cell))
      throw usageError(
        `${path}:${header.line}:${j + 1}: "${cell}" is not a column${suggestion(cell, tagNames)}; columns: ${tagNames.join(', ')}`,
      );
  });
  const at = header.cells.indexOf('id');
  if (at < 0) throw usageError(`${path}:${header.line}:1: has no column id`);
  const told = new Map(
    rows.map((row) => {
      const id = row.cells[at]!;
      if (!names.includes(id))
        throw usageError(
          `${path}:${row.line}:${at + 1}: "${id}" is not a column of the prices${suggestion(id, names)}`,
        );
      const tags = Object.fromEntries(
        header.cells.flatMap((cell, j) => (row.cells[j] === '' ? [] : [[cell, row.cells[j]!]])),
      );
      return [id, tags] as const;
    }),
  );
  return names.map((id) => ({ ...unknown, ...told.get(id), id }));
}

function volumesOf(path: string, prices: PriceTable): Float64Array {
  const table = tableOf(path);
  const differs = (a: readonly string[], b: readonly string[]): boolean =>
    a.length !== b.length || a.some((value, i) => value !== b[i]);
  if (differs(table.names, prices.names))
    throw usageError(`${path}:1:2: columns are not those of the prices`);
  if (differs(table.dates, prices.dates)) throw usageError(`${path}:2:1: dates are not those of the prices`);
  return rowMajor(table);
}

export interface PriceFiles {
  readonly prices: string;
  readonly assets?: string | undefined;
  readonly volumes?: string | undefined;
}

/** Reads a price history: a CSV of dates and one column an asset, with what else is known of the assets. */
export function readPriceHistory({ prices, assets, volumes }: PriceFiles): PriceHistory {
  const table = tableOf(prices);
  return {
    assets: tagsOf(assets, table.names),
    dates: table.dates,
    calendar: Int32Array.from(table.dates, calendarDay),
    prices: rowMajor(table),
    ...(volumes === undefined ? {} : { volumes: volumesOf(volumes, table) }),
  };
}
