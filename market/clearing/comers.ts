import { exp } from '../../core/numeric.js';
import { estatesRow } from './arrivals.js';
import type { Own } from './continuous.js';
import { settle, type Floor, type Happenings, type Trading } from './floor.js';
import { hold } from './holders.js';
import { placeAbove, placeBelow } from './ladder.js';
import { limitOrder, marketOrder, type Side } from './order-book.js';

/** Slices of the wave's orders come to the book: up to their limit, where what is left rests; or at any price. */
export function comersTo(floor: Floor): Happenings {
  const { time, tie, row, units } = floor.arrivals;
  const { institution } = floor.wave.orders;
  const estates = estatesRow(floor.wave);
  const estatesOwner = estatesOwnerOf(floor);
  const limits = limitPlaces(floor);
  const act = (trading: Trading, n: number): void => {
    const from = row[n]!;
    const side: Side = units[n]! > 0 ? 1 : -1;
    const size = Math.abs(units[n]!);
    const owner = from === estates ? estatesOwner : institution[from]!;
    const rests =
      limits === undefined || from === estates
        ? atAnyPrice(trading, side, size, owner)
        : limitOrder(trading.book, side, side > 0 ? limits.buy : limits.sell, size, owner);
    settle(trading, side, from);
    // Only now: what rests may be in the slot of an order that it has just met.
    if (rests !== 0) hold(trading.holders, rests, from);
  };
  return { time, tie, act };
}

const estatesOwnerOf = ({ session, terms }: Floor): number =>
  (session.own as Own).institutions.length + terms.makers;

/** Where the limits of institutions lie; none where they trade at any price. */
function limitPlaces({
  terms,
  session,
  asset,
  wave,
  grid,
}: Floor): { readonly buy: number; readonly sell: number } | undefined {
  if (terms.limitDeviations === null || wave.wave > 0) return undefined;
  const { fundamental, slow, fast } = session.prices;
  const last = fundamental[asset]! + slow[asset]! + fast[asset]!;
  const width = terms.limitDeviations * session.assets[asset]!.dailyVolatility;
  return { buy: placeBelow(grid, exp(last + width)), sell: placeAbove(grid, exp(last - width)) };
}

/** Trades what finds somebody; nothing rests. */
function atAnyPrice(trading: Trading, side: Side, size: number, owner: number): 0 {
  const left = marketOrder(trading.book, side, size, owner);
  if (left > 1e-9 * size) trading.stuck = side;
  return 0;
}
