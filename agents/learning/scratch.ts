import type { Buffer } from './tensor.js';
import type { Instruction, Word } from './trace.js';

interface Life {
  readonly buffer: Buffer;
  readonly first: number;
  last: number;
}

const scratchOf = (word: Word): Buffer | undefined =>
  typeof word === 'object' && 'buffer' in word && word.buffer.space === 'scratch' ? word.buffer : undefined;

/** First and last instruction that touches each scratch buffer, in order of birth. */
function lives(instructions: readonly Instruction[]): Life[] {
  const known = new Map<Buffer, Life>();
  instructions.forEach(({ words }, i) => {
    for (const word of words) {
      const buffer = scratchOf(word);
      if (!buffer) continue;
      const life = known.get(buffer);
      const last = buffer.lifetime === 'kept' ? Number.POSITIVE_INFINITY : i;
      if (life) life.last = Math.max(life.last, last);
      else known.set(buffer, { buffer, first: i, last });
    }
  });
  return [...known.values()];
}

/** The lowest gap between the buffers alive now (sorted by offset) that holds `size` floats. */
function firstGap(
  alive: readonly { readonly offset: number; readonly size: number }[],
  size: number,
): number {
  let offset = 0;
  for (const neighbour of alive) {
    if (neighbour.offset - offset >= size) return offset;
    offset = Math.max(offset, neighbour.offset + neighbour.size);
  }
  return offset;
}

/** Lays out scratch so that buffers share space once their last reader has run: what fits the cache is fast. */
export function placeScratch(instructions: readonly Instruction[]): {
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly size: number;
} {
  const offsets = new Map<Buffer, number>();
  let alive: { offset: number; size: number; last: number }[] = [];
  let total = 0;
  for (const { buffer, first, last } of lives(instructions)) {
    alive = alive.filter((other) => other.last >= first);
    const offset = firstGap(alive, buffer.size);
    offsets.set(buffer, offset);
    alive.push({ offset, size: buffer.size, last });
    alive.sort((a, b) => a.offset - b.offset);
    total = Math.max(total, offset + buffer.size);
  }
  return { offsets, size: total };
}
