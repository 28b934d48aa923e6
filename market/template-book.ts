import type { InstitutionType } from '../core/scenario/institutions.js';
import type { Institution } from '../core/types.js';

/** A balance sheet as its type's template has it, USD. */
export interface TemplateBook {
  /** Gross of what cash and prime-broker debt net out. */
  readonly assets: number;
  readonly equity: number;
  readonly loans: number;
  /** Interbank claims it wants to hold. */
  readonly lent: number;
  /** Deposits, premiums and interbank debt together. */
  readonly funded: number;
  /** Cash less prime-broker debt. */
  readonly cash: number;
}

/** The balance sheet around a tradable book: shares of assets are what the template says, debt what leverage leaves. */
export function templateBook(
  type: InstitutionType,
  { tradableUsd, leverage }: Pick<Institution, 'tradableUsd' | 'leverage'>,
): TemplateBook {
  const { loanShare, interbankShare, cashShare, fundingShare } = type;
  const assets = tradableUsd / (1 - loanShare - interbankShare - cashShare);
  const equity = assets / leverage;
  const debt = assets - equity;
  return {
    assets,
    equity,
    loans: loanShare * assets,
    lent: interbankShare * assets,
    funded: fundingShare * debt,
    cash: cashShare * assets - (1 - fundingShare) * debt,
  };
}
