/** Thrown where a round brought fewer updates than its rule is defined for; the model then stays as it is. */
export class TooFewUpdates extends Error {
  constructor(
    readonly received: number,
    readonly needed: number,
    rule: string,
  ) {
    super(`${rule} needs at least ${needed} updates, but the round brought ${received}`);
    this.name = 'TooFewUpdates';
  }
}
