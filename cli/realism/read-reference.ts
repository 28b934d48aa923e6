import { referenceOf, type Reference } from '../../analysis/realism/reference.js';
import { log } from '../../core/numeric.js';
import { readPriceTable } from '../../market/calibration/price-table.js';
import { garchResiduals } from '../../market/garch/residuals.js';
import { usageError } from '../errors.js';
import { readText } from '../input-files.js';
import { neverVary } from '../never-vary.js';

/** Windows must be long enough for every fact's lags. */
const fewestDays = 250;

const returnsOf = (prices: Float64Array): Float64Array =>
  prices.slice(1).map((price, t) => log(price / prices[t]!));

/** A user's own index as the real market: its first column of prices, and as its assets the others. */
export function readReference(path: string, days: number): Reference {
  const { table, problems } = readPriceTable(readText(path, path), 1);
  if (problems.length > 0) throw usageError(...problems.map(({ message }) => `${path}: ${message}`));
  const listed = Math.max(...table.prices.map((prices) => prices.findIndex((p) => !Number.isNaN(p))));
  const columns = table.prices.map((prices) => prices.subarray(listed));
  if (columns[0]!.length <= fewestDays)
    throw usageError(
      `${path}: has ${columns[0]!.length} days on which every column has a price; ${fewestDays + 1} are needed`,
    );
  const still = columns.findIndex((prices) => neverVary(returnsOf(prices)));
  if (still >= 0)
    throw usageError(
      `${path}: ${still === 0 ? 'its returns' : `the returns of "${table.names[still]!}"`} never vary`,
    );
  const [first, last] = [table.dates[listed]!, table.dates.at(-1)!];
  return referenceOf(`${table.names[0]!}, ${first} to ${last}`, columns, days, garchResiduals);
}
