import type { Notice } from '../core/events.js';
import type { Orders, Stage, World } from '../core/types.js';

/** Orders that may go to the market, and what was done to the others. */
export interface Permitted {
  readonly orders: Orders;
  readonly notices: readonly Notice[];
}

/** Every institution may sell at most what it holds: nobody sells short. Institutions out of business or
 * without a model have no orders. */
export function permit(stage: Stage, world: World, online: Uint8Array, wishes: Float64Array): Permitted {
  const assets = stage.assets.length;
  const seats = stage.institutions.flatMap((_, i) => (online[i] ? [i] : []));
  const units = new Float64Array(seats.length * assets);
  const amended: { seat: number; asset: number; from: number; to: number }[] = [];
  seats.forEach((seat, row) => {
    for (let k = 0; k < assets; k++) {
      const wish = wishes[seat * assets + k]!;
      const held = Math.max(0, world.books.units[seat * assets + k]!);
      const allowed = Math.max(wish, -held);
      units[row * assets + k] = allowed;
      if (allowed - wish > 1e-9 * Math.abs(wish)) amended.push({ seat, asset: k, from: wish, to: allowed });
    }
  });
  return { orders: { institution: Int32Array.from(seats), units }, notices: amendedNotice(stage, amended) };
}

function amendedNotice(
  stage: Stage,
  rows: readonly { seat: number; asset: number; from: number; to: number }[],
): Notice[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: 'amended',
      columns: {
        institution: rows.map((r) => stage.institutions[r.seat]!.id),
        asset: rows.map((r) => stage.assets[r.asset]!.id),
        from: rows.map((r) => r.from),
        to: rows.map((r) => r.to),
        reason: rows.map(() => 'would sell more than it holds'),
      },
    },
  ];
}
