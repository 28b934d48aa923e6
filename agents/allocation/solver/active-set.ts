import { int32, uint8 } from '../../../core/slab.js';
import type { Arena } from './arena.js';
import { definiteFactor } from './definite-factor.js';

/** The factors of the active constraints: JᵀHJ = I and JᵀN = [R; 0], updated as constraints come and go. */
export interface ActiveSet {
  readonly size: number;
  count: number;
  /** Jᵀ, row-major: row k is the k-th basis vector. */
  readonly basis: Float64Array;
  /** R by columns: column j starts at j·size. */
  readonly triangle: Float64Array;
  readonly members: Int32Array;
  readonly multipliers: Float64Array;
  readonly isActive: Uint8Array;
}

/** A constraint whose normal is this close to the span of the active ones depends on them. */
const dependence = 1e-22;

export function activeSet(hessian: Float64Array, size: number, constraints: number, take: Arena): ActiveSet {
  return {
    size,
    count: 0,
    basis: inverseTriangle(definiteFactor(hessian, size), size, take(size * size)),
    triangle: take(size * size),
    members: int32(size),
    multipliers: take(size),
    isActive: uint8(constraints),
  };
}

/** L⁻¹ of a lower triangle, row by row, into zeroes. */
function inverseTriangle(lower: Float64Array, n: number, inverse: Float64Array): Float64Array {
  for (let i = 0; i < n; i++) {
    const row = i * n;
    for (let k = 0; k < i; k++) {
      const weight = lower[row + k]!;
      if (weight !== 0) for (let j = 0; j <= k; j++) inverse[row + j]! -= weight * inverse[k * n + j]!;
    }
    const pivot = lower[row + i]!;
    for (let j = 0; j < i; j++) inverse[row + j]! /= pivot;
    inverse[row + i] = 1 / pivot;
  }
  return inverse;
}

/** The step J₂d₂ that keeps active constraints as they are; returns |d₂|², 0 where no such step is left. */
export function stepDirection(set: ActiveSet, projection: Float64Array, direction: Float64Array): number {
  const { size, count, basis } = set;
  let total = 0;
  let curvature = 0;
  for (let k = 0; k < size; k++) {
    const square = projection[k]! ** 2;
    total += square;
    if (k >= count) curvature += square;
  }
  direction.fill(0);
  if (curvature <= dependence * total) return 0;
  for (let k = count; k < size; k++) {
    const along = projection[k]!;
    if (along !== 0) for (let i = 0, at = k * size; i < size; i++, at++) direction[i]! += along * basis[at]!;
  }
  return curvature;
}

/** r = R⁻¹d₁: how fast the active multipliers fall as the entering one rises. */
export function multiplierDirection(set: ActiveSet, projection: Float64Array, dual: Float64Array): void {
  const { size, count, triangle } = set;
  for (let j = 0; j < count; j++) dual[j] = projection[j]!;
  for (let j = count - 1; j >= 0; j--) {
    const column = j * size;
    const value = dual[j]! / triangle[column + j]!;
    dual[j] = value;
    for (let i = 0; i < j; i++) dual[i]! -= value * triangle[column + i]!;
  }
}

/** Admits a constraint: one Householder reflection turns d₂ onto the first free basis vector. */
export function activate(
  set: ActiveSet,
  id: number,
  multiplier: number,
  projection: Float64Array,
  direction: Float64Array,
): void {
  const { size, count, basis, triangle } = set;
  const length = reflect(set, projection, direction);
  for (let k = 0; k < count; k++) triangle[count * size + k] = projection[k]!;
  triangle[count * size + count] = length;
  for (let i = 0, at = count * size; i < size; i++, at++) basis[at] = direction[i]! / length;
  set.members[count] = id;
  set.multipliers[count] = multiplier;
  set.isActive[id] = 1;
  set.count++;
}

/** Applies I − βvvᵀ, v = d₂ − αe₁, to the free basis vectors after the first; returns α = ∓|d₂|. */
function reflect(set: ActiveSet, projection: Float64Array, direction: Float64Array): number {
  const { size, count, basis } = set;
  let square = 0;
  for (let k = count; k < size; k++) square += projection[k]! ** 2;
  const head = projection[count]!;
  const length = head > 0 ? -Math.sqrt(square) : Math.sqrt(square);
  const scale = 1 / (length * (length - head));
  const first = count * size;
  for (let k = count + 1; k < size; k++) {
    const factor = scale * projection[k]!;
    if (factor === 0) continue;
    for (let i = 0, at = k * size; i < size; i++, at++)
      basis[at]! -= factor * (direction[i]! - length * basis[first + i]!);
  }
  return length;
}

/** Drops the constraint at `position`; rotations restore the triangle. */
export function deactivate(set: ActiveSet, position: number): void {
  const { size, triangle, members, multipliers } = set;
  set.isActive[members[position]!] = 0;
  set.count--;
  for (let j = position; j < set.count; j++) {
    triangle.copyWithin(j * size, (j + 1) * size, (j + 1) * size + j + 2);
    members[j] = members[j + 1]!;
    multipliers[j] = multipliers[j + 1]!;
  }
  for (let j = position; j < set.count; j++) rotate(set, j);
}

/** Rotates rows j and j+1 so that R(j+1, j) vanishes. */
function rotate({ size, count, basis, triangle }: ActiveSet, j: number): void {
  const a = triangle[j * size + j]!;
  const b = triangle[j * size + j + 1]!;
  const length = Math.sqrt(a * a + b * b);
  if (b === 0) return;
  const cosine = a / length;
  const sine = b / length;
  const turn = (values: Float64Array, at: number, next: number): void => {
    const x = values[at]!;
    const y = values[next]!;
    values[at] = cosine * x + sine * y;
    values[next] = cosine * y - sine * x;
  };
  for (let column = j; column < count; column++) turn(triangle, column * size + j, column * size + j + 1);
  for (let i = 0; i < size; i++) turn(basis, j * size + i, (j + 1) * size + i);
}
