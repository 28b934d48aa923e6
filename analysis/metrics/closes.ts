import { daily, firstMeasuredDay, numbers, type RunData } from '../run-data.js';

/** Closing prices by day, then asset; undefined where the record has none. */
export function closesOf({ tables: { assets }, scenario }: RunData): Map<number, Float64Array> | undefined {
  if (!assets) return undefined;
  const [day, asset, price] = ['day', 'asset', 'price'].map((column) => numbers(assets, column));
  const closes = new Map<number, Float64Array>();
  day!.forEach((d, row) => {
    let of = closes.get(d);
    if (!of) closes.set(d, (of = new Float64Array(scenario.assets.length).fill(NaN)));
    of[asset![row]!] = price![row]!;
  });
  return closes;
}

/** The days after the warm-up. */
export const measuredDays = (run: RunData): Float64Array => daily(run, 'day', firstMeasuredDay(run));
