import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { readTable } from '../analysis/record/read.js';
import { numbers } from '../analysis/run-data.js';
import type { PriceHistory } from '../core/back-test.js';
import type { Scenario } from '../core/scenario.js';
import { completeManifest } from './commands/verify.js';

/** Calendar days of a trading day, 252 to the year. */
const perDay = 365.25 / 252;
/** 1 January 2001, in days since 1970. */
const epoch = 11_323;

export const isRecord = (path: string): boolean => existsSync(path) && statSync(path).isDirectory();

/** The prices and volumes of a simulated market, from the record of its run; trading days are written as dates,
 * 252 to the year from 2001 on.
 */
export async function recordedPrices(folder: string): Promise<PriceHistory> {
  completeManifest(folder);
  const file = (name: string): Buffer => readFileSync(join(folder, name));
  const { assets } = JSON.parse(file('resolved.json').toString('utf8')) as Scenario;
  const table = await readTable('assets', file('data/assets.parquet'));
  const k = assets.length;
  const column = (name: string): Float64Array => Float64Array.from(numbers(table, name));
  const days = Math.floor(column('price').length / k);
  const calendar = Int32Array.from({ length: days }, (_, t) => epoch + Math.round(t * perDay));
  return {
    assets: assets.map(({ id, class: cls, region, sector, currency }) => ({
      id,
      class: cls,
      region,
      sector,
      currency,
    })),
    dates: Array.from(calendar, (day) => new Date(day * 86_400_000).toISOString().slice(0, 10)),
    calendar,
    prices: column('price'),
    volumes: column('volumeUnits'),
  };
}
