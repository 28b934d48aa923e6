import type { Program } from './program.js';

export type EngineKind = 'wasm-simd' | 'oracle';

/** One call: `agents` agents in turn, each all its steps. Positions are floats from the bank's start. */
export interface Job {
  readonly program: Program;
  /** Where the program's words lie in the bank. */
  readonly code: number;
  readonly agents: number;
  readonly steps: number;
  /** First agent's parameters; its two moments follow them. */
  readonly block: number;
  readonly blockStride: number;
  /** First agent's first minibatch; steps lie one behind the other. */
  readonly data: number;
  readonly dataStride: number;
  readonly shared: number;
  readonly sharedStride: number;
  readonly scratch: number;
  readonly gradient: number;
  /** First agent's first step; every step writes its own. */
  readonly record: number;
}

/** One memory and what computes on it. Views made before `grow` are stale afterwards. */
export interface Bank {
  readonly buffer: () => ArrayBuffer;
  /** Makes the memory at least `bytes` long, its contents kept. */
  readonly grow: (bytes: number) => void;
  readonly run: (job: Job) => void;
}

/** A way to run op programs. */
export interface Backend {
  readonly kind: EngineKind;
  /** What one bank holds at most. */
  readonly maximumBytes: number;
  /** Bytes at a bank's start that are the backend's own. */
  readonly reservedBytes: number;
  readonly open: () => Bank;
}
