import { log, mean } from '../../core/numeric.js';
import { readPriceTable } from '../../market/calibration/price-table.js';
import { usageError } from '../errors.js';
import { readText } from '../input-files.js';
import { neverVary } from '../never-vary.js';

/** Fewer returns say too little of the longest lag that is matched. */
const fewest = 500;

/** Daily log returns of the user's series: of its one column, or the mean over its columns on the days all have. */
export function readReturns(path: string): Float64Array {
  const { table, problems } = readPriceTable(readText(path, path), 1);
  if (problems.length > 0) throw usageError(...problems.map(({ message }) => `${path}: ${message}`));
  const listed = Math.max(...table.prices.map((prices) => prices.findIndex((p) => !Number.isNaN(p))));
  const columns = table.prices.map((prices) => prices.subarray(listed));
  const days = columns[0]!.length - 1;
  if (days < fewest)
    throw usageError(`${path}: has ${days} returns on days that every column has; ${fewest} are needed`);
  const returns = Float64Array.from({ length: days }, (_, t) =>
    mean(columns.map((prices) => log(prices[t + 1]! / prices[t]!))),
  );
  if (neverVary(returns)) throw usageError(`${path}: its returns never vary`);
  return returns;
}
