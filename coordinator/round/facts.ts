import { createHash } from 'node:crypto';
import type { Batch, Notice } from '../../core/events.js';
import type { Updates } from '../../core/protocol.js';
import { byCodeUnit } from '../../core/roster.js';
import type { Outcome } from './aggregate.js';
import { euclidean } from './euclidean.js';

/** Rows of the `rounds` table. */
export function roundRows(day: number, round: number, outcomes: readonly Outcome[]): Batch {
  const rows = outcomes.flatMap((o) =>
    o.contributions.map((c, i) => ({ ...c, federation: o.federation.id, distance: o.distances[i]! })),
  );
  return {
    day: new Int32Array(rows.length).fill(day),
    round: new Int32Array(rows.length).fill(round),
    federation: rows.map((r) => r.federation),
    institution: rows.map((r) => r.institution),
    examples: Int32Array.from(rows, (r) => r.examples),
    loss: Float64Array.from(rows, (r) => r.loss),
    updateNorm: Float64Array.from(rows, (r) => (r.masked ? NaN : euclidean(r.delta))),
    distance: Float64Array.from(rows, (r) => r.distance),
    bytes: Int32Array.from(rows, (r) => r.bytes),
    updateHash: rows.map((r) => (r.masked ? '' : digest(r.delta))),
  };
}

/** Rows of the `updates` table, which a full record keeps. */
export function updateRows(day: number, round: number, outcomes: readonly Outcome[]): Batch {
  const sent = outcomes.flatMap((o) => o.contributions);
  const rows = sent.reduce((sum, c) => sum + c.delta.length, 0);
  return {
    day: new Int32Array(rows).fill(day),
    round: new Int32Array(rows).fill(round),
    institution: sent.flatMap((c) => new Array<string>(c.delta.length).fill(c.institution)),
    parameter: Int32Array.from(sent.flatMap((c) => Array.from(c.delta, (_, j) => j))),
    delta: Float32Array.from(sent.flatMap((c) => Array.from(c.delta))),
  };
}

const digest = (v: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(v.buffer, v.byteOffset, v.byteLength))
    .digest('hex')
    .slice(0, 16);

export function roundNotices(
  round: number,
  outcomes: readonly Outcome[],
  replies: readonly Updates[],
): Notice[] {
  const satOut = replies.flatMap((r) => r.satOut).sort((a, b) => byCodeUnit(a.id, b.id));
  const notices: Notice[] = [
    {
      kind: 'round',
      columns: {
        round: outcomes.map(() => round),
        federation: outcomes.map((o) => o.federation.id),
        participants: outcomes.map((o) => o.contributions.length),
        absent: outcomes.map((o) => o.federation.learners.length - o.contributions.length),
      },
    },
  ];
  const refused = outcomes.filter((o) => o.refused !== undefined);
  if (refused.length > 0)
    notices.push({
      kind: 'not-aggregated',
      columns: {
        federation: refused.map((o) => o.federation.id),
        round: refused.map(() => round),
        reason: refused.map((o) => o.refused!),
      },
    });
  if (satOut.length > 0)
    notices.push({
      kind: 'sat-out',
      columns: {
        institution: satOut.map((s) => s.id),
        round: satOut.map(() => round),
        reason: satOut.map((s) => s.reason),
      },
    });
  return notices;
}
