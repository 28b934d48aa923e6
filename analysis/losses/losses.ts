import type { Batch } from '../../core/events.js';
import type { PaymentKindName } from '../../core/payment-kinds.js';
import { channelOfPayment, channelsOfLoss, equityEffect, type ChannelOfLoss } from './cash-effects.js';
import { cells, words, type DayTables } from './day-tables.js';
import { pricePath, type Wave } from './price-path.js';

/** Why each institution's equity changed on a day (n each); they sum to the change. */
export type DayLosses = Readonly<Record<ChannelOfLoss, Float64Array>>;

/** What is carried from day to day. */
interface State {
  readonly price: Float64Array;
  /** Holdings, institutions x assets. */
  readonly units: Float64Array;
  readonly active: ArrayLike<number>;
  readonly claims: Batch | undefined;
  readonly writtenDown: Float64Array;
}

const zeros = (n: number): DayLosses =>
  Object.fromEntries(channelsOfLoss.map((name) => [name, new Float64Array(n)])) as unknown as DayLosses;

function stateOf({ tables }: DayTables, before: State | undefined): State {
  const price = Float64Array.from(cells(tables.assets, 'price'));
  const active = cells(tables.institutions, 'active');
  const units = new Float64Array(active.length * price.length);
  const [who, what, held] = ['institution', 'asset', 'units'].map((c) => cells(tables.positions, c)) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  for (let r = 0; r < held.length; r++) units[who[r]! * price.length + what[r]!] = held[r]!;
  const writtenDown = new Float64Array(active.length);
  const usd = cells(tables.writeDowns, 'usd');
  Array.from(cells(tables.writeDowns, 'institution')).forEach((i, r) => (writtenDown[i] = usd[r]!));
  return { price, units, active, claims: tables.exposures ?? before?.claims, writtenDown };
}

/** Own share of a wave's impact: impact is taken as linear in net flow, and never as more than all of it. */
const shareOf = (q: number, net: number): number => (net === 0 ? 0 : Math.max(-1, Math.min(1, q / net)));

/** What holdings (institutions x assets) gain where prices go from `before` to `after`. */
function addMoves(gains: Float64Array, units: Float64Array, before: Float64Array, after: Float64Array): void {
  const k = before.length;
  for (let i = 0, at = 0; i < gains.length; i++)
    for (let a = 0; a < k; a++, at++) gains[i]! += units[at]! * (after[a]! - before[a]!);
}

function addWave(out: DayLosses, units: Float64Array, fills: Batch | undefined, wave: Wave): void {
  const k = wave.after.length;
  const others = wave.wave > 0 ? out.fireSale : out.market;
  addMoves(others, units, wave.before, wave.after);
  const [who, what] = [cells(fills, 'institution'), cells(fills, 'asset')];
  const [bought, price] = [cells(fills, 'units'), cells(fills, 'price')];
  for (const row of wave.rows) {
    const [i, a, q] = [who[row]!, what[row]!, bought[row]!];
    const own = shareOf(q, wave.net[a]!) * (wave.after[a]! - wave.before[a]!) * units[i * k + a]!;
    others[i]! -= own;
    out.ownTrades[i]! += own + q * (wave.after[a]! - price[row]!);
  }
  for (const row of wave.rows) units[who[row]! * k + what[row]!]! += bought[row]!;
}

/** Prices: news first, then wave by wave; an estate passes on at the close. */
function addPrices(out: DayLosses, before: State, { tables }: DayTables, close: Float64Array): void {
  const { fills } = tables;
  const units = before.units.slice();
  const waves = pricePath(fills, close, Float64Array.from(cells(tables.assets, 'netUnits')));
  addMoves(out.market, units, before.price, waves[0]?.before ?? close);
  for (const wave of waves) addWave(out, units, fills, wave);
  const [wave, who, what] = [cells(fills, 'wave'), cells(fills, 'institution'), cells(fills, 'asset')];
  const [bought, price] = [cells(fills, 'units'), cells(fills, 'price')];
  for (let row = 0; row < wave.length; row++)
    if (wave[row]! < 0) out.flows[who[row]!]! += bought[row]! * (close[what[row]!]! - price[row]!);
}

function addPayments(out: DayLosses, { tables }: DayTables): void {
  const n = out.market.length;
  const [from, to, amount] = ['from', 'to', 'amount'].map((c) => cells(tables.payments, c)) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  (words(tables.payments, 'kind') as readonly PaymentKindName[]).forEach((kind, row) => {
    const { payer, payee } = equityEffect(kind);
    const channel = out[channelOfPayment[kind]];
    if (from[row]! >= 0 && from[row]! < n) channel[from[row]!]! += payer * amount[row]!;
    if (to[row]! < n) channel[to[row]!]! += payee * amount[row]!;
  });
}

/** A change of claims is the counterparties', but for what an estate passes on: claims on the living, and all it owes. */
function addClaims(out: DayLosses, claims: Batch | undefined, sign: 1 | -1, failed: Uint8Array): void {
  const n = out.market.length;
  const [creditor, debtor, face] = ['creditor', 'debtor', 'face'].map((c) => cells(claims, c)) as [
    ArrayLike<number>,
    ArrayLike<number>,
    ArrayLike<number>,
  ];
  for (let e = 0; e < face.length; e++) {
    const [c, d] = [creditor[e]!, debtor[e]!];
    const lent = c < n && failed[c] === 1 && failed[d] === 0 ? out.flows : out.counterparty;
    const owed = failed[d] === 1 ? out.flows : out.counterparty;
    if (c < n) lent[c]! += sign * face[e]!;
    owed[d]! -= sign * face[e]!;
  }
}

function lossesOfDay(before: State, today: DayTables, after: State): DayLosses {
  const out = zeros(after.active.length);
  const failed = Uint8Array.from(out.market, (_, i) =>
    before.active[i] === 1 && after.active[i] === 0 ? 1 : 0,
  );
  addPrices(out, before, today, after.price);
  addPayments(out, today);
  if (before.claims !== after.claims) {
    addClaims(out, before.claims, -1, failed);
    addClaims(out, after.claims, 1, failed);
  }
  after.writtenDown.forEach((usd, i) => (out.counterparty[i]! -= usd - before.writtenDown[i]!));
  return out;
}

/** Why every institution's equity changed, day by day, from the record alone.
 *
 * @formula ΔE = market + fireSale + ownTrades + counterparty + carry + flows
 * @shape   days from 1, institutions; USD, gains positive
 * @source  flow-of-funds identities; own share of impact pro rata to flow (Aumann & Shapley 1974, linear impact)
 * @pitfall waves' price paths are rebuilt from mean fill prices, so the split of a day's price move over its waves is
 *          approximate; the sum is exact. Needs record: standard.
 */
export function* lossesOf(
  days: Iterable<DayTables>,
): Generator<{ readonly day: number; readonly losses: DayLosses }> {
  let before: State | undefined;
  for (const today of days) {
    const after = stateOf(today, before);
    if (before !== undefined) yield { day: today.day, losses: lossesOfDay(before, today, after) };
    before = after;
  }
}
