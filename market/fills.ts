import { rowsOfPrices } from './clearing/mechanism.js';

/** What one wave filled, laid out as its orders were. */
export interface Fills {
  readonly wave: number;
  readonly institution: Int32Array;
  /** Signed units, institution.length * K; 0 where nothing was filled. */
  readonly units: Float64Array;
  /** USD per unit: one price an asset for everybody, or one for each order, as `units`. */
  readonly price: Float64Array;
}

/** A fill: so many units of an asset, signed, at a price in USD per unit. */
type Visit = (institution: number, asset: number, units: number, price: number) => void;

/** Visits every fill of a wave in `k` assets, institution-major. */
export function eachFill({ institution, units, price }: Fills, k: number, visit: Visit): void {
  const each = rowsOfPrices(price, k);
  for (let row = 0, at = 0; row < institution.length; row++) {
    const i = institution[row]!;
    for (let a = 0, own = each * row; a < k; a++, at++, own++) {
      const q = units[at]!;
      if (q !== 0) visit(i, a, q, price[own]!);
    }
  }
}

/** How many fills a wave has. */
export function fillCount({ units }: Fills): number {
  let count = 0;
  for (let at = 0; at < units.length; at++) if (units[at] !== 0) count++;
  return count;
}
