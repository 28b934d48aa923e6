import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'mocha';

/** Where the published ground truth and data lie: beside the checkout, never inside it. */
const root = new URL('../../shared/', import.meta.url);

/** The path of a shared file, or skips the test and says why. */
export function sharedPath(test: Context, path: string): string {
  const file = fileURLToPath(new URL(path, root));
  if (!existsSync(file)) {
    test.test!.title += ` (skipped: ${path} is not beside this checkout)`;
    test.skip();
  }
  return file;
}

export function sharedText(test: Context, path: string): string {
  return readFileSync(sharedPath(test, path), 'utf8');
}

export function sharedJson<T>(test: Context, path: string): T {
  return JSON.parse(sharedText(test, path)) as T;
}

/** Rows of numbers of a shared CSV file with a header, without its first (date) column; empty cells are NaN. */
export function sharedTable(
  test: Context,
  path: string,
): { columns: string[]; dates: string[]; rows: number[][] } {
  const lines = sharedText(test, path).trim().split(/\r?\n/);
  const columns = lines[0]!.split(',').slice(1);
  const cells = lines.slice(1).map((line) => line.split(','));
  return {
    columns,
    dates: cells.map((row) => row[0]!),
    rows: cells.map((row) => row.slice(1).map((cell) => (cell === '' ? NaN : Number(cell)))),
  };
}
