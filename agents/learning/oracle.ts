import type { Backend, Bank, Job } from './backend.js';
import { OPCODES, SPACES } from './instructions.js';
import * as attention from './oracle/attention.js';
import * as elementwise from './oracle/elementwise.js';
import type { Frame, Kernel } from './oracle/frame.js';
import * as linear from './oracle/gemm.js';
import * as normalising from './oracle/normalising.js';
import * as optimisers from './oracle/optimisers.js';
import * as recurrent from './oracle/recurrent.js';
import * as reductions from './oracle/reductions.js';

type Named = Exclude<keyof typeof OPCODES, 'end'>;

const kernels = {
  ...elementwise,
  ...linear,
  ...normalising,
  ...optimisers,
  ...recurrent,
  ...attention,
  sum: reductions.sum,
  dot: reductions.dot,
  broadcast: reductions.broadcast,
  residualLoss: reductions.residualLoss,
  record: reductions.record,
} satisfies Record<Named, Kernel>;

const byOpcode: Kernel[] = [];
for (const [name, kernel] of Object.entries(kernels)) byOpcode[OPCODES[name as Named]] = kernel;

function runOnce(frame: Frame, code: number): void {
  const { bits } = frame;
  for (let at = code; bits[at] !== OPCODES.end; at += bits[at + 1]!) byOpcode[bits[at]!]!(frame, at);
}

function run(buffer: ArrayBuffer, job: Job): void {
  const { sizes } = job.program;
  const bases = new Int32Array(8);
  const frame = { floats: new Float32Array(buffer), bits: new Int32Array(buffer), bases };
  bases[SPACES.scratch] = job.scratch;
  bases[SPACES.gradient] = job.gradient;
  for (let agent = 0; agent < job.agents; agent++) {
    const block = job.block + agent * job.blockStride;
    bases[SPACES.parameter] = block;
    bases[SPACES.firstMoment] = block + sizes.parameter;
    bases[SPACES.secondMoment] = block + 2 * sizes.parameter;
    bases[SPACES.shared] = job.shared + agent * job.sharedStride;
    for (let step = 0; step < job.steps; step++) {
      bases[SPACES.data] = job.data + agent * job.dataStride + step * sizes.data;
      bases[SPACES.record] = job.record + (agent * job.steps + step) * sizes.record;
      runOnce(frame, job.code);
    }
  }
}

function openBank(): Bank {
  let buffer = new ArrayBuffer(0);
  return {
    buffer: () => buffer,
    grow: (bytes) => {
      const larger = new ArrayBuffer(bytes);
      new Uint8Array(larger).set(new Uint8Array(buffer));
      buffer = larger;
    },
    run: (job) => run(buffer, job),
  };
}

/** The op programs in plain TypeScript, every operation rounded to float32 and in the interpreter's order:
 * what the interpreter is tested against, and what runs where WebAssembly SIMD is missing.
 */
export const oracle: Backend = { kind: 'oracle', maximumBytes: 2 ** 31, reservedBytes: 0, open: openBank };
