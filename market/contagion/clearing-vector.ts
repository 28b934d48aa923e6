import type { Solved } from '../../core/not-converged.js';
import { transpose, type Csr } from './csr.js';
import { fixedPoint } from './fixed-point.js';
import { product, rowProduct, rowSums } from './product.js';

/** Who owes whom: `owed` (n,n), debtor in row; all debts of a debtor rank equally, those to outsiders included. */
export interface ClearingSystem {
  readonly owed: Csr;
  readonly externalAssets: Float64Array;
  readonly externalLiabilities: Float64Array;
}

/** What default leaves: `alpha` of the debtor's own assets, `beta` of what its debtors pay it. */
export interface Recovery {
  readonly alpha: number;
  readonly beta: number;
}

export const fullRecovery: Recovery = { alpha: 1, beta: 1 };

export interface Clearing {
  readonly payments: Float64Array;
  /** 1 where the payment falls short by over 1e-9 of what is owed. */
  readonly defaulted: Uint8Array;
  /** What shareholders keep. */
  readonly equity: Float64Array;
  /** Fictitious default sequence: who defaults if all pay, who then follows, and so on. */
  readonly waves: readonly (readonly number[])[];
}

interface Debts {
  readonly total: Float64Array;
  /** Share of debtor j's payment that creditor i receives, creditor in row. */
  readonly claims: Csr;
}

/** Shortfalls of up to this share of a debt are rounding, not default. */
const ROUNDING = 1e-9;
const MAX_ITERATIONS = 1_000_000;

function debts({ owed, externalLiabilities }: ClearingSystem): Debts {
  const total = rowSums(owed);
  for (let i = 0; i < total.length; i++) total[i]! += externalLiabilities[i]!;
  const claims = transpose(owed);
  const value = claims.value.map((amount, e) => amount / total[claims.index[e]!]!);
  return { total, claims: { ...claims, value } };
}

const stoppingFor = (total: Float64Array) => ({
  tolerance: 1e-14 * total.reduce((largest, p) => Math.max(largest, p), 0),
  maxIterations: MAX_ITERATIONS,
});

/** Given who is in default, what they pay: the others pay in full. Falls from `payments` to the greatest solution. */
function payWhileInDefault(
  system: ClearingSystem,
  { total, claims }: Debts,
  { alpha, beta }: Recovery,
  inDefault: readonly number[],
  payments: Float64Array,
): Solved<Float64Array> {
  const pay = (p: Float64Array, next: Float64Array): void => {
    next.set(total);
    for (const i of inDefault) next[i] = alpha * system.externalAssets[i]! + beta * rowProduct(claims, i, p);
  };
  return fixedPoint('clearing', pay, payments, stoppingFor(total));
}

/** Everybody not yet in default who cannot pay in full. */
function newDefaults(
  { externalAssets }: ClearingSystem,
  { total, claims }: Debts,
  payments: Float64Array,
  already: Uint8Array,
): number[] {
  const wave: number[] = [];
  for (let i = 0; i < total.length; i++) {
    const means = already[i] === 1 ? Infinity : externalAssets[i]! + rowProduct(claims, i, payments);
    if (means < total[i]! * (1 - ROUNDING)) wave.push(i);
  }
  return wave;
}

interface Sequence {
  readonly waves: number[][];
  readonly payments: Solved<Float64Array>;
}

/** The fictitious default algorithm: at most n waves, each adding who cannot pay given the defaults so far. */
function fictitiousDefaults(system: ClearingSystem, owing: Debts, recovery: Recovery): Sequence {
  const already = new Uint8Array(owing.total.length);
  const waves: number[][] = [];
  let payments: Solved<Float64Array> = { value: owing.total, iterations: 0, residual: 0 };
  for (;;) {
    const wave = newDefaults(system, owing, payments.value, already);
    if (wave.length === 0) return { waves, payments };
    waves.push(wave);
    for (const i of wave) already[i] = 1;
    const { value, iterations, residual } = payWhileInDefault(
      system,
      owing,
      recovery,
      waves.flat(),
      payments.value,
    );
    payments = { value, iterations: payments.iterations + iterations, residual };
  }
}

function outcome(
  { externalAssets }: ClearingSystem,
  { total, claims }: Debts,
  payments: Float64Array,
  waves: Clearing['waves'],
): Clearing {
  const equity = new Float64Array(total.length);
  product(claims, payments, equity);
  for (let i = 0; i < total.length; i++) equity[i] = Math.max(0, externalAssets[i]! + equity[i]! - total[i]!);
  const defaulted = Uint8Array.from(payments, (p, i) => (p < total[i]! * (1 - ROUNDING) ? 1 : 0));
  return { payments, defaulted, equity, waves };
}

/** Greatest clearing vector: what each institution pays when everybody pays as much as can be.
 * @formula p = p̄ where e + Πᵀp ≥ p̄, else αe + βΠᵀp (Rogers-Veraart; α = β = 1 is Eisenberg-Noe), from p̄ down
 * @shape   owed (n,n), debtor in row; externalAssets, externalLiabilities (n); payments (n)
 * @range   0 ≤ p ≤ p̄
 * @source  Eisenberg & Noe 2001, Management Science 47(2); Rogers & Veraart 2013, Management Science 59(4)
 * @pitfall external debt belongs in p̄, so rows of Π may sum to less than 1
 */
export function greatestClearing(
  system: ClearingSystem,
  recovery: Recovery = fullRecovery,
): Solved<Clearing> {
  const owing = debts(system);
  const { waves, payments } = fictitiousDefaults(system, owing, recovery);
  return { ...payments, value: outcome(system, owing, payments.value, waves) };
}

/** Least clearing vector: what each pays when nobody pays before being paid; the map climbs from 0.
 *
 * Whoever comes within rounding of paying in full does so, which also takes the climb over the points where
 * default costs make the map jump. The waves are those of the greatest solution's sequence.
 * @formula as `greatestClearing`, from 0 up
 * @shape   as `greatestClearing`
 * @range   0 ≤ p ≤ greatest p
 * @source  Rogers & Veraart 2013, Management Science 59(4)
 * @pitfall with α, β < 1 it can lie far below the greatest: several fixed points are the rule, not the exception
 */
export function leastClearing(
  system: ClearingSystem,
  { alpha, beta }: Recovery = fullRecovery,
): Solved<Clearing> {
  const owing = debts(system);
  const { total, claims } = owing;
  const pay = (p: Float64Array, next: Float64Array): void => {
    product(claims, p, next);
    for (let i = 0; i < total.length; i++) {
      const own = system.externalAssets[i]!;
      const paysInFull = own + next[i]! >= total[i]! * (1 - ROUNDING);
      next[i] = paysInFull ? total[i]! : alpha * own + beta * next[i]!;
    }
  };
  const solved = fixedPoint('clearing', pay, new Float64Array(total.length), stoppingFor(total));
  const { waves } = fictitiousDefaults(system, owing, { alpha, beta });
  return { ...solved, value: outcome(system, owing, solved.value, waves) };
}
