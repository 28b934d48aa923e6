/** Adding and subtracting whole vectors in place, modulo something. */
export interface Ring<T> {
  readonly add: (target: T, values: T) => void;
  readonly subtract: (target: T, values: T) => void;
}

/** Integers mod 2³²: the wrap-around of Uint32Array does the reduction. */
export const wordRing: Ring<Uint32Array> = {
  add: (target, values) => values.forEach((value, k) => (target[k] = target[k]! + value)),
  subtract: (target, values) => values.forEach((value, k) => (target[k] = target[k]! - value)),
};

/** Least non-negative remainder. */
export const remainder = (value: bigint, modulus: bigint): bigint => ((value % modulus) + modulus) % modulus;

/** Integers mod any modulus. */
export const modularRing = (modulus: bigint): Ring<bigint[]> => ({
  add: (target, values) => values.forEach((value, k) => (target[k] = remainder(target[k]! + value, modulus))),
  subtract: (target, values) =>
    values.forEach((value, k) => (target[k] = remainder(target[k]! - value, modulus))),
});

/** Masks that one member shares with others, by their place in the roster. */
export type PairMasks<T> = ReadonlyMap<number, T>;

/** Hides an update, in place, behind the masks its sender shares with others.
 * @formula y_i = x_i + Σ_{j>i} m_ij − Σ_{j<i} m_ji (mod R)
 * @source  Bonawitz et al. 2017, CCS
 * @pitfall the lower place adds, the higher subtracts: both adding would not cancel
 */
export function mask<T>(ring: Ring<T>, update: T, own: number, masks: PairMasks<T>): void {
  for (const [other, values] of masks) (own < other ? ring.add : ring.subtract)(update, values);
}

/** Takes out of a sum, in place, what a survivor's masks with members that dropped out left in it. */
export function unmask<T>(ring: Ring<T>, sum: T, survivor: number, dropped: PairMasks<T>): void {
  for (const [other, values] of dropped) (survivor < other ? ring.subtract : ring.add)(sum, values);
}
