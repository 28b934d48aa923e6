import { paymentKinds, type PaymentKindName } from '../../core/payment-kinds.js';
import type { Batch, DayFacts } from '../../core/events.js';

/** Balance sheets rebuilt from the record alone. */
export interface Ledger {
  readonly cash: Float64Array;
  readonly funding: Float64Array;
  readonly loans: Float64Array;
  readonly units: Float64Array;
  issued: number;
}

const numbers = (batch: Batch | undefined, name: string): ArrayLike<number> =>
  (batch?.[name] ?? []) as ArrayLike<number>;

/** The ledger on day 0: institutions as recorded, and an outside book that holds the rest of the float. */
export function openLedger(opening: DayFacts, n: number, floats: readonly number[]): Ledger {
  const k = floats.length;
  const { institutions, positions } = opening.tables;
  const ledger: Ledger = {
    cash: new Float64Array(n + 1),
    funding: Float64Array.from(numbers(institutions, 'funding')),
    loans: Float64Array.from(numbers(institutions, 'loans')),
    units: new Float64Array((n + 1) * k),
    issued: 0,
  };
  ledger.cash.set(Float64Array.from(numbers(institutions, 'cash')));
  floats.forEach((units, a) => (ledger.units[n * k + a] = units));
  const held = numbers(positions, 'units');
  for (let row = 0; row < held.length; row++) {
    const a = numbers(positions, 'asset')[row]!;
    ledger.units[numbers(positions, 'institution')[row]! * k + a]! += held[row]!;
    ledger.units[n * k + a]! -= held[row]!;
  }
  return ledger;
}

/** Applies one day's fills and payments. */
export function foldDay(ledger: Ledger, { tables }: DayFacts): void {
  const n = ledger.funding.length;
  const k = ledger.units.length / (n + 1);
  const { fills, payments } = tables;
  const units = numbers(fills, 'units');
  for (let row = 0; row < units.length; row++) {
    const i = numbers(fills, 'institution')[row]!;
    const a = numbers(fills, 'asset')[row]!;
    const value = units[row]! * numbers(fills, 'price')[row]!;
    ledger.units[i * k + a]! += units[row]!;
    ledger.units[n * k + a]! -= units[row]!;
    ledger.cash[i]! -= value;
    ledger.cash[n]! += value;
  }
  const kinds = (payments?.['kind'] ?? []) as readonly PaymentKindName[];
  kinds.forEach((kind, row) => {
    const effect = paymentKinds[kind];
    const from = numbers(payments, 'from')[row]!;
    const to = numbers(payments, 'to')[row]!;
    const amount = numbers(payments, 'amount')[row]!;
    if (from < 0) ledger.issued += amount;
    else ledger.cash[from]! -= effect.cash * amount;
    ledger.cash[to]! += effect.cash * amount;
    if (from >= 0 && from < n) {
      ledger.funding[from]! += effect.fundingOfPayer * amount;
      ledger.loans[from]! += effect.loansOfPayer * amount;
    }
    if (to < n) ledger.funding[to]! += effect.fundingOfPayee * amount;
  });
}
