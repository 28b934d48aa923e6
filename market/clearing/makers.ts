import { exp } from '../../core/numeric.js';
import type { Stream } from '../../core/random.js';
import type { Own, Terms } from './continuous.js';
import type { Happenings, Trading } from './floor.js';
import { ladder, placeAbove, placeBelow } from './ladder.js';
import { cancelOrder, limitOrder, type Side } from './order-book.js';

/** Market makers of one asset in one wave. */
export interface Makers extends Happenings {
  /** Lets every maker quote where the flow has taken the curve. */
  readonly close: (trading: Trading) => void;
}

/** Makers quote before anybody comes, and again and again, each with its own delay and a place of its own. */
export function makersOf({ makers, requotes, jitter }: Terms, draws: Stream): Makers {
  const quotes: number[][] = Array.from({ length: makers }, () => []);
  const drawn = Array.from({ length: makers * requotes }, (_, n) => {
    const turn = Math.floor(n / makers);
    const time = turn === 0 ? -1 : turn / requotes + jitter * draws.exponential();
    return { time, outward: draws.integer(3), tie: draws.uniform() };
  });
  const requote = (trading: Trading, maker: number, outward: number): void => {
    for (const handle of quotes[maker]!) cancelOrder(trading.book, handle);
    quotes[maker] = quoted(trading, maker, outward);
  };
  return {
    time: drawn.map(({ time }) => time),
    tie: drawn.map(({ tie }) => tie),
    act: (trading, n) => requote(trading, n % makers, drawn[n]!.outward),
    close: (trading) => quotes.forEach((_, maker) => requote(trading, maker, 0)),
  };
}

/** Puts a maker's quotes around where the flow so far has moved the curve; they never cross. Gives their handles. */
function quoted(trading: Trading, maker: number, outward: number): number[] {
  const { book, floor } = trading;
  const { terms, session, asset, grid } = floor;
  const { curves, institutions } = session.own as Own;
  const now = { ...session, cumulative: session.cumulative.slice() };
  now.cumulative[asset] = trading.cumulative;
  const value = session.start.fundamental[asset]!;
  const half = session.assets[asset]!.halfSpread;
  const owner = institutions.length + maker;
  const quote = (side: Side, displacement: number, units: number): number => {
    const price = exp(value + displacement) * (1 - side * half);
    const place = side > 0 ? placeBelow(grid, price) - outward : placeAbove(grid, price) + outward;
    const passive = side > 0 ? Math.min(place, book.bestAsk - 1) : Math.max(place, book.bestBid + 1);
    if (passive < 0 || passive >= grid.size) return 0;
    return limitOrder(book, side, passive, units / terms.makers, owner);
  };
  return ([1, -1] as const).flatMap((side) =>
    ladder(now, curves[asset]!, asset, side, terms.rungs).map(({ displacement, units }) =>
      quote(side, displacement, units),
    ),
  );
}
