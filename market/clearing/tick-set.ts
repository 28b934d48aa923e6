/** A set of whole numbers 0..size−1 that finds a member's neighbours fast: a bitmap, a bitmap of its words, and so on. */
export interface TickSet {
  readonly size: number;
  readonly layers: readonly Int32Array[];
}

export function tickSet(size: number): TickSet {
  const layers: Int32Array[] = [];
  for (let words = (size + 31) >> 5; ; words = (words + 31) >> 5) {
    layers.push(new Int32Array(words));
    if (words === 1) return { size, layers };
  }
}

export function insert({ layers }: TickSet, tick: number): void {
  for (let depth = 0, i = tick; depth < layers.length; depth++, i >>= 5)
    layers[depth]![i >> 5]! |= 1 << (i & 31);
}

/** Takes a tick out; layers above change only where a word has become empty. */
export function remove({ layers }: TickSet, tick: number): void {
  for (let depth = 0, i = tick; depth < layers.length; depth++, i >>= 5) {
    const left = layers[depth]![i >> 5]! & ~(1 << (i & 31));
    layers[depth]![i >> 5] = left;
    if (left !== 0) return;
  }
}

const lowestBit = (word: number): number => 31 - Math.clz32(word & -word);
const highestBit = (word: number): number => 31 - Math.clz32(word);

function descend(
  layers: readonly Int32Array[],
  depth: number,
  i: number,
  bit: (word: number) => number,
): number {
  for (let d = depth - 1; d >= 0; d--) i = (i << 5) + bit(layers[d]![i]!);
  return i;
}

/** Smallest member ≥ tick, or `size` where there is none. */
export function atOrAbove({ layers, size }: TickSet, tick: number): number {
  for (let depth = 0, i = tick; depth < layers.length; depth++, i = (i >> 5) + 1) {
    const layer = layers[depth]!;
    if (i >> 5 >= layer.length) return size;
    const word = layer[i >> 5]! & (-1 << (i & 31));
    if (word !== 0) return descend(layers, depth, ((i >> 5) << 5) + lowestBit(word), lowestBit);
  }
  return size;
}

/** Largest member ≤ tick, or −1 where there is none. */
export function atOrBelow({ layers }: TickSet, tick: number): number {
  for (let depth = 0, i = tick; depth < layers.length; depth++, i = (i >> 5) - 1) {
    if (i < 0) return -1;
    const word = layers[depth]![i >> 5]! & (-1 >>> (31 - (i & 31)));
    if (word !== 0) return descend(layers, depth, ((i >> 5) << 5) + highestBit(word), highestBit);
  }
  return -1;
}
