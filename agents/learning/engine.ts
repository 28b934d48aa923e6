import type { Backend, Bank, EngineKind } from './backend.js';
import { preferredBackend } from './preferred-backend.js';

/** One bank of an engine, with a bump allocator; positions are floats. */
export interface Memory {
  readonly bank: Bank;
  /** The memory's floats; made anew after growth, so never hold on to it across an allocation. */
  readonly floats: () => Float32Array;
  /** Room for one call at a time: minibatches, scratch, gradients, records. */
  readonly workspace: (floats: number) => number;
  readonly allocate: (floats: number) => number;
}

/** A run of equal blocks in one memory. */
export interface Placement {
  readonly memory: Memory;
  readonly at: number;
  readonly first: number;
  readonly count: number;
}

/** What computes for the cohorts of one thread. */
export interface Engine {
  readonly kind: EngineKind;
  /** Places `count` blocks of `floats` each, over as many memories as it takes. */
  readonly place: (count: number, floats: number) => Placement[];
  /** Bytes held by all memories. */
  readonly bytes: () => number;
}

/** Cache lines of 64 bytes. */
const aligned = (floats: number): number => (floats + 15) & ~15;

/** Memory grows by at least this, so that many small cohorts do not copy it over and over. */
const GROWTH = 2 ** 20;

function openMemory(backend: Backend): Memory {
  const bank = backend.open();
  let used = backend.reservedBytes / 4;
  let view = new Float32Array(bank.buffer());
  let workspace = { at: 0, size: 0 };
  const floats = () => (view.buffer === bank.buffer() ? view : (view = new Float32Array(bank.buffer())));
  const allocate = (count: number): number => {
    const at = used;
    const needed = 4 * (at + aligned(count));
    if (needed > backend.maximumBytes)
      throw new RangeError(`a memory holds at most ${backend.maximumBytes} bytes`);
    if (needed > bank.buffer().byteLength) bank.grow(Math.min(backend.maximumBytes, needed + GROWTH));
    used += aligned(count);
    return at;
  };
  return {
    bank,
    floats,
    allocate,
    workspace: (count) => {
      if (count > workspace.size) workspace = { at: allocate(2 * count), size: 2 * count };
      return workspace.at;
    },
  };
}

/** Opens an engine: cohorts of one thread share it, and with it its memories.
 * `agentBytes` is what one memory holds of agents; workspaces come on top.
 */
export function openEngine({
  backend = preferredBackend,
  agentBytes = 2 ** 30,
}: { readonly backend?: Backend; readonly agentBytes?: number } = {}): Engine {
  const memories: { readonly memory: Memory; free: number }[] = [];
  const withRoom = (floats: number) => {
    const open = memories.find(({ free }) => free >= floats);
    if (open) return open;
    const opened = { memory: openMemory(backend), free: Math.max(Math.floor(agentBytes / 4), floats) };
    memories.push(opened);
    return opened;
  };
  const place = (count: number, floats: number): Placement[] => {
    const placed: Placement[] = [];
    for (let first = 0; first < count;) {
      const room = withRoom(floats);
      const taken = Math.min(count - first, Math.floor(room.free / floats));
      room.free -= taken * floats;
      placed.push({ memory: room.memory, at: room.memory.allocate(taken * floats), first, count: taken });
      first += taken;
    }
    return placed;
  };
  const bytes = () => memories.reduce((total, { memory }) => total + memory.bank.buffer().byteLength, 0);
  return { kind: backend.kind, place, bytes };
}
