import type { Roster } from './traced-cohort.js';

/** An agent's float64 numbers, then its parameters and moments as they lie in memory. */
export function saveAgent({ width, seat }: Roster, agent: number): Uint8Array {
  const { memory, block, state } = seat(agent);
  const bytes = new Uint8Array(state.byteLength + 12 * width);
  bytes.set(new Uint8Array(state.buffer, state.byteOffset, state.byteLength));
  bytes.set(new Uint8Array(memory.floats().buffer, 4 * block, 12 * width), state.byteLength);
  return bytes;
}

export function loadAgent({ network, width, seat }: Roster, agent: number, bytes: Uint8Array): void {
  const { memory, block, state } = seat(agent);
  const expected = state.byteLength + 12 * width;
  if (bytes.length !== expected)
    throw new RangeError(`${network.architecture}: a state of ${bytes.length} bytes, expected ${expected}`);
  const into = new Uint8Array(state.buffer, state.byteOffset, state.byteLength);
  into.set(bytes.subarray(0, state.byteLength));
  new Uint8Array(memory.floats().buffer, 4 * block, 12 * width).set(bytes.subarray(state.byteLength));
}
