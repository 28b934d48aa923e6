import { pow } from '../core/numeric.js';
import type { SeatBrief } from '../core/protocol.js';

const volumeDecay = pow(0.5, 1 / 40);

/** What an institution's trading desk keeps between decisions. Plain data, so that a checkpoint can hold it. */
export interface Desk {
  /** Day of the last rebalancing; 0 before the first. */
  lastDay: number;
  lastTarget: Float64Array;
  /** Units still to trade of an order that is sliced over days, and slices sent; none between orders. */
  order: { readonly left: Float64Array; readonly done: number } | undefined;
  /** Last day on which each asset may not be bought back, because it was sold at a loss, and the day of the last look at
   * the lots; of seats that harvest losses. */
  harvest: { readonly blockedUntil: Int32Array; lastDay: number } | undefined;
  /** Value of 1 invested as the tradable book was, flows apart: a ring of the last days. */
  readonly value: Float64Array;
  days: number;
  /** Its highest value so far. */
  peak: number;
  /** Units traded yesterday, and their longer average. */
  volume: Float64Array;
  averageVolume: Float64Array;
}

/** Days that the seat's rules look back on its own value. */
const lookbackOf = ({ overlay }: SeatBrief): number =>
  overlay.reduce((most, { window }) => Math.max(most, typeof window === 'number' ? window : 0), 0);

export function openDesk(seat: SeatBrief, assets: number): Desk {
  const value = new Float64Array(lookbackOf(seat) + 1);
  value[0] = 1;
  return {
    lastDay: 0,
    lastTarget: new Float64Array(assets),
    order: undefined,
    harvest: seat.harvesting && { blockedUntil: new Int32Array(assets), lastDay: 0 },
    value,
    days: 0,
    peak: 1,
    volume: new Float64Array(assets),
    averageVolume: new Float64Array(assets),
  };
}

const valueNow = ({ value, days }: Desk): number => value[days % value.length]!;

/** Takes in a day: what the book held returned, and what the market traded. */
export function passDay(desk: Desk, gain: number, volume: Float64Array): void {
  const value = valueNow(desk) * Math.max(0, 1 + gain);
  desk.days++;
  desk.value[desk.days % desk.value.length] = value;
  desk.peak = Math.max(desk.peak, value);
  desk.averageVolume =
    desk.days === 1
      ? volume.slice()
      : desk.averageVolume.map((average, k) => volumeDecay * average + (1 - volumeDecay) * volume[k]!);
  desk.volume = volume.slice();
}

/** Value over its highest value so far. */
export const wealthRatio = (desk: Desk): number => valueNow(desk) / desk.peak;

/** Fall from the highest value of the last days. */
export function drawdown(desk: Desk, days: number): number {
  const { value } = desk;
  let peak = 0;
  for (let back = 0; back <= Math.min(days, desk.days, value.length - 1); back++)
    peak = Math.max(peak, value[(desk.days - back) % value.length]!);
  return peak === 0 ? 0 : 1 - valueNow(desk) / peak;
}
