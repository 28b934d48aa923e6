import { exp } from '../core/numeric.js';
import { oncePer } from '../core/once-per.js';
import type { Books, Claims, Prices, World } from '../core/types.js';

/** What each institution lent to others and owes them, USD. */
export interface Interbank {
  readonly lent: Float64Array;
  readonly borrowed: Float64Array;
}

/** Claims summed by institution; those that the outside book holds are in `borrowed` alone. */
export function interbankOf(claims: Claims, n: number): Interbank {
  const { creditor, debtor, face } = claims;
  const lent = new Float64Array(n);
  const borrowed = new Float64Array(n);
  for (let e = 0; e < face.length; e++) {
    const by = creditor[e]!;
    if (by < n) lent[by]! += face[e]!;
    borrowed[debtor[e]!]! += face[e]!;
  }
  return { lent, borrowed };
}

/** Those claims that are chosen, in their order; where that is all of them, as they are. */
export function chosenClaims(claims: Claims, isChosen: (e: number) => boolean): Claims {
  const { creditor, debtor, face, line, phase } = claims;
  let first = 0;
  while (first < face.length && isChosen(first)) first++;
  if (first === face.length) return claims;
  const places = new Int32Array(face.length);
  let count = 0;
  for (let e = 0; e < face.length; e++) if (isChosen(e)) places[count++] = e;
  const chosen = places.subarray(0, count);
  return {
    creditor: chosen.map((e) => creditor[e]!),
    debtor: chosen.map((e) => debtor[e]!),
    face: Float64Array.from(chosen, (e) => face[e]!),
    line: Float64Array.from(chosen, (e) => line[e]!),
    phase: chosen.map((e) => phase[e]!),
  };
}

/** Assets and equity of every institution, USD. */
export interface Balances {
  readonly assets: Float64Array;
  readonly equity: Float64Array;
}

/** What each institution holds long and short at some prices, USD. */
export interface Holdings {
  readonly price: Float64Array;
  readonly long: Float64Array;
  readonly short: Float64Array;
}

/** Values of long and short positions; shape (institutions). */
export function holdingsOf({ active, units }: Books, price: Float64Array): Holdings {
  const n = active.length;
  const k = price.length;
  const long = new Float64Array(n);
  const short = new Float64Array(n);
  for (let i = 0, at = 0; i < n; i++) {
    let above = 0;
    let below = 0;
    for (let a = 0; a < k; a++, at++) {
      const value = units[at]! * price[a]!;
      if (value > 0) above += value;
      else below -= value;
    }
    long[i] = above;
    short[i] = below;
  }
  return { price, long, short };
}

/** Balance sheets.
 *
 * @formula assets = c⁺ + Σ q⁺p + l + Σ_j A_ij − write-downs; equity = assets − c⁻ − Σ q⁻p − d − Σ_j A_ji
 * @shape   result (institutions)
 */
export function balances(books: Books, interbank: Interbank, { long, short }: Holdings): Balances {
  const n = books.active.length;
  const assets = new Float64Array(n);
  const equity = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const cash = books.cash[i]!;
    const total = Math.max(cash, 0) + long[i]! + books.loans[i]! + interbank.lent[i]! - books.writtenDown[i]!;
    assets[i] = total;
    equity[i] = total - Math.max(-cash, 0) - short[i]! - books.funding[i]! - interbank.borrowed[i]!;
  }
  return { assets, equity };
}

/** Log prices, log p = v + m + u. */
export const logPrices = ({ fundamental, slow, fast }: Prices): Float64Array =>
  fundamental.map((v, k) => v + slow[k]! + fast[k]!);

/** Prices, USD per unit. */
export const pricesOf = (prices: Prices): Float64Array => logPrices(prices).map((x) => exp(x));

/** Balance sheets, and what they are made of. */
export interface Sheets {
  readonly interbank: Interbank;
  readonly holdings: Holdings;
  readonly balances: Balances;
}

/** Balance sheets of a world at its prices. Those of a close are told, and serve the next morning. */
export const sheetsOf = oncePer(({ books, claims, prices }: World): Sheets => {
  const interbank = interbankOf(claims, books.active.length);
  const holdings = holdingsOf(books, pricesOf(prices));
  return { interbank, holdings, balances: balances(books, interbank, holdings) };
});

/** Assets and equity of every institution of a world, at its prices. */
export const worldBalances = (world: World): Balances => sheetsOf(world).balances;

/** Equity of an institution, USD. */
export const equity = (world: World, i: number): number => worldBalances(world).equity[i]!;

/** Total assets of an institution, USD. */
export const totalAssets = (world: World, i: number): number => worldBalances(world).assets[i]!;

/** Assets over equity; infinite without equity. */
export const leverageOf = ({ assets, equity: own }: Balances, i: number): number =>
  own[i]! > 0 ? assets[i]! / own[i]! : Infinity;

/** Equity over assets; 0 without assets. */
export const leverageRatioOf = ({ assets, equity: own }: Balances, i: number): number =>
  assets[i]! > 0 ? own[i]! / assets[i]! : 0;

/** Assets over equity of an institution. */
export const leverage = (world: World, i: number): number => leverageOf(worldBalances(world), i);
