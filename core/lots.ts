import { heap } from './heap.js';

/** Units of one asset that were bought (positive) or sold short (negative) together, and what one of them cost. */
export interface Lot {
  readonly units: number;
  /** Price per unit at which the lot was opened, with any disallowed loss that it took over. */
  readonly basis: number;
  /** Day on which its holding period began. */
  readonly day: number;
  /** Units that already stand in for units sold at a loss: they take over no second loss. */
  readonly replaces?: number;
}

/** A loss that a purchase within the wash window would take back. */
export interface OpenLoss {
  readonly units: number;
  readonly lossPerUnit: number;
  readonly day: number;
  /** Days for which the units sold had been held. */
  readonly heldDays: number;
}

/** All lots of one asset in one book, in the order in which they were opened. Plain data. */
export interface LotBook {
  readonly lots: readonly Lot[];
  readonly losses: readonly OpenLoss[];
}

export const noLots: LotBook = { lots: [], losses: [] };

type Before = (a: Lot, b: Lot) => number;

/** Which lots a sale closes first; ties go to the older. */
export const lotOrders = {
  fifo: () => 0,
  lifo: (a, b) => b.day - a.day,
  /** Highest cost first: the least gain, or the greatest loss, now (for short lots the lowest price). */
  hifo: (a, b) => Math.sign(a.units) * (b.basis - a.basis),
} satisfies Record<string, Before>;

export type LotOrder = keyof typeof lotOrders;

export interface LotRule {
  readonly order: LotOrder;
  /** Days before and after a sale at a loss within which a purchase takes the loss back; 0: no such rule. */
  readonly washDays: number;
}

export interface LotTrade {
  readonly day: number;
  /** Signed: positive buys. */
  readonly units: number;
  readonly price: number;
}

/** A gain (or loss, negative) that counts for tax. */
export interface Realised {
  readonly gain: number;
  readonly heldDays: number;
}

/** One trade through a book of lots: what it closes is realised, the rest opens a lot.
 * @formula gain = units closed · (price − basis); a loss on units replaced within the wash window counts as 0 and
 *          raises the basis of the replacement, which also takes over the holding period
 * @source  26 U.S. Code § 1091 (wash sales), § 1223(3) (holding period); lot order: 26 CFR § 1.1012-1(c)
 * @pitfall a purchase can take back a loss of an earlier day: then `realised` holds the loss with opposite sign
 */
export function tradeLots(
  book: LotBook,
  trade: LotTrade,
  rule: LotRule,
): { readonly book: LotBook; readonly realised: readonly Realised[] } {
  const closing = close(book, trade, rule);
  const opening = trade.units - closing.units;
  if (opening === 0) return { book: closing.book, realised: closing.realised };
  const opened = open(closing.book, { ...trade, units: opening }, rule);
  return { book: opened.book, realised: [...closing.realised, ...opened.realised] };
}

interface Stage {
  readonly book: LotBook;
  readonly realised: readonly Realised[];
}

/** Closes lots on the other side of a trade, as far as there are any. */
function close(book: LotBook, trade: LotTrade, rule: LotRule): Stage & { readonly units: number } {
  const side = Math.sign(trade.units);
  const { lots } = book;
  // All lots of a book are on one side.
  if (lots.length === 0 || Math.sign(lots[0]!.units) === side) return { book, realised: [], units: 0 };
  const before = lotOrders[rule.order];
  const queue = heap(lots.length, (a, b) => before(lots[a]!, lots[b]!) || a - b);
  const kept: (Lot | undefined)[] = lots.slice();
  const closed: Lot[] = [];
  const rests = new Set<Lot>();
  let left = Math.abs(trade.units);
  for (let i = queue(); left > 0 && i !== undefined; i = queue()) {
    const lot = lots[i]!;
    const units = Math.min(left, Math.abs(lot.units));
    closed.push({ ...lot, units: -side * units });
    const rest = { ...lot, units: lot.units + side * units };
    kept[i] = rest.units === 0 ? undefined : rest;
    rests.add(rest);
    left -= units;
  }
  const after = { lots: kept.filter((lot) => lot !== undefined), losses: book.losses };
  return { ...settle(after, closed, rests, trade, rule), units: trade.units - side * left };
}

/** What was closed, as gains; losses on units that were lately bought in other lots go into those. */
function settle(
  { lots, losses }: LotBook,
  closed: readonly Lot[],
  rests: ReadonlySet<Lot>,
  { day, price }: LotTrade,
  { washDays }: LotRule,
): Stage {
  const open = openLosses(losses, day, washDays);
  const gainOf = ({ units, basis }: Lot): number => units * (price - basis);
  const washed = closed.filter((lot) => gainOf(lot) < 0 && washDays > 0 && lot.units > 0);
  const made = washed.map((lot): OpenLoss => {
    return { units: lot.units, lossPerUnit: lot.basis - price, day, heldDays: day - lot.day };
  });
  if (made.length === 0)
    return {
      book: { lots, losses: open },
      realised: closed.map((lot) => ({ gain: gainOf(lot), heldDays: day - lot.day })),
    };
  const taken = takeOver(lots, made, (other) => other.day >= day - washDays && !rests.has(other));
  const left = new Map(washed.map((lot, l) => [lot, taken.left[l]!]));
  const counted = closed.map((lot) => ({ ...lot, units: left.get(lot) ?? lot.units }));
  return {
    book: { lots: taken.lots, losses: [...open, ...remaining(made, taken.left)] },
    realised: counted
      .filter(({ units }) => units !== 0)
      .map((lot) => ({ gain: gainOf(lot), heldDays: day - lot.day })),
  };
}

const openLosses = (losses: readonly OpenLoss[], day: number, washDays: number): OpenLoss[] =>
  losses.filter((loss) => day - loss.day <= washDays);

const remaining = (losses: readonly OpenLoss[], left: readonly number[]): OpenLoss[] =>
  losses.map((loss, l) => ({ ...loss, units: left[l]! })).filter(({ units }) => units > 0);

/** Puts losses into the lots that replace the units sold, first bought first: one walk over the lots.
 * @returns the lots after that, and the units of each loss that found no replacement
 */
function takeOver(
  lots: readonly Lot[],
  losses: readonly OpenLoss[],
  replaces: (lot: Lot) => boolean,
): { readonly lots: readonly Lot[]; readonly left: readonly number[] } {
  const left = losses.map(({ units }) => units);
  const after: Lot[] = [];
  let next = 0;
  for (const lot of lots) {
    let free = next < losses.length && replaces(lot) ? lot.units - (lot.replaces ?? 0) : 0;
    let rest = lot.units;
    for (; next < losses.length && free > 0; next += left[next] === 0 ? 1 : 0) {
      const { lossPerUnit, heldDays } = losses[next]!;
      const units = Math.min(left[next]!, free);
      left[next]! -= units;
      free -= units;
      rest -= units;
      after.push({ units, basis: lot.basis + lossPerUnit, day: lot.day - heldDays, replaces: units });
    }
    if (rest === lot.units) after.push(lot);
    else if (rest !== 0) after.push({ ...lot, units: rest });
  }
  return { lots: after, left };
}

/** Opens a lot; a purchase takes back the losses of the days before that lie within the wash window. */
function open(book: LotBook, trade: LotTrade, { washDays }: LotRule): Stage {
  const { day, units, price } = trade;
  const fresh: Lot = { units, basis: price, day };
  const losses = openLosses(book.losses, day, washDays);
  if (units < 0 || losses.length === 0)
    return { book: { lots: [...book.lots, fresh], losses }, realised: [] };
  const taken = takeOver([fresh], losses, () => true);
  const realised = losses.flatMap(({ units: lost, lossPerUnit, heldDays }, l): Realised[] => {
    const back = lost - taken.left[l]!;
    return back > 0 ? [{ gain: back * lossPerUnit, heldDays }] : [];
  });
  return { book: { lots: [...book.lots, ...taken.lots], losses: remaining(losses, taken.left) }, realised };
}

/** Units that a sale would give up, in its order, before the first lot that has lost less than a share of its cost; 0
 * where the book is short. With the dearest first, all units that have lost so much. */
export function unitsAtLoss({ lots }: LotBook, price: number, share: number, order: LotOrder): number {
  const before = lotOrders[order];
  const sold = lots.map((_, i) => i).sort((a, b) => before(lots[a]!, lots[b]!) || a - b);
  let units = 0;
  for (const i of sold) {
    const lot = lots[i]!;
    if (lot.units < 0 || price > (1 - share) * lot.basis) break;
    units += lot.units;
  }
  return units;
}

/** Units bought so lately that a sale at a loss would be washed by them. */
export const unitsBoughtSince = ({ lots }: LotBook, day: number): number =>
  lots.reduce((sum, lot) => sum + (lot.day >= day ? Math.max(0, lot.units) : 0), 0);

/** Units of a book. */
export const unitsOf = ({ lots }: LotBook): number => lots.reduce((sum, { units }) => sum + units, 0);

/** What closing everything at a price would realise. */
export const unrealised = ({ lots }: LotBook, price: number): number =>
  lots.reduce((sum, { units, basis }) => sum + units * (price - basis), 0);
