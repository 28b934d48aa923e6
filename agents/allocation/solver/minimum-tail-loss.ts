import { solve } from '../../../core/linear.js';
import { NotConverged, type Solved } from '../../../core/not-converged.js';
import type { ReturnHistory } from '../view.js';
import type { Constraints } from './constraint-table.js';
import { quadraticProgram } from './quadratic-program.js';
import {
  residualsOf,
  targets,
  type Path,
  type Residuals,
  type Steps,
  type TailProgram,
} from './tail-path.js';

const tolerance = 1e-12;
const longest = 200;
/** Products of slack and price are not made smaller: below it, rounding in the system undoes what is already met. */
const least = 1e-13;

/** The weights with the least mean loss over the worst days, by an interior point: each iteration is one product
 * with every day's returns and one system of as many equations as there are assets. Where several portfolios are
 * best, it finds the one in the middle of them, which does not depend on the order of assets.
 * @formula min a + Σ_t u_t / n  s.t.  u_t ≥ −r_t·w − a,  u ≥ 0,  w within its constraints
 * @shape   R (T,k); `days` n worst days, not necessarily whole; result (k)
 * @range   residual: what is left of complementarity and of the constraints, relative to the size of returns
 * @source  Rockafellar & Uryasev 2000, Journal of Risk 2(3); Mehrotra 1992, SIAM Journal on Optimization 2(4)
 */
export function minimumTailLoss(
  history: ReturnHistory,
  days: number,
  constraints: Constraints,
): Solved<Float64Array> {
  const program = tailProgram(history, days, constraints);
  const path = start(program, feasible(constraints));
  let residual = Infinity;
  for (let iterations = 1; iterations <= longest; iterations++) {
    const residuals = residualsOf(program, path);
    residual = residuals.largest;
    if (residual <= tolerance) return { value: path.z.slice(0, program.k), iterations, residual };
    const hessian = curvature(program, path);
    const predictor = newton(program, path, residuals, hessian, targets(path, 0, undefined));
    const centring = shrinkage(path, predictor);
    const centre = Math.max(least, centring * residuals.complementarity);
    const wanted = targets(path, centre, predictor);
    advance(path, newton(program, path, residuals, hessian, wanted));
  }
  throw new NotConverged('minimum tail loss', longest, residual);
}

/** Some portfolio within the constraints; where there is none, the program says which of them conflict. */
function feasible({ equalities, inequalities, lower, upper }: Constraints): Float64Array {
  const k = lower.length;
  const hessian = new Float64Array(k * k);
  for (let i = 0; i < k; i++) hessian[i * k + i] = 1;
  const linear = new Float64Array(k).fill(-1 / k);
  return quadraticProgram({ hessian, linear, equalities, inequalities, lower, upper }).value;
}

function tailProgram(
  { rows: days, values }: ReturnHistory,
  n: number,
  constraints: Constraints,
): TailProgram {
  const k = constraints.lower.length;
  const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  const bounds: [coefficients: Float64Array, bound: number][] = [];
  const { coefficients, bounds: limits } = constraints.inequalities;
  limits.forEach((bound, r) => bounds.push([coefficients.subarray(r * k, (r + 1) * k), bound]));
  const unit = (i: number, sign: number): Float64Array => {
    const row = new Float64Array(k);
    row[i] = sign;
    return row;
  };
  constraints.lower.forEach((bound, i) => bound > -Infinity && bounds.push([unit(i, 1), bound]));
  constraints.upper.forEach((bound, i) => bound < Infinity && bounds.push([unit(i, -1), -bound]));
  return {
    k,
    days,
    weight: 1 / n,
    returns: values.map((value) => value / size),
    limits: bounds.map(([row]) => row),
    bounds: Float64Array.from(bounds, ([, bound]) => bound),
    equalities: constraints.equalities,
  };
}

/** An interior start: the portfolio at hand, everything else well inside its bounds. */
function start(program: TailProgram, weights: Float64Array): Path {
  const { k, days, weight, returns, limits, bounds, equalities } = program;
  const z = new Float64Array(k + 1);
  z.set(weights);
  const excess = new Float64Array(days);
  const slack = new Float64Array(days);
  for (let t = 0; t < days; t++) {
    let value = 0;
    for (let i = 0; i < k; i++) value += returns[t * k + i]! * weights[i]!;
    excess[t] = Math.max(0, -value) + 0.1;
    slack[t] = value + excess[t]!;
  }
  const room = Float64Array.from(limits, (row, j) =>
    Math.max(0.1, row.reduce((sum, c, i) => sum + c * weights[i]!, 0) - bounds[j]!),
  );
  return {
    z,
    excess,
    slack,
    room,
    onSlack: new Float64Array(days).fill(weight / 2),
    onExcess: new Float64Array(days).fill(weight / 2),
    onRoom: room.map((value) => 0.01 / value),
    onEquality: new Float64Array(equalities.bounds.length),
  };
}

/** What each day adds to the system: D₁D₂/(D₁ + D₂). */
const dayCurvature = ({ onSlack, slack, onExcess, excess }: Path, t: number): number => {
  const [a, b] = [onSlack[t]! / slack[t]!, onExcess[t]! / excess[t]!];
  return (a * b) / (a + b);
};

/** [H −A′; A 0] of the Newton system over (w, a, y). */
function curvature(program: TailProgram, path: Path): Float64Array {
  const { k, days, returns, limits, equalities } = program;
  const size = k + 1 + equalities.bounds.length;
  const matrix = new Float64Array(size * size);
  const add = (row: Float64Array, scale: number, from: number, level: number): void => {
    for (let i = 0; i < k; i++) {
      const value = scale * row[from + i]!;
      if (value === 0) continue;
      for (let j = 0; j <= i; j++) matrix[i * size + j]! += value * row[from + j]!;
      matrix[k * size + i]! += value * level;
    }
    matrix[k * size + k]! += scale * level;
  };
  for (let t = 0; t < days; t++) add(returns, dayCurvature(path, t), t * k, 1);
  limits.forEach((row, j) => add(row, path.onRoom[j]! / path.room[j]!, 0, 0));
  for (let i = 0; i <= k; i++) for (let j = 0; j < i; j++) matrix[j * size + i] = matrix[i * size + j]!;
  for (let r = 0; r < equalities.bounds.length; r++)
    for (let i = 0; i < k; i++) {
      const value = equalities.coefficients[r * k + i]!;
      matrix[(k + 1 + r) * size + i] = value;
      matrix[i * size + k + 1 + r] = -value;
    }
  return matrix;
}

/** One Newton direction towards the complementarities wanted. */
function newton(
  program: TailProgram,
  path: Path,
  residuals: Residuals,
  matrix: Float64Array,
  wanted: Pick<Steps, 'slack' | 'excess' | 'room'>,
): Steps {
  const { k, days, returns, limits, equalities } = program;
  const rows = equalities.bounds.length;
  const right = new Float64Array(k + 1 + rows);
  for (let i = 0; i <= k; i++) right[i] = -residuals.dual[i]!;
  for (let r = 0; r < rows; r++) right[k + 1 + r] = -residuals.equality[r]!;
  const pull = new Float64Array(days);
  const drift = new Float64Array(days);
  for (let t = 0; t < days; t++) {
    const [a, b] = [path.onSlack[t]! / path.slack[t]!, path.onExcess[t]! / path.excess[t]!];
    const own = wanted.slack[t]! / path.slack[t]!;
    pull[t] = own + wanted.excess[t]! / path.excess[t]! - residuals.price[t]!;
    drift[t] = own - (a * pull[t]!) / (a + b) - ((a * b) / (a + b)) * residuals.day[t]!;
    for (let i = 0; i < k; i++) right[i]! += returns[t * k + i]! * drift[t]!;
    right[k]! += drift[t]!;
  }
  const push = Float64Array.from(
    limits,
    (_, j) => (wanted.room[j]! - path.onRoom[j]! * residuals.room[j]!) / path.room[j]!,
  );
  limits.forEach((row, j) => row.forEach((c, i) => (right[i]! += c * push[j]!)));
  const found = solve(matrix, right.length, right);
  return recover(program, path, residuals, wanted, found, pull);
}

/** All steps from those of (w, a, y). */
function recover(
  { k, days, returns, limits }: TailProgram,
  path: Path,
  residuals: Residuals,
  wanted: Pick<Steps, 'slack' | 'excess' | 'room'>,
  found: Float64Array,
  pull: Float64Array,
): Steps {
  const z = found.slice(0, k + 1);
  const [slack, excess, onSlack, onExcess] = [0, 0, 0, 0].map(() => new Float64Array(days)) as Four;
  for (let t = 0; t < days; t++) {
    const [a, b] = [path.onSlack[t]! / path.slack[t]!, path.onExcess[t]! / path.excess[t]!];
    let moved = z[k]! + residuals.day[t]!;
    for (let i = 0; i < k; i++) moved += returns[t * k + i]! * z[i]!;
    excess[t] = (pull[t]! - a * moved) / (a + b);
    slack[t] = excess[t]! + moved;
    onSlack[t] = (wanted.slack[t]! - path.onSlack[t]! * slack[t]!) / path.slack[t]!;
    onExcess[t] = (wanted.excess[t]! - path.onExcess[t]! * excess[t]!) / path.excess[t]!;
  }
  const room = Float64Array.from(limits, (row, j) =>
    row.reduce((sum, c, i) => sum + c * z[i]!, residuals.room[j]!),
  );
  const onRoom = room.map((step, j) => (wanted.room[j]! - path.onRoom[j]! * step) / path.room[j]!);
  return { z, slack, excess, room, onSlack, onExcess, onRoom, onEquality: found.slice(k + 1) };
}

type Four = [Float64Array, Float64Array, Float64Array, Float64Array];

/** How much of the complementarity to keep: the cube of what the predictor would leave. */
function shrinkage(path: Path, step: Steps): number {
  const [primal, dual] = lengths(path, step, 1);
  let before = 0;
  let after = 0;
  for (const [value, of] of pairs)
    for (let t = 0; t < path[value].length; t++) {
      before += path[value][t]! * path[of][t]!;
      after += (path[value][t]! + primal * step[value][t]!) * (path[of][t]! + dual * step[of][t]!);
    }
  return (after / before) ** 3;
}

const pairs = [
  ['slack', 'onSlack'],
  ['excess', 'onExcess'],
  ['room', 'onRoom'],
] as const;

/** The longest steps that keep everything positive, at most 1. */
function lengths(path: Path, step: Steps, share: number): [primal: number, dual: number] {
  const longestOf = (names: readonly (keyof Steps)[]): number => {
    let most = 1;
    for (const name of names)
      for (let t = 0; t < path[name].length; t++)
        if (step[name][t]! < 0) most = Math.min(most, (-share * path[name][t]!) / step[name][t]!);
    return most;
  };
  return [longestOf(pairs.map(([value]) => value)), longestOf(pairs.map(([, of]) => of))];
}

function advance(path: Path, step: Steps): void {
  const [primal, dual] = lengths(path, step, 0.995);
  const move = (name: keyof Steps, length: number): void => {
    for (let t = 0; t < path[name].length; t++) path[name][t]! += length * step[name][t]!;
  };
  for (const name of ['z', 'slack', 'excess', 'room'] as const) move(name, primal);
  for (const name of ['onSlack', 'onExcess', 'onRoom', 'onEquality'] as const) move(name, dual);
}
