/** From how many places on a bucket is left to the engine's sort, whose time does not grow with their square. */
const CROWD = 32;

/** Places in order of time, then of the tie-breaking number, then as they stand.
 *
 * Times are spread over as many buckets as there are, so that most hold few: a comparison that is called back for every
 * pair costs more than an event does on the book.
 */
export function arrivalOrder(time: Float64Array, tie: Float64Array): Uint32Array {
  const { order, ends } = bucketed(time);
  const compare = (a: number, b: number): number => time[a]! - time[b]! || tie[a]! - tie[b]! || a - b;
  const isBefore = (a: number, b: number): boolean =>
    time[a]! < time[b]! || (time[a] === time[b] && tie[a]! < tie[b]!);
  let start = 0;
  for (let bucket = 0; bucket < ends.length; bucket++) {
    const end = ends[bucket]!;
    if (end - start < CROWD) insertInOrder(order, start, end, isBefore);
    else order.subarray(start, end).sort(compare);
    start = end;
  }
  return order;
}

/** Places by bucket, each bucket's as they stand, and where every bucket ends. */
function bucketed(time: Float64Array): { readonly order: Uint32Array; readonly ends: Uint32Array } {
  const size = time.length;
  const bucketOf = bucketsOver(time);
  const ends = new Uint32Array(size);
  for (let place = 0; place < size; place++) ends[bucketOf(time[place]!)]! += 1;
  for (let bucket = 1; bucket < size; bucket++) ends[bucket]! += ends[bucket - 1]!;
  const order = new Uint32Array(size);
  const next = ends.slice();
  for (let place = size - 1; place >= 0; place--) order[--next[bucketOf(time[place]!)]!] = place;
  return { order, ends };
}

/** The bucket of a time, of as many equally wide ones as there are times; one holds all where they hardly differ. */
function bucketsOver(time: Float64Array): (t: number) => number {
  let [first, last] = [Infinity, -Infinity];
  for (let place = 0; place < time.length; place++) {
    first = Math.min(first, time[place]!);
    last = Math.max(last, time[place]!);
  }
  const perShare = (time.length - 1) / (last - first);
  const scale = Number.isFinite(perShare) ? perShare : 0;
  return (t) => Math.floor((t - first) * scale);
}

/** Insertion sort of the part of an order from start to end. */
function insertInOrder(
  order: Uint32Array,
  start: number,
  end: number,
  isBefore: (a: number, b: number) => boolean,
): void {
  for (let at = start + 1; at < end; at++) {
    const place = order[at]!;
    let hole = at;
    for (; hole > start && isBefore(place, order[hole - 1]!); hole--) order[hole] = order[hole - 1]!;
    order[hole] = place;
  }
}
