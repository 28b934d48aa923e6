import type { Batch, DayFacts, Notice, NoticeKind } from '../core/events.js';
import { paymentKindNames } from '../core/payment-kinds.js';
import type { Stage, World } from '../core/types.js';
import { chosenClaims, pricesOf, worldBalances, type Balances } from './book.js';
import type { Draft, NoticeRow } from './draft.js';
import { eachFill, fillCount } from './fills.js';
import { joinedPayments } from './payment-columns.js';

function indices(length: number): Int32Array {
  const all = new Int32Array(length);
  for (let i = 0; i < length; i++) all[i] = i;
  return all;
}

/** Rows of the table `institutions`; `architecture` is the coordinator's to add. */
export function institutionRows(world: World, standing: Balances, forcedUsd: Float64Array): Batch {
  const n = world.books.active.length;
  const { books } = world;
  return {
    day: new Int32Array(n).fill(world.day),
    institution: indices(n),
    active: new Int32Array(books.active),
    generation: books.generation.slice(),
    cash: books.cash.slice(0, n),
    funding: books.funding.slice(),
    loans: books.loans.slice(),
    assetsUsd: new Float32Array(standing.assets),
    equityUsd: new Float32Array(standing.equity),
    forcedUsd: new Float32Array(forcedUsd),
  };
}

/** Rows of the table `positions`: what is held. Columns are as long as holdings of everything would take, and cut. */
export function positionRows({ day, books }: World, assets: number): Batch {
  const cells = books.active.length * assets;
  const institution = new Int32Array(cells);
  const asset = new Int32Array(cells);
  const units = new Float64Array(cells);
  let count = 0;
  for (let i = 0, at = 0; at < cells; i++)
    for (let a = 0; a < assets; a++, at++) {
      const held = books.units[at]!;
      if (held === 0) continue;
      institution[count] = i;
      asset[count] = a;
      units[count++] = held;
    }
  return {
    day: new Int32Array(count).fill(day),
    institution: institution.subarray(0, count),
    asset: asset.subarray(0, count),
    units: units.subarray(0, count),
  };
}

/** Rows of the table `exposures`: claims with a face. Where none is left one row of face 0 says so: a table keeps no day
 * without rows. */
export function exposureRows({ day, claims }: World): Batch {
  const { creditor, debtor, face } = chosenClaims(claims, (e) => claims.face[e]! > 0);
  return face.length === 0
    ? {
        day: Int32Array.of(day),
        creditor: Int32Array.of(0),
        debtor: Int32Array.of(0),
        face: Float64Array.of(0),
      }
    : { day: new Int32Array(face.length).fill(day), creditor, debtor, face };
}

/** Rows of the table `writeDowns`: who holds claims below face. */
export function writeDownRows({ day, books }: World): Batch {
  const institution = Int32Array.from(books.writtenDown.keys()).filter((i) => books.writtenDown[i]! > 0);
  return {
    day: new Int32Array(institution.length).fill(day),
    institution,
    usd: Float64Array.from(institution, (i) => books.writtenDown[i]!),
  };
}

/** Rows of the table `payments`. */
export function paymentRows({ day, earlier, payments }: Draft): Batch {
  const { length, from, to, kind, amount } = joinedPayments([...earlier, payments]);
  const names = Array.from(kind, (code) => paymentKindNames[code]!);
  return { day: new Int32Array(length).fill(day), from, to, kind: names, amount };
}

/** Rows of the table `fills`. */
export function fillRows({ day, fills }: Draft, assets: number): Batch {
  const rows = fills.reduce((total, wave) => total + fillCount(wave), 0);
  const institution = new Int32Array(rows);
  const asset = new Int32Array(rows);
  const wave = new Int32Array(rows);
  const units = new Float64Array(rows);
  const price = new Float64Array(rows);
  let row = 0;
  for (const filled of fills)
    eachFill(filled, assets, (i, a, q, paid) => {
      institution[row] = i;
      asset[row] = a;
      wave[row] = filled.wave;
      units[row] = q;
      price[row++] = paid;
    });
  return { day: new Int32Array(rows).fill(day), institution, asset, wave, units, price };
}

/** Float-weighted value of the universe over that of day 0, times 100. */
export function indexLevel(stage: Stage, price: Float64Array): number {
  let now = 0;
  let first = 0;
  stage.assets.forEach((asset, k) => {
    now += asset.floatUnits * price[k]!;
    first += asset.floatUnits * asset.price0;
  });
  return (100 * now) / first;
}

/** What a day adds to the table `assets` beside prices. */
export interface AssetFacts {
  readonly diffusion: Float64Array;
  readonly netUnits: Float64Array;
  readonly depth: Float64Array;
}

/** Rows of the table `assets`. */
export function assetRows(world: World, { diffusion, netUnits, depth }: AssetFacts): Batch {
  const { day, prices, volume } = world;
  const k = volume.length;
  return {
    day: new Int32Array(k).fill(day),
    asset: indices(k),
    price: pricesOf(prices),
    fundamental: prices.fundamental.slice(),
    slow: prices.slow.slice(),
    fast: prices.fast.slice(),
    diffusion: diffusion.slice(),
    volumeUnits: volume.slice(),
    netUnits: netUnits.slice(),
    depth: depth.slice(),
  };
}

/** Notices by kind, in the order in which the kinds first occurred. */
export function noticesOf(rows: readonly (readonly [NoticeKind, NoticeRow])[]): Notice[] {
  const kinds = new Map<NoticeKind, Record<string, (string | number)[]>>();
  for (const [kind, row] of rows) {
    const columns = kinds.get(kind) ?? Object.fromEntries(Object.keys(row).map((name) => [name, []]));
    kinds.set(kind, columns);
    for (const [name, value] of Object.entries(row)) columns[name]!.push(value);
  }
  return Array.from(kinds, ([kind, columns]) => ({ kind, columns }));
}

/** The state before day 1, as rows of the tables that hold states. */
export function openingFacts(stage: Stage, world: World): DayFacts {
  const k = stage.assets.length;
  const zero = new Float64Array(k);
  const none = new Float64Array(stage.institutions.length);
  const depth = new Float64Array(k).fill(1);
  const assets = assetRows(world, { diffusion: zero, netUnits: zero, depth });
  const tables = {
    assets,
    institutions: institutionRows(world, worldBalances(world), none),
    positions: positionRows(world, k),
    exposures: exposureRows(world),
  };
  return { day: world.day, tables, notices: [] };
}
