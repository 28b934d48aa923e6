import type { Backend, Bank, EngineKind } from './backend.js';
import { preferredBackend } from './preferred-backend.js';

/** One bank of an engine, with a bump allocator; positions are floats. */
export interface Memory {
  readonly bank: Bank;
  /** The memory's floats; made anew after growth, so never hold on to it across an allocation. */
  readonly floats: () => Float32Array;
  /** Room for one call at a time: minibatches, scratch, gradients, records. It is the same room every time, grown where
   * it lies or given back before another is taken. */
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

/** Thrown where what one agent needs at a time is more than a memory holds. */
export class MemoryFull extends RangeError {
  constructor(needed: number, held: number) {
    super(`needs ${needed} bytes of a memory that holds at most ${held}`);
    this.name = 'MemoryFull';
  }
}

/** Cache lines of 64 bytes. */
const aligned = (floats: number): number => (floats + 15) & ~15;

/** Memory grows by at least this, so that many small cohorts do not copy it over and over. */
const GROWTH = 2 ** 20;

/** Some floats in a row. */
interface Room {
  readonly at: number;
  readonly size: number;
}

function openMemory(backend: Backend): Memory {
  const bank = backend.open();
  let used = backend.reservedBytes / 4;
  let view = new Float32Array(bank.buffer());
  let workspace: Room = { at: 0, size: 0 };
  const vacant: Room[] = [];
  const floats = () => (view.buffer === bank.buffer() ? view : (view = new Float32Array(bank.buffer())));
  const reach = (end: number): void => {
    const needed = 4 * end;
    if (needed > backend.maximumBytes) throw new MemoryFull(needed, backend.maximumBytes);
    if (needed > bank.buffer().byteLength) bank.grow(Math.min(backend.maximumBytes, needed + GROWTH));
    used = Math.max(used, end);
  };
  const allocate = (count: number): number => {
    const size = aligned(count);
    const found = vacant.findIndex((room) => room.size >= size);
    if (found >= 0) {
      const [{ at, size: had }] = vacant.splice(found, 1) as [Room];
      if (had > size) vacant.push({ at: at + size, size: had - size });
      floats().fill(0, at, at + size);
      return at;
    }
    const at = used;
    reach(at + size);
    return at;
  };
  const widen = (size: number): Room => {
    const { at, size: had } = workspace;
    if (had > 0 && at + had === used) {
      reach(at + size);
      return { at, size };
    }
    if (had > 0) vacant.push(workspace);
    return { at: allocate(size), size };
  };
  return {
    bank,
    floats,
    allocate,
    workspace: (count) => {
      if (count > workspace.size) workspace = widen(aligned(count));
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
