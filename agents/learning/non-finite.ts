/** Thrown when training meets a value that is no number: the host then sits the institution out of the round. */
export class NonFinite extends Error {
  constructor(
    readonly architecture: string,
    readonly tensor: string,
  ) {
    super(`${architecture}: ${tensor} is not finite`);
    this.name = 'NonFinite';
  }
}

/** Whether every value is a number and no infinity: x * 0 is 0 for those alone. */
export function allFinite(values: Float32Array, from: number, to: number): boolean {
  let sum = 0;
  for (let i = from; i < to; i++) sum += values[i]! * 0;
  return sum === 0;
}
