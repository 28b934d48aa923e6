import { exponentialImpact } from '../../market/contagion/impact.js';
import { log1p } from '../../core/numeric.js';
import { csrFromDense, type Csr } from '../../market/contagion/csr.js';
import { rowSums } from '../../market/contagion/product.js';
import { stressSystem, type StressSystem } from '../../market/contagion/stress-system.js';

/** Balance sheets of a user's institutions, all in one unit of currency. */
export interface StressBook {
  readonly ids: readonly string[];
  /** Tradable assets, by column name. */
  readonly assets: readonly string[];
  /** Core capital (n). */
  readonly equity: Float64Array;
  readonly cash: Float64Array;
  /** Everything that is neither tradable nor cash (n), claims on each other included. */
  readonly other: Float64Array;
  /** Tradable assets by institution (n,k). */
  readonly holdings: readonly (readonly number[])[];
}

/** What happens, and how markets and institutions respond to it. */
export interface StressTerms {
  /** Return by column: of a tradable asset, or of `other`. */
  readonly shock: Readonly<Record<string, number>>;
  /** Fall of an asset's price when a twentieth of what the book holds of it is sold. */
  readonly priceImpact: number;
  /** Assets over equity above which an institution sells. */
  readonly leverageCap: number;
}

/** The column whose fall is lost at once: it has no market in which anybody else sees it. */
export const otherColumn = 'other';

/** Share of the book's holdings whose sale `priceImpact` is quoted for. */
const QUOTED_SHARE = 0.05;

/** What the book holds of each tradable asset (k). */
export const heldInAll = ({ assets, holdings }: StressBook): number[] =>
  assets.map((_, a) => holdings.reduce((total, row) => total + row[a]!, 0));

/** Decay β of price e^{−β·share sold}, from the fall that the quoted share causes. */
export const impactDecay = (priceImpact: number): number => -log1p(-priceImpact) / QUOTED_SHARE;

/** The system that channels act on: a book, who lends to whom in it, and a shock of `size` times its terms.
 * @formula price = (1 + shock)·e^{−β·sold/held}, β = −ln(1 − priceImpact)/0.05
 * @source  the impact of Cifuentes, Ferrucci & Shin 2005, JEEA 3(2-3)
 * @pitfall claims on each other are part of `other`: they are taken out of it, not added to assets
 */
export function systemOf(book: StressBook, exposures: Csr, terms: StressTerms, size = 1): StressSystem {
  const held = heldInAll(book);
  const beta = impactDecay(terms.priceImpact);
  const lent = rowSums(exposures);
  const returnOf = (column: string): number => Math.max(-1, size * (terms.shock[column] ?? 0));
  return stressSystem({
    equity: book.equity,
    exposures,
    holdings: { ...csrFromDense(book.holdings), columns: book.assets.length },
    cash: book.cash,
    otherAssets: book.other.map((amount, i) => amount - lent[i]!),
    directLosses: book.other.map((amount, i) => -returnOf(otherColumn) * (amount - lent[i]!)),
    shock: Float64Array.from(book.assets, returnOf),
    impact: held.map((units) => exponentialImpact({ beta: units > 0 ? beta / units : 0 })),
    leverageCap: terms.leverageCap,
  });
}
