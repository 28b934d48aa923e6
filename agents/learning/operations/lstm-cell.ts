import { OPCODES } from '../instructions.js';
import type { Tensor } from '../tensor.js';
import { requireShape, storage } from '../tensor.js';
import { contribute, emit, like, onTape, temporary } from '../trace.js';
import { copyTo } from './emitters.js';

/** Flops of one unit: five transcendental values and the cell's own products. */
const UNIT = 130;

export interface LstmState {
  readonly hidden: Tensor;
  readonly cell: Tensor;
}

/** What reaches the new cell from the step after; nothing, at the last step. */
function gradientOfCell(cell: Tensor): Tensor {
  const known = cell.trace.gradients.get(cell);
  if (known) return known;
  const none = like(cell, 'gradient of cell');
  emit(cell.trace, OPCODES.fill, [none.at, { float: 0 }, storage(none)]);
  return none;
}

/** One step of a long short-term memory; `gates` holds [in, forget, candidate, out], not yet activated.
 * @formula c' = σ(f) c + σ(i) tanh(g); h = σ(o) tanh(c')
 * @shape   gates (rows, 4 width), cell (rows, width); width a multiple of 4
 * @source  Hochreiter & Schmidhuber 1997; Gers, Schmidhuber & Cummins 2000 (forget gate)
 * @pitfall gates are activated where they lie: nobody else may read them
 */
export function lstmCell(gates: Tensor, cell: Tensor): LstmState {
  const { trace, rows, columns: width } = cell;
  requireShape(
    'lstmCell',
    gates.rows === rows && gates.columns === 4 * width && width % 4 === 0,
    gates,
    cell,
  );
  const newCell = temporary(trace, 'cell', rows, width, true);
  const tanhCell = like(cell, 'tanh cell');
  const hidden = temporary(trace, 'hidden', rows, width, true);
  const words = [rows, width, gates.at, cell.at, newCell.at, tanhCell.at, hidden.at];
  emit(trace, OPCODES.lstmCell, words, UNIT * rows * width);
  onTape(hidden, (gradient) => {
    const through = gradientOfCell(newCell);
    contribute(gates, (into) => {
      const back = [rows, width, gates.at, cell.at, tanhCell.at, gradient.at, through.at, into.at];
      emit(trace, OPCODES.lstmCellBackward, back, 30 * rows * width);
    });
    // The kernel leaves the earlier cell's gradient where the later one's was.
    contribute(cell, (into) => copyTo(through, into));
  });
  return { hidden, cell: newCell };
}
