/** One constraint of a program, by kind and position. */
export interface ConstraintReference {
  readonly constraint: 'equality' | 'inequality' | 'lower' | 'upper';
  readonly index: number;
}

/** Thrown by a solver whose constraints cannot all hold; names the pair that conflicts most tightly. */
export class Infeasible extends Error {
  constructor(
    readonly violated: ConstraintReference,
    readonly opponent: ConstraintReference | undefined,
  ) {
    super(`constraints conflict: ${violated.constraint} ${violated.index} cannot hold`);
    this.name = 'Infeasible';
  }
}
