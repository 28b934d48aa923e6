import { NotConverged, type Solved } from '../../core/not-converged.js';
import { stream } from '../../core/random.js';
import { csrFromTable, emptyTable, fill, linkCount, type AllocationTable } from './allocation-table.js';
import type { Csr } from './csr.js';
import { requireMarginals, type Marginals } from './marginals.js';
import { columnSums, rowSums } from './product.js';

/** Attempts worth about two million comparisons: many on small systems, where one link more is felt. */
const attemptsFor = (n: number): number => Math.min(200, Math.max(1, Math.floor(2_000_000 / (n * n))));

/** The furthest that a row or a column is from its marginal. */
function largestGap(network: Csr, { assets, liabilities }: Marginals): number {
  const rows = rowSums(network).map((sum, i) => Math.abs(sum - assets[i]!));
  const columns = columnSums(network).map((sum, j) => Math.abs(sum - liabilities[j]!));
  return [...rows, ...columns].reduce((worst, gap) => Math.max(worst, gap), 0);
}

/** Minimum-density network: few, large claims that meet the marginals exactly.
 *
 * Finding the fewest links is a hard combinatorial problem; like the paper's, this is a seeded search: claims as
 * large as they can be, exact matches first, and the sparsest of many attempts. `iterations` counts the attempts;
 * the residual is the furthest that a row or column is from its marginal: beyond rounding it throws NotConverged.
 * @formula min |{X_ij > 0}| subject to Σ_j X_ij = assets_i, Σ_i X_ij = liabilities_j, X_ii = 0
 * @shape   assets, liabilities (n); result (n,n) sparse, lender in row
 * @range   at most 2n − 1 links plus those that an institution left alone with itself needs
 * @source  Anand, Craig & von Peter 2015, Quantitative Finance 15(4)
 * @pitfall it overstates concentration: read it together with maximum entropy, as the two ends of a range
 */
export function minDensity(marginals: Marginals, seed: number): Solved<Csr> {
  const least = 1e-12 * requireMarginals(marginals);
  const draws = stream({ seed, purpose: 'minimum-density' });
  const iterations = attemptsFor(marginals.assets.length);
  let sparsest: AllocationTable | undefined;
  for (let attempt = 0; attempt < iterations; attempt++) {
    const table = emptyTable(marginals);
    fill(table, least, draws);
    if (sparsest === undefined || linkCount(table) < linkCount(sparsest)) sparsest = table;
  }
  const value = csrFromTable(sparsest!);
  const residual = largestGap(value, marginals);
  if (residual > marginals.assets.length * least)
    throw new NotConverged('minimum density', iterations, residual);
  return { value, iterations, residual };
}
