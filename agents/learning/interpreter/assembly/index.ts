// The op-program interpreter: agents outermost, ops innermost, so that one agent's numbers stay in the cache.
import { attention, attentionBackward } from './attention';
import * as elementwise from './elementwise';
import { gemm } from './gemm';
import * as matrices from './matrices';
import * as normalising from './normalising';
import { BASES, word } from './operands';
import * as optimisers from './optimisers';
import { lstmCell, lstmCellBackward } from './recurrent';
import * as reductions from './reductions';

/** Runs one program once; the cases are the opcodes of instructions.ts. */
function runOnce(code: usize): void {
  let c = code;
  while (true) {
    switch (word(c, 0)) {
      case 0:
        return;
      case 1:
        gemm(c);
        break;
      case 2:
        matrices.transpose(c);
        break;
      case 3:
        matrices.columnSum(c);
        break;
      case 4:
        elementwise.reluBackward(c);
        break;
      case 5:
        elementwise.relu(c);
        break;
      case 6:
        elementwise.tanh(c);
        break;
      case 7:
        elementwise.sigmoid(c);
        break;
      case 8:
        elementwise.exp(c);
        break;
      case 9:
        elementwise.log(c);
        break;
      case 10:
        elementwise.tanhBackward(c);
        break;
      case 11:
        elementwise.sigmoidBackward(c);
        break;
      case 12:
        elementwise.add(c);
        break;
      case 13:
        elementwise.subtract(c);
        break;
      case 14:
        elementwise.multiply(c);
        break;
      case 15:
        elementwise.divide(c);
        break;
      case 16:
        elementwise.scaleBy(c);
        break;
      case 17:
        elementwise.fill(c);
        break;
      case 18:
        reductions.dot(c);
        break;
      case 19:
        reductions.sum(c);
        break;
      case 20:
        reductions.broadcast(c);
        break;
      case 21:
        elementwise.copy(c);
        break;
      case 22:
        matrices.addRow(c);
        break;
      case 23:
        reductions.residualLoss(c);
        break;
      case 24:
        normalising.softmax(c);
        break;
      case 25:
        normalising.softmaxBackward(c);
        break;
      case 26:
        normalising.layerNorm(c);
        break;
      case 27:
        normalising.layerNormBackward(c);
        break;
      case 28:
        optimisers.adam(c);
        break;
      case 29:
        optimisers.gradientDescent(c);
        break;
      case 30:
        reductions.record(c);
        break;
      case 31:
        elementwise.flush(c);
        break;
      case 32:
        optimisers.shrink(c);
        break;
      case 33:
        lstmCell(c);
        break;
      case 34:
        lstmCellBackward(c);
        break;
      case 35:
        attention(c);
        break;
      case 36:
        attentionBackward(c);
        break;
      default:
        unreachable();
    }
    c += (<usize>word(c, 1)) << 2;
  }
}

/** Runs `agents` agents in turn, each all its steps. Addresses and strides are in bytes. */
export function run(
  code: usize,
  agents: i32,
  steps: i32,
  block: usize,
  blockStride: usize,
  width: usize,
  data: usize,
  dataStep: usize,
  dataStride: usize,
  shared: usize,
  sharedStride: usize,
  scratch: usize,
  gradient: usize,
  record: usize,
  recordStep: usize,
): void {
  store<u32>(BASES, <u32>scratch, 20);
  store<u32>(BASES, <u32>gradient, 24);
  for (let agent = 0; agent < agents; agent++) {
    store<u32>(BASES, <u32>block);
    store<u32>(BASES, <u32>(block + width), 4);
    store<u32>(BASES, <u32>(block + 2 * width), 8);
    store<u32>(BASES, <u32>shared, 16);
    let batch = data;
    for (let step = 0; step < steps; step++) {
      store<u32>(BASES, <u32>batch, 12);
      store<u32>(BASES, <u32>record, 28);
      runOnce(code);
      batch += dataStep;
      record += recordStep;
    }
    block += blockStride;
    data += dataStride;
    shared += sharedStride;
  }
}
