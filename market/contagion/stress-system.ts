import { fullRecovery, type Recovery } from './clearing-vector.js';
import { csrFromTriplets, type Csr } from './csr.js';
import { requireExposures } from './exposures.js';
import type { PriceAfter } from './impact.js';
import { columnSums, rowSums } from './product.js';

/** The system that every channel acts on: balance sheets, the networks between them, and how each behaves. */
export interface StressSystem {
  /** Equity before the shock (n), positive. */
  readonly equity: Float64Array;
  /** Claims on each other (n,n), lender in row, at face value. */
  readonly exposures: Csr;
  /** Tradable assets (n,k) at their value before the shock. */
  readonly holdings: Csr;
  readonly cash: Float64Array;
  readonly otherAssets: Float64Array;
  /** Shares of each other (n,n): row i owns this share of column j. */
  readonly crossHoldings: Csr;
  /** What is lost before anything spreads (n), the fall of asset prices aside. */
  readonly directLosses: Float64Array;
  /** Funding withdrawn before anything spreads (n). */
  readonly directWithdrawals: Float64Array;
  /** Return of each asset (k) before anything spreads. */
  readonly shock: Float64Array;
  /** Price of each asset, of 1, after sales (k). */
  readonly impact: readonly PriceAfter[];
  readonly recovery: Recovery;
  readonly lossGivenDefault: number;
  /** Assets over equity above which each institution sells (n). */
  readonly leverageCap: Float64Array;
  /** Share of its loans that an institution short of cash calls in. */
  readonly hoardedShare: number;
  /** Share of its initial value below which an organisation fails, and what failure destroys, of the same. */
  readonly failure: { readonly threshold: number; readonly cost: number };
}

const empty = (rows: number, columns: number): Csr =>
  csrFromTriplets(rows, columns, { row: [], column: [], value: [] });

/** A leverage cap may be one for all. */
type Known = Pick<StressSystem, 'equity'> &
  Partial<Omit<StressSystem, 'leverageCap'>> & { readonly leverageCap?: number | Float64Array };

/** A system from what is known of it; what is left out is absent (no exposures, no assets, no shock). */
export function stressSystem({ leverageCap = Infinity, ...known }: Known): StressSystem {
  const n = known.equity.length;
  const k = known.holdings?.columns ?? 0;
  known.equity.forEach((e, i) => {
    if (!(e > 0)) throw new RangeError(`the equity of row ${i} is not positive before the shock: ${e}`);
  });
  const system: StressSystem = {
    exposures: empty(n, n),
    holdings: empty(n, k),
    cash: new Float64Array(n),
    otherAssets: new Float64Array(n),
    crossHoldings: empty(n, n),
    directLosses: new Float64Array(n),
    directWithdrawals: new Float64Array(n),
    shock: new Float64Array(k),
    impact: Array.from({ length: k }, () => () => 1),
    recovery: fullRecovery,
    lossGivenDefault: 1,
    leverageCap: typeof leverageCap === 'number' ? new Float64Array(n).fill(leverageCap) : leverageCap,
    hoardedShare: 1,
    failure: { threshold: 0, cost: 0 },
    ...known,
  };
  requireSizes(system, n, k);
  requireExposures(system.exposures);
  requireExposures(system.crossHoldings);
  return system;
}

function requireSizes(system: StressSystem, n: number, k: number): void {
  const sizes: Record<string, readonly [number, number]> = {
    exposures: [system.exposures.rows, n],
    crossHoldings: [system.crossHoldings.rows, n],
    holdings: [system.holdings.rows, n],
    cash: [system.cash.length, n],
    otherAssets: [system.otherAssets.length, n],
    directLosses: [system.directLosses.length, n],
    leverageCap: [system.leverageCap.length, n],
    directWithdrawals: [system.directWithdrawals.length, n],
    shock: [system.shock.length, k],
    impact: [system.impact.length, k],
  };
  for (const [name, [size, expected]] of Object.entries(sizes))
    if (size !== expected) throw new RangeError(`${name} has ${size} rows where ${expected} are needed`);
}

/** Assets before the shock (n). */
export function totalAssets({ exposures, holdings, cash, otherAssets }: StressSystem): Float64Array {
  const lent = rowSums(exposures);
  const held = rowSums(holdings);
  return lent.map((amount, i) => amount + held[i]! + cash[i]! + otherAssets[i]!);
}

/** Everything owed (n): what balances assets, and at least what is owed within the system. */
export function totalDebt(system: StressSystem): Float64Array {
  const borrowed = columnSums(system.exposures);
  return totalAssets(system).map((assets, i) => Math.max(borrowed[i]!, assets - system.equity[i]!));
}

/** What the shock takes from each (n) before anything spreads. */
export function initialLosses({ holdings, shock, directLosses }: StressSystem): Float64Array {
  const losses = directLosses.slice();
  for (let i = 0; i < holdings.rows; i++)
    for (let e = holdings.start[i]!; e < holdings.start[i + 1]!; e++)
      losses[i]! -= holdings.value[e]! * shock[holdings.index[e]!]!;
  return losses;
}
