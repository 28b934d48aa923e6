import { stream } from '../../core/random.js';
import type { Csr } from '../contagion/csr.js';
import { generateExposures } from '../contagion/generators.js';
import type { Marginals } from '../contagion/marginals.js';
import type { structures } from '../contagion/structures.js';
import type { Lending, Network } from './network.js';

const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);

const scaled = (values: Float64Array, total: number): Float64Array => {
  const of = sum(values);
  return values.map((x) => (of > 0 ? (x * total) / of : 0));
};

/** The largest x in [0, 1] that passes, of a test that all smaller ones pass too. */
function largest(passes: (x: number) => boolean): number {
  if (passes(1)) return 1;
  let [low, high] = [0, 1];
  for (let round = 0; round < 100; round++) {
    const middle = (low + high) / 2;
    if (passes(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** What everybody lends and borrows so that a network can carry it: the largest share of what each wants to lend, borrowed
 * in proportion to capacity as far as nobody would have to borrow from itself.
 * @formula largest s with Σ_i min(capacity_i, s (Σ lent − lent_i)) ≥ s Σ lent; liabilities_i = min(λ capacity_i, T − assets_i)
 */
export function margins({ lent, capacity }: Pick<Lending, 'lent' | 'capacity'>): Marginals {
  const wanted = sum(lent);
  const others = lent.map((x) => wanted - x);
  const carried = (share: number, fill: number): number =>
    sum(capacity.map((c, i) => Math.min(fill * c, share * others[i]!)));
  const share = largest((s) => carried(s, 1) >= s * wanted);
  const total = share * wanted;
  const fill = largest((f) => carried(share, f) <= total);
  const liabilities = capacity.map((c, i) => Math.min(fill * c, share * others[i]!));
  return { assets: scaled(lent, sum(liabilities)), liabilities };
}

/** Claims of a sparse matrix that are worth at least a dollar, creditor-major. */
export function networkFrom({ rows, start, index, value }: Csr): Network {
  const cells = Array.from({ length: rows }, (_, i) => i).flatMap((i) =>
    Array.from({ length: start[i + 1]! - start[i]! }, (_, at) => ({
      creditor: i,
      debtor: index[start[i]! + at]!,
      face: value[start[i]! + at]!,
    })),
  );
  const kept = cells.filter(({ face }) => face >= 1);
  return {
    creditor: kept.map((c) => c.creditor),
    debtor: kept.map((c) => c.debtor),
    face: kept.map((c) => c.face),
  };
}

/** A random network of a structure whose rows and columns meet what everybody lends and borrows. */
export const drawn = (
  structure: (typeof structures)[keyof typeof structures],
  chosen: Readonly<Record<string, unknown>>,
  lending: Lending,
): Network =>
  networkFrom(
    generateExposures(
      margins(lending),
      structure,
      chosen,
      stream({ seed: lending.seed, purpose: 'exposures' }),
    ),
  );
