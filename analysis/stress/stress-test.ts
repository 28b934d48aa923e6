import type { Channel } from '../../market/contagion/channel.js';
import type { Csr } from '../../market/contagion/csr.js';
import { totalAssets } from '../../market/contagion/stress-system.js';
import { vulnerableBanks, type Vulnerability } from '../../market/contagion/vulnerable-banks.js';
import { heldInAll, impactDecay, otherColumn, systemOf, type StressBook, type StressTerms } from './book.js';
import { outcomeOf, type Outcome } from './outcome.js';

export interface StressCase {
  readonly book: StressBook;
  readonly exposures: Csr;
  readonly terms: StressTerms;
  readonly channels: Readonly<Record<string, Channel>>;
}

/** One point of the curve of losses against the size of the shock. */
export interface SizedShock {
  /** Multiple of the shock asked for. */
  readonly size: number;
  readonly directLossRatio: number;
  /** All losses over all equity, in the mildest and in the worst solution; above 1 creditors lose too. */
  readonly lossRatio: readonly [number, number];
  readonly defaults: readonly [number, number];
}

/** A stress test: where the shock ends at best and at worst, and how that depends on its size. */
export interface StressTest extends StressCase {
  readonly totalAssets: Float64Array;
  readonly least: Outcome;
  readonly greatest: Outcome;
  readonly curve: readonly SizedShock[];
  /** One round of deleveraging, which needs no threshold: who causes it and who bears it. */
  readonly vulnerability: Vulnerability;
}

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** Sizes of shock on the curve: from none to twice the one asked for. */
const sizes = Array.from({ length: 21 }, (_, i) => i / 10);

function sized({ book, exposures, terms, channels }: StressCase, size: number): SizedShock {
  const system = systemOf(book, exposures, terms, size);
  const equity = total(book.equity);
  const [least, greatest] = (['least', 'greatest'] as const).map((s) => outcomeOf(system, channels, s)) as [
    Outcome,
    Outcome,
  ];
  return {
    size,
    directLossRatio: total(least.stress.directLosses) / equity,
    lossRatio: [total(least.stress.losses) / equity, total(greatest.stress.losses) / equity],
    defaults: [total(least.defaulted), total(greatest.defaulted)],
  };
}

/** Weights of all that a shock can hit: tradable assets, and `other`, which has no market to fall in. */
function vulnerabilityOf({ book, terms }: StressCase, assets: Float64Array): Vulnerability {
  const beta = impactDecay(terms.priceImpact);
  return vulnerableBanks({
    totalAssets: [...assets],
    equity: [...book.equity],
    weights: book.holdings.map((row, i) => [...row, book.other[i]!].map((held) => held / assets[i]!)),
    impact: [...heldInAll(book).map((held) => (held > 0 ? beta / held : 0)), 0],
    shock: [...book.assets, otherColumn].map((column) => terms.shock[column] ?? 0),
  });
}

/** Runs a stress test; solutions that differ are both reported, since nothing says which will be. */
export function stressTest(given: StressCase): StressTest {
  const system = systemOf(given.book, given.exposures, given.terms);
  const assets = totalAssets(system);
  return {
    ...given,
    totalAssets: assets,
    least: outcomeOf(system, given.channels, 'least'),
    greatest: outcomeOf(system, given.channels, 'greatest'),
    curve: sizes.map((size) => sized(given, size)),
    vulnerability: vulnerabilityOf(given, assets),
  };
}

/** Whether the worst solution is another than the mildest. */
export const isSelfFulfilling = ({ book, least, greatest }: StressTest): boolean =>
  total(greatest.stress.losses) - total(least.stress.losses) > 1e-9 * total(book.equity);
