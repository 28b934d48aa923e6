import type { Batch } from '../../core/events.js';
import { cells } from './day-tables.js';

/** A wave of trading as prices saw it. */
export interface Wave {
  readonly wave: number;
  /** Rows of the day's fills. */
  readonly rows: readonly number[];
  /** Prices before and after (k), and net units that institutions and estates bought (k). */
  readonly before: Float64Array;
  readonly after: Float64Array;
  readonly net: Float64Array;
}

function rowsByWave(fills: Batch | undefined): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  const wave = cells(fills, 'wave');
  for (let row = 0; row < wave.length; row++) {
    if (wave[row]! < 0) continue;
    const known = rows.get(wave[row]!);
    if (known) known.push(row);
    else rows.set(wave[row]!, [row]);
  }
  return rows;
}

interface Traded {
  readonly net: Float64Array;
  /** Mean price, weighted by quantity. */
  readonly mean: Float64Array;
}

function tradedIn(fills: Batch | undefined, rows: readonly number[], k: number): Traded {
  const [asset, units, price] = ['asset', 'units', 'price'].map((name) => cells(fills, name)) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  const [net, gross, value] = [new Float64Array(k), new Float64Array(k), new Float64Array(k)];
  for (const row of rows) {
    const a = asset[row]!;
    net[a]! += units[row]!;
    gross[a]! += Math.abs(units[row]!);
    value[a]! += Math.abs(units[row]!) * price[row]!;
  }
  return { net, mean: value.map((v, a) => (gross[a]! > 0 ? v / gross[a]! : NaN)) };
}

/** Where the price stood before a wave, whose fills are the mean of a path that ends at `after`. */
function priceBefore(mean: number, after: number): number {
  const before = 2 * mean - after;
  return before > 0 ? before : Number.isFinite(mean) ? mean : after;
}

/** A day's waves in order, each with prices before and after; the last ends at the close.
 *
 * The record holds the mean price of each wave and the close. Paths are taken as straight, so what came before a
 * wave is as far from its mean as what came after; the error shifts losses between waves, never their sum.
 */
export function pricePath(fills: Batch | undefined, close: Float64Array, netOfDay: Float64Array): Wave[] {
  const byWave = [...rowsByWave(fills)].sort(([a], [b]) => b - a);
  const estates = netOfDay.slice();
  let after: Float64Array = close;
  const waves = byWave.map(([wave, rows]) => {
    const { net, mean } = tradedIn(fills, rows, close.length);
    const before = after.map((price, a) => (net[a] === 0 ? price : priceBefore(mean[a]!, price)));
    net.forEach((q, a) => (estates[a]! -= wave > 0 ? q : 0));
    const found = { wave, rows, before, after, net: wave > 0 ? net : estates };
    after = before;
    return found;
  });
  return waves.reverse();
}
