/** Places in order of time, then of the tie-breaking number, then as they stand: a merge sort from the bottom up, on
 * columns, because a comparison that is called back costs more than all that an event does on the book. */
export function arrivalOrder(time: Float64Array, tie: Float64Array): Uint32Array {
  const size = time.length;
  let sorted = Uint32Array.from(time.keys());
  let merged = new Uint32Array(size);
  const isBefore = (a: number, b: number): boolean =>
    time[a]! < time[b]! || (time[a] === time[b] && tie[a]! < tie[b]!);
  for (let width = 1; width < size; width *= 2) {
    for (let start = 0; start < size; start += 2 * width) {
      const middle = Math.min(size, start + width);
      const end = Math.min(size, middle + width);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const takeRight = left === middle || (right < end && isBefore(sorted[right]!, sorted[left]!));
        merged[at] = sorted[takeRight ? right++ : left++]!;
      }
    }
    [sorted, merged] = [merged, sorted];
  }
  return sorted;
}
