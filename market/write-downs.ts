import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { csrFromTriplets } from './contagion/csr.js';
import { fixedPoint } from './contagion/fixed-point.js';
import { product } from './contagion/product.js';
import type { ClaimsRule } from './channels/acting.js';
import { outsideOf, setWrittenDown, standing, type Draft } from './draft.js';
import { typeOf } from './stage.js';
import { templateBook } from './template-book.js';

/** Lenders write down claims on borrowers in distress, whose own lenders then do so in turn, to the least fixed point.
 *
 * @formula w_i = Σ_j A_ij r(E_j − w_j), r the channel's share, E equity with all claims at face
 * @source  Tarski 1955, Pacific Journal of Mathematics 5(2); the channels' own sources
 * @pitfall distress is measured against the equity that a seat began with: dividends count as losses
 */
export function writeDown(
  scenario: Scenario,
  stage: Stage,
  draft: Draft,
  price: Float64Array,
  { writtenDown }: ClaimsRule,
): void {
  if (writtenDown === undefined) return;
  const { books } = draft;
  const none = new Float64Array(books.writtenDown.length);
  setWrittenDown(draft, none);
  const { equity, assets } = standing(draft, price);
  const began = stage.institutions.map(
    (institution) => templateBook(typeOf(scenario, institution), institution).equity,
  );
  const claims = claimsAmongInstitutions(draft);
  const rate = new Float64Array(equity.length);
  const spread = (lost: Float64Array, next: Float64Array): void => {
    for (let j = 0; j < rate.length; j++) {
      const borrower = { began: began[j]!, equity: equity[j]! - lost[j]!, assets: assets[j]! - lost[j]! };
      rate[j] = books.active[j] === 1 ? writtenDown(borrower) : 0;
    }
    product(claims, rate, next);
  };
  const largest = equity.reduce((most, e) => Math.max(most, e), 1);
  const { value } = fixedPoint('write-downs', spread, none, {
    tolerance: 1e-13 * largest,
    maxIterations: 1_000_000,
  });
  setWrittenDown(draft, value);
}

function claimsAmongInstitutions({ books, claims }: Draft) {
  const n = outsideOf(books);
  const kept = Array.from(claims.face.keys()).filter((e) => claims.creditor[e]! < n && claims.face[e]! > 0);
  return csrFromTriplets(n, n, {
    row: kept.map((e) => claims.creditor[e]!),
    column: kept.map((e) => claims.debtor[e]!),
    value: kept.map((e) => claims.face[e]!),
  });
}
