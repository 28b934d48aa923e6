import { paymentKinds, type PaymentKindName } from '../../core/payment-kinds.js';

/** What made an institution's equity change. All but `flows` are gains (negative: losses).
 *
 * `market`: news, the decay of old impact, and the impact of others' orders on what it held; `fireSale`: of others'
 * forced sales; `ownTrades`: of its own trades, forced or not, with their costs and taxes; `counterparty`: claims on others;
 * `carry`: interest and fees; `flows`: money of owners, investors and the authority, and an estate passing on. */
export const channelsOfLoss = ['market', 'fireSale', 'ownTrades', 'counterparty', 'carry', 'flows'] as const;
export type ChannelOfLoss = (typeof channelsOfLoss)[number];

/** Where each kind of payment belongs; those that leave equity as it is have no place to be. */
export const channelOfPayment: Readonly<Record<PaymentKindName, ChannelOfLoss>> = {
  'cash-interest': 'carry',
  'prime-broker-interest': 'carry',
  'loan-interest': 'carry',
  'funding-interest': 'carry',
  'claim-interest': 'carry',
  'borrow-fee': 'carry',
  'trading-cost': 'ownTrades',
  'gains-tax': 'ownTrades',
  contribution: 'flows',
  benefit: 'flows',
  inflow: 'flows',
  redemption: 'flows',
  dividend: 'flows',
  'claim-repayment': 'counterparty',
  'new-claim': 'counterparty',
  capital: 'flows',
  deposit: 'flows',
  'loan-purchase': 'flows',
  'funding-repayment': 'flows',
  'data-fee': 'carry',
  compliance: 'carry',
  'transaction-tax': 'ownTrades',
  'emergency-loan': 'flows',
  'emergency-repayment': 'flows',
  issuance: 'flows',
  recovery: 'counterparty',
  'estate-cash': 'flows',
  'write-off': 'flows',
  'estate-loans': 'flows',
  'estate-funding': 'flows',
};

/** What one USD paid does to the equity of payer and payee, claims apart. */
export const equityEffect = (kind: PaymentKindName): { readonly payer: number; readonly payee: number } => {
  const { cash, fundingOfPayer, fundingOfPayee, loansOfPayer } = paymentKinds[kind];
  return { payer: -cash - fundingOfPayer + loansOfPayer, payee: cash - fundingOfPayee };
};
