import type { Updates } from '../../core/protocol.js';
import { byCodeUnit } from '../../core/roster.js';
import { maskedWidths } from './masked-widths.js';
import { compressionOf } from '../../core/compression/index.js';
import type { Update } from '../aggregation/aggregation.js';

/** One learner's contribution to a round. */
export interface Contribution extends Update {
  readonly architecture: number;
  readonly loss: number;
  /** Bytes of the update on the wire. */
  readonly bytes: number;
  /** Rounds by which it is late. */
  readonly staleness: number;
  /** Whether it was within its bound (1, else 0), noised where its sender adds noise; undefined: not asked. */
  readonly within?: number;
  /** Its weighed update behind masks, and what is told beside it; undefined: in the clear, in `delta`. */
  readonly masked?: Uint32Array;
}

type Unpack = ReturnType<typeof compressionOf>['unpack'];

const nothing = new Float32Array(0);

/** Contributions that only their sum can be read of. */
function maskedOnes(reply: Updates, parameterCounts: Int32Array): Contribution[] {
  const widths = maskedWidths(reply, parameterCounts);
  let at = 0;
  return reply.learners.map((institution, u) => ({
    institution,
    architecture: reply.architecture[u]!,
    examples: reply.examples[u]!,
    loss: reply.loss[u]!,
    bytes: 4 * widths[u]!,
    staleness: 0,
    localSteps: reply.localSteps[u]!,
    delta: nothing,
    masked: new Uint32Array(reply.masked.slice(at, (at += widths[u]!)).buffer),
  }));
}

/** The contributions of all hosts in order of learner id: no result depends on who answered first. */
export function collect(
  replies: readonly Updates[],
  parameterCounts: Int32Array,
  unpack: Unpack = compressionOf({ method: 'none' }).unpack,
): Contribution[] {
  const all = replies.flatMap((reply) => {
    if (reply.masked.length > 0) return maskedOnes(reply, parameterCounts);
    let [at, first] = [0, 0];
    return reply.learners.map((institution, u): Contribution => {
      const architecture = reply.architecture[u]!;
      const bytes = reply.packedSizes[u];
      const packed = reply.packed.subarray(first, (first += bytes ?? 0));
      const from = at;
      at += parameterCounts[architecture]!;
      const control = reply.controls.subarray(from, at);
      return {
        institution,
        architecture,
        examples: reply.examples[u]!,
        loss: reply.loss[u]!,
        bytes: bytes ?? 4 * (at - from),
        staleness: 0,
        localSteps: reply.localSteps[u]!,
        delta: bytes === undefined ? reply.deltas.subarray(from, at) : unpack(packed, at - from)!,
        ...(reply.controls.length > 0 ? { controlDelta: control } : {}),
        ...(reply.within.length > 0 ? { within: reply.within[u]! } : {}),
      };
    });
  });
  return all.sort((a, b) => byCodeUnit(a.institution, b.institution));
}
