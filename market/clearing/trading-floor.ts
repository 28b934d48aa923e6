import { openStream, streamKey } from '../../core/random.js';
import { arrivalOrder } from './arrival-order.js';
import { estatesRow } from './arrivals.js';
import { comersTo } from './comers.js';
import type { Own } from './continuous.js';
import type { Floor, Happenings, Trading } from './floor.js';
import { noHolders } from './holders.js';
import { makersOf } from './makers.js';
import { noiseOf } from './noise-traders.js';
import { orderBook, type OrderBook } from './order-book.js';

/** Lets everything happen that happens in a wave, in the order of arrival. */
export function tradeThrough(floor: Floor): Trading {
  const { terms, session, wave, asset } = floor;
  const { seed, day } = session.own as Own;
  const draws = openStream(streamKey(seed, 'floor', session.assets[asset]!.id), day, wave.wave);
  const makers = makersOf(terms, draws);
  const noise = noiseOf(floor, draws);
  const trading = opened(floor);
  inTurn(trading, [makers, noise, comersTo(floor)]);
  makers.close(trading);
  return trading;
}

function opened(floor: Floor): Trading {
  const { terms, session, wave, asset, grid } = floor;
  const rows = estatesRow(wave) + 1;
  return {
    floor,
    book: orderBook({ ticks: grid.size, selfTrade: terms.selfTrade }),
    units: new Float64Array(rows),
    value: new Float64Array(rows),
    holders: noHolders(),
    cumulative: session.cumulative[asset]!,
    stuck: 0,
  };
}

/** Lets happenings of several kinds happen, one by one as they come. */
function inTurn(trading: Trading, kinds: readonly Happenings[]): void {
  const size = kinds.reduce((total, { time }) => total + time.length, 0);
  const time = new Float64Array(size);
  const tie = new Float64Array(size);
  const kindAt = new Uint8Array(size);
  const starts: number[] = [];
  let start = 0;
  kinds.forEach((kind, at) => {
    time.set(kind.time, start);
    tie.set(kind.tie, start);
    kindAt.fill(at, start, start + kind.time.length);
    starts.push(start);
    start += kind.time.length;
  });
  const order = arrivalOrder(time, tie);
  for (let turn = 0; turn < size; turn++) {
    const at = order[turn]!;
    const kind = kindAt[at]!;
    kinds[kind]!.act(trading, at - starts[kind]!);
  }
}

/** The place half-way between the best quotes; the end of the grid where one side has none. */
export function midPlace({ bestBid, bestAsk, ticks }: OrderBook): number {
  if (bestBid < 0) return 0;
  return bestAsk >= ticks ? ticks - 1 : (bestBid + bestAsk) / 2;
}
