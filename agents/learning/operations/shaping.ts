import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { requireShape, storage } from '../tensor.js';
import { at, contribute, emit, onTape, temporary } from '../trace.js';
import { copyTo } from './emitters.js';

const clear = (to: Tensor): void => emit(to.trace, OPCODES.fill, [to.at, { float: 0 }, storage(to)]);

const inside = (whole: Tensor, offset: number, rows: number, columns: number): Tensor => ({
  ...whole,
  name: `${whole.name}[${offset}]`,
  rows,
  columns,
  at: at(whole.at.buffer, whole.at.offset + offset),
});

/** Copies into part of a matrix and leaves the rest as it is. */
function copyInside(from: Tensor, to: Tensor): void {
  emit(to.trace, OPCODES.copy, [
    from.rows,
    from.columns,
    from.at,
    from.stride,
    to.at,
    to.stride,
    from.columns,
  ]);
}

function slice(a: Tensor, offset: number, rows: number, columns: number): Tensor {
  const view = inside(a, offset, rows, columns);
  if (!a.tracked) return view;
  const to = temporary(a.trace, view.name, rows, columns, true);
  copyTo(view, to);
  return onTape(to, (gradient) =>
    contribute(a, (into) => {
      clear(into);
      copyInside(gradient, inside(into, offset, rows, columns));
    }),
  );
}

/** Columns [from, to). Of the host's data a view, of anything with a gradient a copy. */
export function sliceColumns(a: Tensor, from: number, to: number): Tensor {
  requireShape('sliceColumns', from >= 0 && from < to && to <= a.columns, a);
  return slice(a, from, a.rows, to - from);
}

/** Rows [from, to). */
export function sliceRows(a: Tensor, from: number, to: number): Tensor {
  requireShape('sliceRows', from >= 0 && from < to && to <= a.rows, a);
  return slice(a, from * a.stride, to - from, a.columns);
}

interface Placed {
  readonly part: Tensor;
  readonly offset: number;
}

function assemble(name: string, whole: Tensor, placed: readonly Placed[]): Tensor {
  const to = { ...whole, name };
  clear(to);
  const place = ({ part, offset }: Placed) => inside(to, offset, part.rows, part.columns);
  for (const entry of placed) copyInside(entry.part, place(entry));
  return onTape(to, (gradient) => {
    for (const { part, offset } of placed)
      contribute(part, (into) => copyTo(inside(gradient, offset, part.rows, part.columns), into));
  });
}

const tracked = (parts: readonly Tensor[]): boolean => parts.some((part) => part.tracked);

/** Matrices side by side. */
export function concatColumns(parts: readonly [Tensor, ...Tensor[]]): Tensor {
  const [first] = parts;
  requireShape(
    'concatColumns',
    parts.every((part) => part.rows === first.rows),
    ...parts,
  );
  const columns = parts.reduce((total, part) => total + part.columns, 0);
  const whole = temporary(first.trace, 'columns', first.rows, columns, tracked(parts));
  let offset = 0;
  const placed = parts.map((part) => ({ part, offset: (offset += part.columns) - part.columns }));
  return assemble('concatColumns', whole, placed);
}

/** Matrices one below the other. */
export function concatRows(parts: readonly [Tensor, ...Tensor[]]): Tensor {
  const [first] = parts;
  requireShape(
    'concatRows',
    parts.every((part) => part.columns === first.columns),
    ...parts,
  );
  const rows = parts.reduce((total, part) => total + part.rows, 0);
  const whole = temporary(first.trace, 'rows', rows, first.columns, tracked(parts));
  let offset = 0;
  const placed = parts.map((part) => ({
    part,
    offset: (offset += part.rows * whole.stride) - part.rows * whole.stride,
  }));
  return assemble('concatRows', whole, placed);
}
