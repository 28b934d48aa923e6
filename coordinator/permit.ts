import { ownLimits, type Notice } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';
import type { Orders, Stage, World } from '../core/types.js';
import { pricesOf } from '../market/book.js';
import { typeOf } from '../market/stage.js';
import { permittedOrders } from './mandates/standing.js';

/** Orders that may go to the market, and what was done to the others. */
export interface Permitted {
  readonly orders: Orders;
  readonly notices: readonly Notice[];
}

/** Every institution may sell what it holds. Beyond that, one whose strategy is not long-only, or that hedges, may
 * sell short, in each asset up to its position limit or the hedge's; its leverage cap is the collateral, since what short sales raise counts as
 * assets. Institutions out of business or without a model have no orders. */
export function permit(
  scenario: Scenario,
  stage: Stage,
  world: World,
  online: Uint8Array,
  wishes: Float64Array,
): Permitted {
  const assets = stage.assets.length;
  const price = pricesOf(world.prices);
  const seats = stage.institutions.flatMap((_, i) => (online[i] ? [i] : []));
  const units = new Float64Array(seats.length * assets);
  const amended: Amended[] = [];
  seats.forEach((seat, row) => {
    const shortUsd = mostShortUsd(scenario, stage, world, price, seat);
    for (let k = 0; k < assets; k++) {
      const wish = wishes[seat * assets + k]!;
      const allowed = Math.max(
        wish,
        Math.min(0, 0 - world.books.units[seat * assets + k]! - shortUsd / price[k]!),
      );
      units[row * assets + k] = allowed;
      if (allowed - wish > 1e-9 * Math.abs(wish))
        amended.push({
          seat,
          asset: k,
          from: wish,
          to: allowed,
          reason: shortUsd > 0 ? ownLimits.short : ownLimits.long,
        });
    }
  });
  const cut = underMandates(scenario, stage, world, seats, units);
  return {
    orders: { institution: Int32Array.from(seats), units: cut.orders },
    notices: amendedNotice(stage, [...amended, ...cut.amended]),
  };
}

/** Orders that mandates leave, and what they cut. */
function underMandates(
  scenario: Scenario,
  stage: Stage,
  { books }: World,
  seats: readonly number[],
  orders: Float64Array,
): { readonly orders: Float64Array; readonly amended: Amended[] } {
  if (scenario.mandates.length === 0) return { orders, amended: [] };
  const assets = stage.assets.length;
  const held = new Float64Array(assets);
  for (let at = 0; at < stage.institutions.length * assets; at++) held[at % assets]! += books.units[at]!;
  const float = Float64Array.from(stage.assets, (a) => a.floatUnits);
  const cut = permittedOrders(scenario, { assets, orders, held, float });
  const reason = cut.reasons.join('; ');
  const amended = Array.from(cut.orders, (to, at): Amended => {
    return { seat: seats[Math.floor(at / assets)]!, asset: at % assets, from: orders[at]!, to, reason };
  }).filter(({ from, to }) => from !== to);
  return { orders: cut.orders, amended };
}

/** Largest short position in one asset, USD: the limit on what holdings and net cash are worth. */
function mostShortUsd(
  scenario: Scenario,
  stage: Stage,
  { books }: World,
  price: Float64Array,
  seat: number,
): number {
  const { strategy, overlay, positionLimit } = typeOf(scenario, stage.institutions[seat]!);
  const hedge = overlay.reduce((most, { maxShort }) => Math.max(most, Number(maxShort ?? 0)), 0);
  const limit = strategy['longOnly'] === false ? Math.max(positionLimit, hedge) : hedge;
  if (limit === 0) return 0;
  let wealth = books.cash[seat]!;
  price.forEach((p, k) => (wealth += books.units[seat * price.length + k]! * p));
  return limit * Math.max(0, wealth);
}

interface Amended {
  readonly seat: number;
  readonly asset: number;
  readonly from: number;
  readonly to: number;
  readonly reason: string;
}

function amendedNotice(stage: Stage, rows: readonly Amended[]): Notice[] {
  if (rows.length === 0) return [];
  return [
    {
      kind: 'amended',
      columns: {
        institution: rows.map((r) => stage.institutions[r.seat]!.id),
        asset: rows.map((r) => stage.assets[r.asset]!.id),
        from: rows.map((r) => r.from),
        to: rows.map((r) => r.to),
        reason: rows.map((r) => r.reason),
      },
    },
  ];
}
