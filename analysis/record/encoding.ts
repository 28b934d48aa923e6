import type { ColumnData } from '../../core/events.js';

/** Counts distinct numbers up to a limit, in a table it keeps from one call to the next; NaN is like NaN. */
export type CountDistinct = (data: ArrayLike<number>, limit: number) => number;

/** Powers of two above twice the values, so that probes are short. */
const tableSize = (values: number): number => 1 << (33 - Math.clz32(Math.max(8, values)));

export function distinctCounter(): CountDistinct {
  let places = new Int32Array(0);
  const bits = new Float64Array(1);
  const halves = new Int32Array(bits.buffer);
  return (data, limit) => {
    const size = tableSize(data.length);
    if (places.length < size) places = new Int32Array(size);
    else places.fill(0, 0, size);
    const shift = Math.clz32(size) + 1;
    let count = 0;
    let seenNaN = 0;
    for (let i = 0; i < data.length && count <= limit; i++) {
      const value = data[i]!;
      if (value !== value) {
        count += 1 - seenNaN;
        seenNaN = 1;
        continue;
      }
      bits[0] = value + 0;
      const mixed = Math.imul(halves[0]! ^ Math.imul(halves[1]!, 0x9e3779b1), 0x85ebca6b);
      let at = (mixed ^ (mixed >>> 15)) >>> shift;
      while (places[at] !== 0 && data[places[at]! - 1] !== value) at = (at + 1) & (size - 1);
      if (places[at] !== 0) continue;
      places[at] = i + 1;
      count++;
    }
    return count;
  };
}

/** How a column is written: numbers that hardly repeat compress best byte by byte, as signs and exponents of
 * neighbours are alike; where fewer than half are distinct the writer may make a dictionary; else they stay plain. */
export function encodingOf(
  data: ColumnData,
  count: CountDistinct,
): { readonly encoding?: 'BYTE_STREAM_SPLIT' | 'PLAIN' } {
  if (!(data instanceof Float32Array || data instanceof Float64Array)) return {};
  const limit = (3 * data.length) / 4;
  const distinct = count(data, limit);
  if (distinct > limit) return { encoding: 'BYTE_STREAM_SPLIT' };
  return 2 * distinct > data.length ? { encoding: 'PLAIN' } : {};
}
