import { concatenatedBytes } from '../../core/concatenated.js';
import { publicBytes } from '../../core/privacy/secure/sizes.js';
import type {
  Keys,
  Message,
  Ready,
  Reply,
  ReplyTo,
  Revealed,
  Sealed,
  Updates,
  Welcome,
} from '../../core/protocol.js';
import { kernelWidth } from '../../core/representation-kernel.js';
import { skillWidth } from '../../core/skill.js';
import { maskedWidths } from '../round/masked-widths.js';

/** What is known of a host that does not answer. */
export interface Silent {
  readonly welcome: Welcome;
  readonly ready: Pick<Ready, 'features' | 'parameterCounts'>;
}

type Asked<T extends Message['type']> = Extract<Message, { type: T }>;
type Blanks = {
  readonly [T in Exclude<Message['type'], 'welcome'>]: (asked: Asked<T>, host: Silent) => ReplyTo[T];
};

const done = { type: 'done' } as const;

const blanks: Blanks = {
  observe: () => done,
  install: () => done,
  load: () => done,
  farewell: () => done,
  save: () => ({ type: 'saved', hash: '', state: new Uint8Array(0) }),
  invite: ({ round }) => ({ type: 'keys', round, learners: [], publicKeys: new Uint8Array(0) }),
  share: ({ round }) => ({
    type: 'sealed',
    round,
    learners: [],
    sealed: new Uint8Array(0),
    sizes: new Int32Array(0),
  }),
  unmask: ({ round }) => ({
    type: 'revealed',
    round,
    learners: [],
    shares: new Uint8Array(0),
    sizes: new Int32Array(0),
  }),
  train: ({ round }, { welcome }) => ({
    type: 'updates',
    round,
    learners: [],
    architecture: new Int32Array(0),
    examples: new Int32Array(0),
    loss: new Float64Array(0),
    localSteps: new Int32Array(0),
    deltas: new Float32Array(0),
    controls: new Float32Array(0),
    within: new Float64Array(0),
    masked: new Int32Array(0),
    packed: new Uint8Array(0),
    packedSizes: new Int32Array(0),
    accounts: [],
    satOut: [],
    skill: new Float64Array(welcome.seats.length * skillWidth),
    readings: [],
    readingValues: new Float64Array(0),
  }),
  decide: ({ day }, { welcome }) => {
    const seats = welcome.seats.length;
    const cells = seats * welcome.brief.assets.length;
    return {
      type: 'decisions',
      day,
      orders: new Float64Array(cells),
      mean: new Float32Array(cells),
      stdDev: new Float32Array(cells).fill(1),
      acted: new Uint8Array(seats),
      held: [],
    };
  },
  probe: ({ inputs }, { welcome, ready }) => ({
    type: 'probe-reply',
    forecasts: new Float32Array((welcome.seats.length * inputs.length) / ready.features).fill(NaN),
    kernels: new Float32Array(welcome.seats.length * kernelWidth(inputs.length / ready.features)).fill(NaN),
  }),
};

/** What stands in for the answer of a host that is away: nobody trained, nobody decided, probes are NaN. */
export const blankReply = (asked: Exclude<Message, Welcome>, host: Silent): Reply =>
  (blanks[asked.type] as (asked: Message, host: Silent) => Reply)(asked, host);

/** An update message without those of some learners. */
function withoutUpdates(reply: Updates, away: ReadonlySet<string>, counts: Int32Array): Updates {
  let [at, words] = [0, 0];
  const widths = maskedWidths(reply, counts);
  const rows = reply.learners.map((id, u) => {
    const [from, first] = [at, words];
    at += counts[reply.architecture[u]!]!;
    words += widths[u]!;
    return {
      id,
      u,
      delta: reply.deltas.subarray(from, at),
      control: reply.controls.subarray(from, at),
      masked: reply.masked.subarray(first, words),
    };
  });
  const kept = rows.filter(({ id }) => !away.has(id));
  const told = reply.readings.flatMap(({ id }, r) => (away.has(id) ? [] : [r]));
  return {
    ...reply,
    learners: kept.map(({ id }) => id),
    architecture: Int32Array.from(kept, ({ u }) => reply.architecture[u]!),
    examples: Int32Array.from(kept, ({ u }) => reply.examples[u]!),
    loss: Float64Array.from(kept, ({ u }) => reply.loss[u]!),
    localSteps: Int32Array.from(kept, ({ u }) => reply.localSteps[u]!),
    deltas: Float32Array.from(kept.flatMap(({ delta }) => Array.from(delta))),
    controls: Float32Array.from(kept.flatMap(({ control }) => Array.from(control))),
    ...packedOf(reply, away),
    masked: Int32Array.from(kept.flatMap(({ masked }) => Array.from(masked))),
    within: reply.within.length === 0 ? reply.within : Float64Array.from(kept, ({ u }) => reply.within[u]!),
    accounts: reply.accounts.filter(({ id }) => !away.has(id)),
    satOut: reply.satOut.filter(({ id }) => !away.has(id)),
    readings: told.map((r) => reply.readings[r]!),
    readingValues: Float64Array.from(told, (r) => reply.readingValues[r]!),
  };
}

/** Which learners of a reply stay, and their bytes of a column that has so many for each. */
function keptBytes(
  learners: readonly string[],
  bytes: Uint8Array,
  sizes: ArrayLike<number>,
  away: ReadonlySet<string>,
) {
  let at = 0;
  const rows = learners.map((id, i) => ({ id, size: sizes[i]!, own: bytes.subarray(at, (at += sizes[i]!)) }));
  const kept = rows.filter(({ id }) => !away.has(id));
  return {
    learners: kept.map(({ id }) => id),
    bytes: concatenatedBytes(kept.map(({ own }) => own)),
    sizes: Int32Array.from(kept, ({ size }) => size),
  };
}

/** Compressed updates without those of some. */
function packedOf({ learners, packed, packedSizes }: Updates, away: ReadonlySet<string>) {
  if (packedSizes.length === 0) return { packed, packedSizes };
  const { bytes, sizes } = keptBytes(learners, packed, packedSizes, away);
  return { packed: bytes, packedSizes: sizes };
}

/** A reply about a round's masks, without those of some. */
function withoutMasks(reply: Keys | Sealed | Revealed, away: ReadonlySet<string>): Reply {
  if (reply.type === 'keys') {
    const each = reply.learners.map(() => publicBytes);
    const { learners, bytes } = keptBytes(reply.learners, reply.publicKeys, each, away);
    return { ...reply, learners, publicKeys: bytes };
  }
  const column = reply.type === 'sealed' ? reply.sealed : reply.shares;
  const { learners, bytes, sizes } = keptBytes(reply.learners, column, reply.sizes, away);
  return reply.type === 'sealed'
    ? { ...reply, learners, sealed: bytes, sizes }
    : { ...reply, learners, shares: bytes, sizes };
}

/** Ids of the institutions in these rows. A pool learns at the host of the first institution, and is away with it. */
function idsOf(rows: ReadonlySet<number>, { seats, pools }: Welcome): Set<string> {
  const ids = [...rows].map((row) => seats[row]!.id);
  return new Set([...ids, ...(rows.has(0) ? pools.map(({ id }) => id) : [])]);
}

/** Overwrites the rows of a table of so many rows. */
function overwritten<A extends Float32Array | Float64Array | Uint8Array>(
  table: A,
  seats: number,
  rows: ReadonlySet<number>,
  value: number,
): A {
  const width = table.length / seats;
  const copy = table.slice() as A;
  for (const row of rows) copy.fill(value, row * width, (row + 1) * width);
  return copy;
}

/** A host's reply as it is where some of its institutions are away: as `blankReply` for those, as it is for others. */
export function silenced(reply: Reply, rows: ReadonlySet<number>, { welcome, ready }: Silent): Reply {
  if (rows.size === 0) return reply;
  const seats = welcome.seats.length;
  if (reply.type === 'updates')
    return {
      ...withoutUpdates(reply, idsOf(rows, welcome), ready.parameterCounts),
      skill: overwritten(reply.skill, seats, rows, 0),
    };
  if (reply.type === 'keys' || reply.type === 'sealed' || reply.type === 'revealed')
    return withoutMasks(reply, idsOf(rows, welcome));
  if (reply.type === 'decisions')
    return {
      ...reply,
      orders: overwritten(reply.orders, seats, rows, 0),
      mean: overwritten(reply.mean, seats, rows, 0),
      stdDev: overwritten(reply.stdDev, seats, rows, 1),
      acted: overwritten(reply.acted, seats, rows, 0),
      held: reply.held.filter(({ id }) => !idsOf(rows, welcome).has(id)),
    };
  return reply.type === 'probe-reply'
    ? {
        ...reply,
        forecasts: overwritten(reply.forecasts, seats, rows, NaN),
        kernels: overwritten(reply.kernels, seats, rows, NaN),
      }
    : reply;
}
