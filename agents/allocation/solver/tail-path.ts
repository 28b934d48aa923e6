import type { LinearRows } from './constraint-table.js';

/** min a + weight Σu  s.t.  u_t + r_t·w + a ≥ 0, u ≥ 0, limits·w ≥ bounds, equalities; returns of size 1. */
export interface TailProgram {
  readonly k: number;
  readonly days: number;
  readonly weight: number;
  readonly returns: Float64Array;
  readonly limits: readonly Float64Array[];
  readonly bounds: Float64Array;
  readonly equalities: LinearRows;
}

/** A point inside all bounds, with the prices of the constraints. */
export interface Path {
  /** Weights (k), then the tail's threshold. */
  readonly z: Float64Array;
  /** s_t = u_t + r_t·w + a (T). */
  readonly slack: Float64Array;
  /** u (T). */
  readonly excess: Float64Array;
  /** limits·w − bounds. */
  readonly room: Float64Array;
  readonly onSlack: Float64Array;
  readonly onExcess: Float64Array;
  readonly onRoom: Float64Array;
  readonly onEquality: Float64Array;
}

/** A direction for each part of a path. */
export type Steps = Path;

/** How far a path is from meeting its conditions. */
export interface Residuals {
  /** c − G′λ − C′ν − A′y (k + 1). */
  readonly dual: Float64Array;
  /** weight − λ − γ (T). */
  readonly price: Float64Array;
  /** u + r·w + a − s (T). */
  readonly day: Float64Array;
  /** limits·w − bounds − v. */
  readonly room: Float64Array;
  readonly equality: Float64Array;
  /** Mean product of a bound's slack and its price. */
  readonly complementarity: number;
  readonly largest: number;
}

export function residualsOf(program: TailProgram, path: Path): Residuals {
  const { k, days, weight, returns, limits, bounds, equalities } = program;
  const { z, slack, excess, onSlack, onExcess, onRoom, onEquality } = path;
  const dual = new Float64Array(k + 1);
  dual[k] = 1;
  const day = new Float64Array(days);
  const price = new Float64Array(days);
  for (let t = 0; t < days; t++) {
    let value = excess[t]! + z[k]! - slack[t]!;
    for (let i = 0; i < k; i++) {
      value += returns[t * k + i]! * z[i]!;
      dual[i]! -= returns[t * k + i]! * onSlack[t]!;
    }
    dual[k] -= onSlack[t]!;
    day[t] = value;
    price[t] = weight - onSlack[t]! - onExcess[t]!;
  }
  const along = (row: Float64Array, from: number): number => {
    let value = 0;
    for (let i = 0; i < k; i++) value += row[from + i]! * z[i]!;
    return value;
  };
  const room = Float64Array.from(limits, (row, j) => {
    for (let i = 0; i < k; i++) dual[i]! -= row[i]! * onRoom[j]!;
    return along(row, 0) - bounds[j]! - path.room[j]!;
  });
  const equality = equalities.bounds.map((bound, r) => {
    for (let i = 0; i < k; i++) dual[i]! -= equalities.coefficients[r * k + i]! * onEquality[r]!;
    return along(equalities.coefficients, r * k) - bound;
  });
  const complementarity = meanProduct(path);
  const largest = Math.max(complementarity, ...[dual, price, day, room, equality].map(size));
  return { dual, price, day, room, equality, complementarity, largest };
}

function meanProduct({ slack, onSlack, excess, onExcess, room, onRoom }: Path): number {
  let total = 0;
  for (let t = 0; t < slack.length; t++) total += slack[t]! * onSlack[t]! + excess[t]! * onExcess[t]!;
  for (let j = 0; j < room.length; j++) total += room[j]! * onRoom[j]!;
  return total / (2 * slack.length + room.length);
}

const size = (values: Float64Array): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** What each product of slack and price should move by: to `centre`, second-order errors of a predictor removed. */
export function targets(
  { slack, onSlack, excess, onExcess, room, onRoom }: Path,
  centre: number,
  predictor: Steps | undefined,
): Pick<Steps, 'slack' | 'excess' | 'room'> {
  const of = (value: Float64Array, price: Float64Array, a?: Float64Array, b?: Float64Array): Float64Array =>
    value.map((v, t) => centre - v * price[t]! - (a ? a[t]! * b![t]! : 0));
  return {
    slack: of(slack, onSlack, predictor?.slack, predictor?.onSlack),
    excess: of(excess, onExcess, predictor?.excess, predictor?.onExcess),
    room: of(room, onRoom, predictor?.room, predictor?.onRoom),
  };
}
