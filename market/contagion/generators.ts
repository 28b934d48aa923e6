import type { Stream } from '../../core/random.js';
import { csrFromTable, emptyTable, fill, place } from './allocation-table.js';
import { csrFromTriplets, type Csr } from './csr.js';
import { requireMarginals, type Marginals } from './marginals.js';
import { product, rowSums, scaleRows, transposedProduct } from './product.js';
import { drawLinks, type Structure } from './structures.js';

/** Rounds of RAS on the drawn links; what they leave unplaced is filled in afterwards, so few are enough. */
const RAS_ROUNDS = 50;

const ratio = (target: ArrayLike<number>, sums: Float64Array): Float64Array =>
  sums.map((sum, i) => (sum > 0 ? target[i]! / sum : 0));

/** Institutions from largest to smallest by what they lend and borrow; equals by position. */
function bySize({ assets, liabilities }: Marginals): number[] {
  const size = (i: number) => assets[i]! + liabilities[i]!;
  return Array.from(assets, (_, i) => i).sort((a, b) => size(b) - size(a) || a - b);
}

/** Links weighted towards the marginals by RAS, then scaled until no row or column exceeds its own. */
function fit(links: Csr, { assets, liabilities }: Marginals): Csr {
  const u = new Float64Array(links.rows).fill(1);
  const v = new Float64Array(links.columns).fill(1);
  const sums = new Float64Array(links.rows);
  for (let round = 0; round < RAS_ROUNDS; round++) {
    product(links, v, sums);
    u.set(ratio(assets, sums));
    transposedProduct(links, u, sums);
    v.set(ratio(liabilities, sums));
  }
  const value = scaleRows(links, u).value.map((amount, e) => amount * v[links.index[e]!]!);
  const fitted = { ...links, value };
  return scaleRows(
    fitted,
    ratio(assets, rowSums(fitted)).map((factor) => Math.min(1, factor)),
  );
}

/** A random network of a given structure whose rows and columns meet the marginals exactly.
 *
 * Amounts are fitted on the drawn links; what those links cannot carry is placed on as few others as possible.
 * @formula Σ_j X_ij = assets_i, Σ_i X_ij = liabilities_j, X_ii = 0, on links drawn with the structure's probabilities
 * @shape   assets, liabilities (n); result (n,n) sparse, lender in row
 * @range   X ≥ 0
 * @source  the structure's; amounts after Upper & Worms 2004
 * @pitfall a sparse structure under uneven marginals needs links that the structure did not draw
 */
export function generateExposures(
  marginals: Marginals,
  structure: Structure,
  options: Readonly<Record<string, unknown>>,
  stream: Stream,
): Csr {
  const least = 1e-12 * requireMarginals(marginals);
  const n = marginals.assets.length;
  const order = bySize(marginals);
  const parsed = structure.options.parse(options) as Record<string, number>;
  const drawn = drawLinks(n, structure.links(n, parsed), stream);
  const links = csrFromTriplets(n, n, {
    row: drawn.map(([i]) => order[i]!),
    column: drawn.map(([, j]) => order[j]!),
    value: drawn.map(() => 1),
  });
  const fitted = fit(links, marginals);
  const table = emptyTable(marginals);
  for (let i = 0; i < n; i++)
    for (let e = fitted.start[i]!; e < fitted.start[i + 1]!; e++)
      if (fitted.value[e]! > 0) place(table, i, fitted.index[e]!, fitted.value[e]!);
  fill(table, least, stream);
  return csrFromTable(table);
}
