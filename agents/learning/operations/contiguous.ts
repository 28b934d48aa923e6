import type { Tensor } from '../tensor.js';
import { isContiguous } from '../tensor.js';
import { contribute, onTape, temporary } from '../trace.js';
import { copyTo } from './emitters.js';

/** The tensor itself, or a copy of a strided view: elementwise kernels run over whole storage. */
export function contiguous(view: Tensor): Tensor {
  if (isContiguous(view)) return view;
  const to = temporary(view.trace, view.name, view.rows, view.columns, view.tracked);
  copyTo(view, to);
  return onTape(to, (gradient) => contribute(view, (into) => copyTo(gradient, into)));
}
