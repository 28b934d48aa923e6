import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { requireShape } from '../tensor.js';
import { contribute, emit, like, onTape, temporary } from '../trace.js';

export interface AttentionShape {
  /** Rows of one sample, in order of time. */
  readonly length: number;
  readonly heads: number;
  /** How far back a row looks, itself included: `length` for all the past, less for local attention. */
  readonly span: number;
}

/** Causal self-attention: every row takes a mean of the values at and before it, weighted by softmax(q k / √d).
 * @shape   queries, keys, values (samples x length, width); width a multiple of 4 heads
 * @source  Vaswani et al. 2017, Attention Is All You Need; Beltagy et al. 2020, Longformer (local attention)
 */
export function attention(queries: Tensor, keys: Tensor, values: Tensor, shape: AttentionShape): Tensor {
  const { trace, rows, columns: width } = queries;
  const { length, heads, span } = shape;
  const fits = [keys, values].every((other) => other.rows === rows && other.columns === width);
  requireShape('attention', fits && rows % length === 0 && width % (4 * heads) === 0, queries, keys, values);
  const samples = rows / length;
  const weights = temporary(trace, 'attention weights', samples * heads * length, length, false);
  const to = temporary(trace, 'attention', rows, width, true);
  const scale = { float: 1 / Math.sqrt(width / heads) };
  const head = [samples, length, width, heads, span, scale, queries.at, keys.at, values.at, weights.at];
  const flops = rows * Math.min(span, length) * (4 * width + 28 * heads);
  emit(trace, OPCODES.attention, [...head, to.at], flops);
  return onTape(to, (gradient) => {
    const [toQueries, toKeys, toValues] = [like(to, 'dq'), like(to, 'dk'), like(to, 'dv')];
    const row = temporary(trace, 'slopes', 1, length, false);
    const back = [gradient.at, toQueries.at, toKeys.at, toValues.at, row.at];
    emit(trace, OPCODES.attentionBackward, [...head, ...back], 2 * flops);
    const move = (from: Tensor) => (into: Tensor) =>
      emit(trace, OPCODES.scaleBy, [into.at, from.at, -1, { float: 1 }, rows * width]);
    contribute(queries, move(toQueries));
    contribute(keys, move(toKeys));
    contribute(values, move(toValues));
  });
}
