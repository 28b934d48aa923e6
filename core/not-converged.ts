/** A solver's answer: the value, how many iterations it took, and how far from a solution it still is. */
export interface Solved<T> {
  readonly value: T;
  readonly iterations: number;
  readonly residual: number;
}

/** Thrown by every iterative solver that did not reach its tolerance: solvers answer or throw. */
export class NotConverged extends Error {
  constructor(
    readonly solver: string,
    readonly iterations: number,
    readonly residual: number,
  ) {
    super(`${solver} did not converge: residual ${residual} after ${iterations} iterations`);
    this.name = 'NotConverged';
  }
}
