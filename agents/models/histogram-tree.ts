import type { Stream } from '../../core/random.js';
import type { RefitFlops } from '../learning/cohort.js';
import type { Rows } from './direct-cohort.js';

/** Rows as bins: `codes` says in which of at most 32 quantile bins each value falls. */
export interface Binned {
  readonly width: number;
  readonly count: number;
  /** Column by column, for a cut reads one feature of many rows. */
  readonly codes: Uint8Array;
  /** Upper edge of each bin, by feature; a value belongs to the first bin whose edge it does not exceed. */
  readonly edges: readonly Float32Array[];
}

export interface TreeOptions {
  readonly depth: number;
  readonly minLeaf: number;
  /** Share of features tried at each split. */
  readonly featureShare: number;
}

const BINS = 32;

function edgesOf({ inputs, width, count }: Rows, feature: number): Float32Array {
  const sorted = Float32Array.from({ length: count }, (_, row) => inputs[row * width + feature]!).sort();
  const cuts = Array.from({ length: BINS - 1 }, (_, i) => sorted[Math.floor(((i + 1) * count) / BINS)] ?? 0);
  return Float32Array.from([...new Set(cuts)]);
}

function binOf(edges: Float32Array, value: number): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Sorts every feature's values into quantile bins. */
export function bin(rows: Rows): Binned {
  const { inputs, width, count } = rows;
  const edges = Array.from({ length: width }, (_, feature) => edgesOf(rows, feature));
  const codes = new Uint8Array(count * width);
  for (let feature = 0; feature < width; feature++)
    for (let row = 0; row < count; row++)
      codes[feature * count + row] = binOf(edges[feature]!, inputs[row * width + feature]!);
  return { width, count, codes, edges };
}

/** Numbers of one tree: a feature and a threshold a split, a value a leaf; no split is feature -1. */
export const treeLength = (depth: number): number => 3 * (1 << depth) - 2;

/** The i-th tree of a state that begins with equal blocks of trees. */
export const treeAt = (state: Float64Array, depth: number, i: number): Float64Array =>
  state.subarray(i * treeLength(depth), (i + 1) * treeLength(depth));

interface Split {
  readonly feature: number;
  readonly bin: number;
  readonly gain: number;
}

/** The best cut of one feature: largest fall in squared error, from sums and counts by bin. */
function bestCut(
  data: Binned,
  targets: Float64Array,
  rows: Int32Array,
  feature: number,
  minLeaf: number,
): Split {
  const [sums, counts] = [new Float64Array(BINS), new Float64Array(BINS)];
  let total = 0;
  const base = feature * data.count;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    const code = data.codes[base + row]!;
    const target = targets[row]!;
    sums[code]! += target;
    counts[code]! += 1;
    total += target;
  }
  let best: Split = { feature: -1, bin: 0, gain: 1e-12 };
  let [sum, count] = [0, 0];
  for (let code = 0; code < data.edges[feature]!.length; code++) {
    sum += sums[code]!;
    count += counts[code]!;
    const rest = rows.length - count;
    if (count < minLeaf || rest < minLeaf) continue;
    const gain = sum ** 2 / count + (total - sum) ** 2 / rest - total ** 2 / rows.length;
    if (gain > best.gain) best = { feature, bin: code, gain };
  }
  return best;
}

/** Features that are tried at a split. */
const tried = (width: number, share: number): number =>
  share >= 1 ? width : Math.max(1, Math.round(share * width));

function candidates(width: number, share: number, stream: Stream): number[] {
  const all = Array.from({ length: width }, (_, feature) => feature);
  return share >= 1 ? all : stream.shuffle(all).slice(0, tried(width, share));
}

/** FLOPs of growing a whole tree, at most: on every level each row is added to three sums of each feature that is tried,
 * and each cut between bins is valued by twelve; a row counts once more in its leaf. A feature of few values has fewer
 * cuts, and none is valued that would leave a side with too few rows. */
export function growFlops(width: number, { depth, featureShare }: TreeOptions): RefitFlops {
  const features = tried(width, featureShare);
  const splits = (1 << depth) - 1;
  return { flops: splits * features * (BINS - 1) * 12, flopsPerRow: depth * features * 3 + 1, isMost: true };
}

const meanOf = (targets: Float64Array, rows: Int32Array): number => {
  let sum = 0;
  for (const row of rows) sum += targets[row]!;
  return rows.length > 0 ? sum / rows.length : 0;
};

/** Grows a tree on `rows` (repeats allowed) into `tree`, breadth first.
 * @source Ke et al. 2017, LightGBM (histogram splits); Breiman 2001 (features drawn at each split)
 */
export function growTree(
  data: Binned,
  targets: Float64Array,
  rows: Int32Array,
  { depth, minLeaf, featureShare }: TreeOptions,
  stream: Stream,
  tree: Float64Array,
): void {
  const splits = (1 << depth) - 1;
  const grow = (node: number, here: Int32Array): void => {
    if (node >= splits) {
      tree[2 * splits + node - splits] = meanOf(targets, here);
      return;
    }
    const cuts = candidates(data.width, featureShare, stream).map((feature) =>
      bestCut(data, targets, here, feature, minLeaf),
    );
    const best = cuts.reduce((a, b) => (b.gain > a.gain ? b : a));
    const split = best.feature >= 0;
    tree[2 * node] = best.feature;
    tree[2 * node + 1] = split ? data.edges[best.feature]![best.bin]! : 0;
    const goesLeft = (row: number) => !split || data.codes[best.feature * data.count + row]! <= best.bin;
    grow(2 * node + 1, here.filter(goesLeft));
    grow(
      2 * node + 2,
      here.filter((row) => !goesLeft(row)),
    );
  };
  grow(0, rows);
}

/** What a tree says of a row. */
export function consult(tree: Float64Array, depth: number, row: ArrayLike<number>, at: number): number {
  const splits = (1 << depth) - 1;
  let node = 0;
  while (node < splits) {
    const feature = tree[2 * node]!;
    node = 2 * node + (feature < 0 || row[at + feature]! <= tree[2 * node + 1]! ? 1 : 2);
  }
  return tree[2 * splits + node - splits]!;
}
