// Resting orders in one flat buffer: 32 bytes an order, so that touching one costs one line of cache.

/** Places of an order's whole numbers among the eight words of its slot; words 6 and 7 hold the quantity. */
export const Field = { next: 0, previous: 1, tick: 2, side: 3, owner: 4, generation: 5 } as const;

/** Bits of a handle that name the slot; the rest count how often the slot was used. */
const slotCount = 2 ** 22;

/** Handles then stay below 2^53; none is 0. */
const lastGeneration = 2 ** 31 - 1;

/** One slot an order, linked within its level; slots are used again, newest first. */
export interface OrderPool {
  /** Eight words a slot, by `Field`; side is 1 buys, −1 sells, 0 free. */
  words: Int32Array;
  /** The same bytes: the quantity of slot s at 4 s + 3. */
  quantities: Float64Array;
  /** Slots ever used; those from here on are untouched. */
  used: number;
  /** First of the free slots below `used`, linked by `next`; −1 where there is none. */
  free: number;
}

function views(capacity: number): Pick<OrderPool, 'words' | 'quantities'> {
  const buffer = new ArrayBuffer(capacity * 32);
  return { words: new Int32Array(buffer), quantities: new Float64Array(buffer) };
}

export const orderPool = (capacity: number): OrderPool => ({ ...views(capacity), used: 0, free: -1 });

/** Doubles the pool: only ever called when no slot is free. */
function grow(pool: OrderPool): void {
  if (pool.used === slotCount) throw new RangeError(`more than ${slotCount} orders rest in the book`);
  const { words, quantities } = views(pool.used * 2);
  words.set(pool.words);
  pool.words = words;
  pool.quantities = quantities;
}

/** A free slot, counted as used once more. */
export function takeSlot(pool: OrderPool): number {
  let slot = pool.free;
  if (slot >= 0) pool.free = pool.words[(slot << 3) + Field.next]!;
  else {
    if (pool.used << 3 === pool.words.length) grow(pool);
    slot = pool.used++;
  }
  const generation = (slot << 3) + Field.generation;
  const last = pool.words[generation]!;
  pool.words[generation] = last === lastGeneration ? 1 : last + 1;
  return slot;
}

export function releaseSlot(pool: OrderPool, slot: number): void {
  pool.words[(slot << 3) + Field.side] = 0;
  pool.words[(slot << 3) + Field.next] = pool.free;
  pool.free = slot;
}

/** The name of the order in a slot, unlike that of any order that was there before. */
export const handleOf = (pool: OrderPool, slot: number): number =>
  pool.words[(slot << 3) + Field.generation]! * slotCount + slot;

/** The slot that a handle names, whoever is in it by now. */
export const slotNumber = (handle: number): number => handle & (slotCount - 1);

/** The slot of a live order, or −1 where it has traded or was cancelled: its slot may be another's by now. */
export function slotOf(pool: OrderPool, handle: number): number {
  const slot = slotNumber(handle);
  const live = slot < pool.used && pool.words[(slot << 3) + Field.side] !== 0;
  return live && handleOf(pool, slot) === handle ? slot : -1;
}
