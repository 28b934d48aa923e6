/** What a kind of payment does to the balance sheets of payer and payee. */
export interface PaymentKind {
  /** Its place among all kinds. */
  readonly code: number;
  readonly meaning: string;
  /** 1 where cash moves from payer to payee; 0 where only a claim or a loan changes hands. */
  readonly cash: 0 | 1;
  /** What the amount adds to outside funding, as a multiple, of the institution on that side. */
  readonly fundingOfPayer: -1 | 0;
  readonly fundingOfPayee: 0 | 1;
  /** What it adds to illiquid loans of the payer, as a multiple. */
  readonly loansOfPayer: -1 | 0 | 1;
}

/** What a kind does beside moving cash. */
type Effect = Partial<Omit<PaymentKind, 'code' | 'meaning'>>;

/** Makes kinds one after another, all of one shape; they move cash and nothing else unless told. */
function numbered(): (meaning: string, effect?: Effect) => PaymentKind {
  let made = 0;
  return (meaning, { cash = 1, fundingOfPayer = 0, fundingOfPayee = 0, loansOfPayer = 0 } = {}) => ({
    code: made++,
    meaning,
    cash,
    fundingOfPayer,
    fundingOfPayee,
    loansOfPayer,
  });
}

const money = numbered();

/** Every kind of payment in the table `payments`. Claims between institutions are in the table `exposures`. */
export const paymentKinds = {
  'cash-interest': money('Interest on cash.'),
  'prime-broker-interest': money('Interest on debt to the prime broker.'),
  'loan-interest': money('Interest on illiquid loans.'),
  'funding-interest': money('Interest on outside funding.'),
  'claim-interest': money('Interest on an interbank claim, paid when it comes due.'),
  'borrow-fee': money('Fee on borrowed (short) securities.'),
  'trading-cost': money('Half-spread and commission on the fills of a wave.'),
  'gains-tax': money('Tax on gains realised on the day, less losses carried.'),
  contribution: money('Premiums and contributions; they add to funding.', { fundingOfPayee: 1 }),
  benefit: money('Benefits and insurance claims; they reduce funding.', { fundingOfPayer: -1 }),
  inflow: money('Money that a fund’s investors bring after good performance.'),
  redemption: money('Money that a fund’s investors withdraw after bad performance.'),
  dividend: money('Equity beyond what the template’s leverage needs, paid to owners.'),
  'claim-repayment': money('Face of an interbank claim that was not renewed.'),
  'new-claim': money('Face of an interbank claim made again.'),
  capital: money('Equity that an entrant’s owners pay in.'),
  deposit: money('Funding that an entrant raises.', { fundingOfPayee: 1 }),
  'loan-purchase': money('Loans that an entrant buys.', { loansOfPayer: 1 }),
  'funding-repayment': money('Funding repaid to reduce leverage.', { fundingOfPayer: -1 }),
  'data-fee': money('What a subscriber pays for a data source.'),
  compliance: money('What a change of architecture costs that a mandate ordered.'),
  'transaction-tax': money('Tax on the value of fills.'),
  'emergency-loan': money('Cash that the authority lends; it adds to funding.', { fundingOfPayee: 1 }),
  'emergency-repayment': money('The authority’s loan repaid.', { fundingOfPayer: -1 }),
  issuance: money('Cash created by the authority.'),
  recovery: money('What the outside book pays a creditor of an estate.'),
  'estate-cash': money('Cash of an estate that the outside book takes over.'),
  'write-off': money('Debt of an estate to the prime broker that the outside book bears.'),
  'estate-loans': money('Loans of an estate that the outside book takes over.', {
    cash: 0,
    loansOfPayer: -1,
  }),
  'estate-funding': money('Funding of an estate that ends with it.', { cash: 0, fundingOfPayer: -1 }),
} as const satisfies Record<string, PaymentKind>;

export type PaymentKindName = keyof typeof paymentKinds;

/** All kinds; the place of one among them is its code. */
export const paymentKindNames = Object.keys(paymentKinds) as readonly PaymentKindName[];
