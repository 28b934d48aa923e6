import { OPCODES } from '../instructions.js';
import type { Operand, Tensor } from '../tensor.js';
import { isContiguous, requireShape, storage } from '../tensor.js';
import { copyTo } from './emitters.js';
import { contribute, contributeInPlace, emit, onTape, temporary } from '../trace.js';

const ACCUMULATE = 1;
const RELU = 2;

/** One side of a product: where it starts, and how far apart its rows and columns lie. */
interface Side {
  readonly at: Operand;
  readonly rowStride: number;
  readonly columnStride: number;
}

const plain = (t: Tensor): Side => ({ at: t.at, rowStride: t.stride, columnStride: 1 });
const turned = (t: Tensor): Side => ({ at: t.at, rowStride: 1, columnStride: t.stride });

function product(a: Side, inner: number, b: Tensor, to: Tensor, bias: Operand | -1, flags: number): void {
  const { rows, columns, stride } = to;
  emit(
    to.trace,
    OPCODES.gemm,
    [rows, stride, inner, a.at, a.rowStride, a.columnStride, b.at, b.stride, to.at, stride, bias, flags],
    2 * rows * columns * inner,
  );
}

/** A copy with rows and columns exchanged, for the products of the way back. */
function turnedCopy(a: Tensor): Tensor {
  const to = temporary(a.trace, `${a.name}ᵀ`, a.columns, a.rows, false);
  emit(a.trace, OPCODES.transpose, [a.rows, a.columns, a.at, a.stride, to.at, to.stride]);
  return to;
}

function productBackward(a: Tensor, b: Tensor, gradient: Tensor): void {
  contributeInPlace(b, (into, add) => product(turned(a), a.rows, gradient, into, -1, add * ACCUMULATE));
  contributeInPlace(a, (into, add) =>
    product(plain(gradient), b.columns, turnedCopy(b), into, -1, add * ACCUMULATE),
  );
}

function biasBackward(bias: Tensor, gradient: Tensor): void {
  const { rows, columns, stride } = gradient;
  contributeInPlace(bias, (into, add) =>
    emit(bias.trace, OPCODES.columnSum, [rows, stride, gradient.at, stride, into.at, add], rows * columns),
  );
}

const result = (name: string, a: Tensor, b: Tensor): Tensor =>
  temporary(a.trace, name, a.rows, b.columns, a.tracked || b.tracked);

/** a b, each sum taken in the order of the inner index. */
export function matmul(a: Tensor, b: Tensor): Tensor {
  requireShape('matmul', a.columns === b.rows && isContiguous(b), a, b);
  const to = result(`${a.name}·${b.name}`, a, b);
  product(plain(a), a.columns, b, to, -1, 0);
  return onTape(to, (gradient) => productBackward(a, b, gradient));
}

function affineForward(a: Tensor, weights: Tensor, bias: Tensor, flags: number): Tensor {
  const fits = a.columns === weights.rows && bias.rows === 1 && bias.columns === weights.columns;
  requireShape('affine', fits && isContiguous(weights), a, weights, bias);
  const to = result(`affine ${weights.name}`, a, weights);
  product(plain(a), a.columns, weights, to, bias.at, flags);
  return to;
}

/** a W + bias, in one instruction. */
export function affine(a: Tensor, weights: Tensor, bias: Tensor): Tensor {
  const to = affineForward(a, weights, bias, 0);
  return onTape(to, (gradient) => {
    productBackward(a, weights, gradient);
    biasBackward(bias, gradient);
  });
}

/** a W + bias + c V, in two instructions: what a recurrent cell feeds its gates with. */
export function affineSum(a: Tensor, weights: Tensor, bias: Tensor, c: Tensor, others: Tensor): Tensor {
  requireShape('affineSum', c.columns === others.rows && others.columns === weights.columns, c, others);
  const to = affineForward(a, weights, bias, 0);
  product(plain(c), c.columns, others, to, -1, ACCUMULATE);
  return onTape({ ...to, tracked: true }, (gradient) => {
    productBackward(a, weights, gradient);
    productBackward(c, others, gradient);
    biasBackward(bias, gradient);
  });
}

/** max(0, a W + bias): the rectifier is applied while the result is still in registers. */
export function affineRelu(a: Tensor, weights: Tensor, bias: Tensor): Tensor {
  const to = affineForward(a, weights, bias, RELU);
  return onTape(to, (gradient) => {
    // Nobody else reads this gradient, so it is masked where it lies.
    emit(a.trace, OPCODES.reluBackward, [gradient.at, gradient.at, to.at, storage(to)], storage(to));
    productBackward(a, weights, gradient);
    biasBackward(bias, gradient);
  });
}

/** a + row, the row added to every row. */
export function addRow(a: Tensor, row: Tensor): Tensor {
  requireShape('addRow', row.rows === 1 && row.columns === a.columns, a, row);
  const to = temporary(a.trace, `${a.name}+${row.name}`, a.rows, a.columns, a.tracked || row.tracked);
  emit(a.trace, OPCODES.addRow, [a.rows, to.stride, a.at, a.stride, row.at, to.at], storage(to));
  return onTape(to, (gradient) => {
    biasBackward(row, gradient);
    contribute(a, (into) => copyTo(gradient, into));
  });
}
