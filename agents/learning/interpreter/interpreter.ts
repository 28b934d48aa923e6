import type { Backend, Bank, Job } from '../backend.js';
import { bytes } from './bytes.js';
import type { LinearMemory, Module } from './webassembly.js';
import { webAssembly } from './webassembly.js';

/** What the assembly exports (assembly/index.ts); addresses and strides in bytes. */
interface Exports {
  readonly memory: LinearMemory;
  readonly run: (...words: readonly number[]) => void;
}

const PAGE = 65536;

/** The module's own data lies at 1,024 and ends before this. */
const RESERVED = 4096;

/** WebAssembly addresses 4 GiB; the last page stays free, so that no address wraps. */
const MAXIMUM = 65535 * PAGE;

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  return Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
}

function runJob({ run }: Exports, job: Job): void {
  const { sizes } = job.program;
  run(
    4 * job.code,
    job.agents,
    job.steps,
    4 * job.block,
    4 * job.blockStride,
    4 * sizes.parameter,
    4 * job.data,
    4 * sizes.data,
    4 * job.dataStride,
    4 * job.shared,
    4 * job.sharedStride,
    4 * job.scratch,
    4 * job.gradient,
    4 * job.record,
    4 * sizes.record,
  );
}

function openBank(instantiate: () => unknown): Bank {
  const exports = instantiate() as Exports;
  return {
    buffer: () => exports.memory.buffer,
    grow: (wanted) => {
      const pages = Math.ceil(wanted / PAGE) - exports.memory.buffer.byteLength / PAGE;
      if (pages > 0) exports.memory.grow(pages);
    },
    run: (job) => runJob(exports, job),
  };
}

/** The op programs on WebAssembly SIMD, or nothing where this platform has none. */
export function interpreter(platform = webAssembly): Backend | undefined {
  const compiled = decode(bytes);
  if (!platform?.validate(compiled)) return undefined;
  const module: Module = new platform.Module(compiled);
  const instantiate = () => new platform.Instance(module, {}).exports;
  return {
    kind: 'wasm-simd',
    maximumBytes: MAXIMUM,
    reservedBytes: RESERVED,
    open: () => openBank(instantiate),
  };
}
