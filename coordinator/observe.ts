import type { Observe } from '../core/protocol.js';
import type { Stage, World } from '../core/types.js';
import type { Scenario } from '../core/scenario.js';
import { logPrices, worldBalances } from '../market/book.js';
import { harvestable } from '../market/gains-tax.js';
import { seatsOf, type HostPlan } from './transport/plan.js';

/** What the coordinator adds to the world before institutions look at it. */
export interface Scene {
  readonly world: World;
  /** 1 where an institution's model is up. */
  readonly online: Uint8Array;
  readonly architecture: Int32Array;
  /** Assets over equity above which each may not buy. */
  readonly purchaseCap: Float64Array;
  /** Institutions x sources x assets. */
  readonly sources: Float64Array;
  /** Labels that arrive with their sign turned: institutions x assets, or empty. */
  readonly flipped: Uint8Array;
}

function rows<T extends Float32Array | Float64Array | Uint8Array>(
  from: Float64Array | Uint8Array,
  seats: readonly number[],
  width: number,
  into: T,
): T {
  seats.forEach((seat, i) => into.set(from.subarray(seat * width, (seat + 1) * width), i * width));
  return into;
}

/** What each host's institutions see before a day: the tape to the last close, their own books, their sources. */
export function observations(
  scenario: Scenario,
  stage: Stage,
  { world, online, architecture, purchaseCap, sources, flipped }: Scene,
  plans: readonly HostPlan[],
): Observe[] {
  const assets = stage.assets.length;
  const block = sources.length / stage.institutions.length;
  const balances = worldBalances(world);
  const atLoss = harvestable(scenario, stage, world);
  return plans.map((plan) => {
    const seats = seatsOf(plan);
    const own = new Set(plan.own);
    /** Rows of a table that may be empty. */
    const ofEach = <T extends Float64Array | Uint8Array>(table: T, made: new (length: number) => T): T => {
      const width = table.length / stage.institutions.length;
      return rows(table, seats, width, new made(seats.length * width));
    };
    return {
      type: 'observe',
      day: world.day,
      logPrices: logPrices(world.prices),
      volume: world.volume.slice(),
      online: Uint8Array.from(seats, (i) => (own.has(i) ? online[i]! : 0)),
      generation: Int32Array.from(seats, (i) => world.books.generation[i]!),
      architecture: Int32Array.from(seats, (i) => architecture[i]!),
      cash: Float64Array.from(seats, (i) => world.books.cash[i]!),
      assetsUsd: Float64Array.from(seats, (i) => balances.assets[i]!),
      equityUsd: Float64Array.from(seats, (i) => balances.equity[i]!),
      leverageCap: Float64Array.from(seats, (i) => purchaseCap[i]!),
      units: rows(world.books.units, seats, assets, new Float64Array(seats.length * assets)),
      sources: rows(sources, seats, block, new Float32Array(seats.length * block)),
      atLoss: ofEach(atLoss, Float64Array),
      flipped: ofEach(flipped, Uint8Array),
    };
  });
}
