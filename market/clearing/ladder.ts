import { exp } from '../../core/numeric.js';
import { flowTo, type ImpactCurve } from './impact-path.js';
import type { Session } from './mechanism.js';
import { onCurve, reach } from './outside-book.js';

/** Whole ticks of one asset for a day, counted from its lowest price. */
export interface TickGrid {
  /** USD. */
  readonly tick: number;
  /** Ticks from zero of grid place 0. */
  readonly first: number;
  readonly size: number;
}

/** Ticks between the lowest and the highest price at which an asset may trade. */
export function tickGrid(session: Session, curve: ImpactCurve, a: number, tickBps: number): TickGrid {
  const { start } = session;
  const value = start.fundamental[a]!;
  const tick = (exp(value + start.slow[a]! + start.fast[a]!) * tickBps) / 10_000;
  const [low, high] = reach(session, curve, a);
  const first = Math.max(1, Math.ceil(exp(value + low) / tick));
  return { tick, first, size: Math.max(1, Math.floor(exp(value + high) / tick) - first + 1) };
}

const inside = ({ size }: TickGrid, place: number): number => Math.min(size - 1, Math.max(0, place));

/** The place on the grid next below a price, above it, and nearest to it. */
export const placeBelow = (grid: TickGrid, price: number): number =>
  inside(grid, Math.floor(price / grid.tick) - grid.first);
export const placeAbove = (grid: TickGrid, price: number): number =>
  inside(grid, Math.ceil(price / grid.tick) - grid.first);
export const placeNearest = (grid: TickGrid, price: number): number =>
  inside(grid, Math.round(price / grid.tick) - grid.first);
export const priceAt = ({ tick, first }: TickGrid, place: number): number => tick * (first + place);

/** Orders of the outside book on one side: log price over value and units, best price first. */
export interface Rung {
  readonly displacement: number;
  readonly units: number;
}

/** More days of volume than anybody can sell: what value investors take at the floor. */
const EVERYTHING = 1e6;

/** What the outside book offers on one side of where it stands, so that whoever trades through it moves price along
 * the impact curve: rungs are close together near the price, and as many days of volume apart as the curve says.
 *
 * @formula rung j of L at y + (end − y)(j/L)², cumulative units |x(y_j) − x| ADV, x(y) the flow that takes price to y
 */
export function ladder(session: Session, curve: ImpactCurve, a: number, side: 1 | -1, rungs: number): Rung[] {
  const adv = session.assets[a]!.advUnits;
  const [low, high] = reach(session, curve, a);
  const end = side > 0 ? low : high;
  const y = onCurve(session, curve, a);
  if (side > 0 ? y <= end : y >= end) return [];
  const x = session.cumulative[a]! / adv;
  const found: Rung[] = [];
  let before = 0;
  for (let j = 1; j <= rungs; j++) {
    const displacement = y + (end - y) * (j / rungs) ** 2;
    const days = Math.min(EVERYTHING, Math.abs(flowTo(curve, displacement) - x));
    if (days > before) found.push({ displacement, units: (days - before) * adv });
    before = days;
  }
  if (atFloor(session, a, side, end)) found.push({ displacement: end, units: EVERYTHING * adv });
  return found;
}

/** Whether the end of a side is where value investors stand, not a daily limit. */
function atFloor({ start, limits }: Session, a: number, side: 1 | -1, end: number): boolean {
  const limit = (side > 0 ? limits.low[a]! : limits.high[a]!) - start.fundamental[a]!;
  return side > 0 ? end > limit : end < limit;
}
