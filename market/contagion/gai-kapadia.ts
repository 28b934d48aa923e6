import { exp } from '../../core/numeric.js';
import type { Solved } from '../../core/not-converged.js';
import { cascade, type Cascade } from './cascade.js';
import type { Csr } from './csr.js';
import { rowSums, scaleRows } from './product.js';

/** The same network with each lender's claims spread evenly over its borrowers. */
export function evenlySpread(exposures: Csr): Csr {
  const lent = rowSums(exposures);
  const borrowers = lent.map((_, i) => exposures.start[i + 1]! - exposures.start[i]!);
  const links = { ...exposures, value: new Float64Array(exposures.value.length).fill(1) };
  return scaleRows(
    links,
    lent.map((amount, i) => (borrowers[i] === 0 ? 0 : amount / borrowers[i]!)),
  );
}

/** Gai and Kapadia's cascade: zero recovery, and the share of its borrowers that fail decides over a lender.
 * @formula i fails when φ_i a_i ≥ K_i: φ_i the share of its borrowers that failed, a_i its interbank assets
 * @shape   exposures (n,n), lender in row; buffer (n), capital
 * @range   defaulted 0 or 1
 * @source  Gai & Kapadia 2010, Proceedings of the Royal Society A 466
 * @pitfall more links make a shock rarer but its spread wider: frequency and extent are two figures
 */
export const gaiKapadiaCascade = (
  exposures: Csr,
  buffer: ArrayLike<number>,
  initially: readonly number[],
): Solved<Cascade> => cascade(evenlySpread(exposures), buffer, initially);

/** Mean number of borrowers' lenders that one failure would bring down in a large Poisson network.
 *
 * The contagion window is where it exceeds 1. A lender is vulnerable when one failed borrower suffices, that is
 * when its in-degree is at most a/K (interbank assets over capital); with in- and out-degree independent and
 * Poisson of mean z, the criterion Σ_{j≥1} j k v_j p_jk > z becomes z Σ_{j=1}^{⌊a/K⌋} Poisson(j−1; z) > 1.
 * @formula z Σ_{j=1}^{⌊a/K⌋} e^{−z} z^{j−1} / (j−1)!
 * @range   ≥ 0
 * @source  Gai & Kapadia 2010, section 3 (after Watts 2002)
 * @pitfall exact only as n → ∞: finite networks blur both edges of the window
 */
export function contagionReproduction(meanDegree: number, assetsOverCapital: number): number {
  const largest = Math.floor(assetsOverCapital * (1 + 1e-12));
  let term = exp(-meanDegree);
  let vulnerable = 0;
  for (let j = 1; j <= largest; j++) {
    vulnerable += term;
    term *= meanDegree / j;
  }
  return meanDegree * vulnerable;
}
