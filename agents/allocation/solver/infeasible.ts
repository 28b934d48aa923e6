/** One constraint of a program, by kind and position. */
export interface ConstraintReference {
  readonly constraint: 'equality' | 'inequality' | 'lower' | 'upper';
  readonly index: number;
}

/** A constraint of a conflict a·x ≥ b: its weight y in the proof, and its bound b. */
export interface Conflicting extends ConstraintReference {
  readonly weight: number;
  readonly bound: number;
}

const isRow = ({ constraint }: ConstraintReference): boolean =>
  constraint === 'equality' || constraint === 'inequality';

/** Thrown by a solver whose constraints cannot all hold; names the pair that conflicts most tightly.
 * @formula Σ_r y_r a_r = 0 and Σ_r y_r b_r > 0 prove that no x has a_r·x ≥ b_r for all r; of the constraints in the proof,
 *          those with the largest |y b| are named, rows before bounds of single variables where they tie
 * @source  Farkas 1902, Journal für die reine und angewandte Mathematik 124
 */
export class Infeasible extends Error {
  readonly violated: ConstraintReference;
  readonly opponent: ConstraintReference | undefined;

  constructor(proof: readonly Conflicting[]) {
    const part = ({ weight, bound }: Conflicting): number => Math.abs(weight * bound);
    const largest = proof.reduce((most, one) => Math.max(most, part(one)), 0);
    const apart = (a: Conflicting, b: Conflicting): number =>
      Math.abs(part(a) - part(b)) > 1e-9 * largest ? part(b) - part(a) : Number(isRow(b)) - Number(isRow(a));
    const order = proof.toSorted(apart);
    const [violated, opponent] = order.map(({ constraint, index }) => ({ constraint, index }));
    super(`constraints conflict: ${violated!.constraint} ${violated!.index} cannot hold`);
    this.name = 'Infeasible';
    this.violated = violated!;
    this.opponent = opponent;
  }
}
