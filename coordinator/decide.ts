import type { Batch, Notice } from '../core/events.js';
import type { Decisions } from '../core/protocol.js';
import { byCodeUnit } from '../core/roster.js';
import type { Stage } from '../core/types.js';
import type { Hosts } from './learning.js';
import { seatsOf } from './transport/plan.js';

/** What all institutions want on a day, by roster index. */
export interface Wishes {
  /** Signed units: institutions x assets. */
  readonly units: Float64Array;
  readonly forecasts: Batch;
  readonly notices: readonly Notice[];
}

/** Nobody trades. */
export const noWishes = (stage: Stage): Wishes => ({
  units: new Float64Array(stage.institutions.length * stage.assets.length),
  forecasts: {},
  notices: [],
});

function forecastRows(
  stage: Stage,
  day: number,
  rows: readonly { seat: number; mean: Float32Array; stdDev: Float32Array }[],
): Batch {
  const assets = stage.assets.length;
  const size = rows.length * assets;
  const mean = new Float32Array(size);
  const stdDev = new Float32Array(size);
  rows.forEach((r, i) => (mean.set(r.mean, i * assets), stdDev.set(r.stdDev, i * assets)));
  return {
    day: new Int32Array(size).fill(day),
    institution: Int32Array.from({ length: size }, (_, at) => rows[Math.floor(at / assets)]!.seat),
    asset: Int32Array.from({ length: size }, (_, at) => at % assets),
    mean,
    stdDev,
  };
}

function heldNotice(replies: readonly Decisions[]): Notice[] {
  const held = replies.flatMap((r) => r.held).sort((a, b) => byCodeUnit(a.id, b.id));
  if (held.length === 0) return [];
  return [
    { kind: 'held', columns: { institution: held.map((h) => h.id), reason: held.map((h) => h.reason) } },
  ];
}

/** Asks every host what its institutions expect and want to trade. */
export async function decideAll(stage: Stage, hosts: Hosts, day: number): Promise<Wishes> {
  const replies = await hosts.transport.exchange(hosts.plans.map(() => ({ type: 'decide' as const, day })));
  const assets = stage.assets.length;
  const units = new Float64Array(stage.institutions.length * assets);
  const forecasts: { seat: number; mean: Float32Array; stdDev: Float32Array }[] = [];
  replies.forEach((reply, h) => {
    const own = new Set(hosts.plans[h]!.own);
    seatsOf(hosts.plans[h]!).forEach((seat, i) => {
      if (!own.has(seat)) return;
      const [from, to] = [i * assets, (i + 1) * assets];
      units.set(reply.orders.subarray(from, to), seat * assets);
      if (reply.acted[i])
        forecasts.push({
          seat,
          mean: reply.mean.subarray(from, to),
          stdDev: reply.stdDev.subarray(from, to),
        });
    });
  });
  forecasts.sort((a, b) => a.seat - b.seat);
  return { units, forecasts: forecastRows(stage, day, forecasts), notices: heldNotice(replies) };
}
