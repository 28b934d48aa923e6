/** Thrown where an architecture's own function on the trace is wrong: shapes that do not fit, an operation that the
 * engine does not have, more numbers than a program can address. */
export class Misbuilt extends Error {
  constructor(
    readonly architecture: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${architecture}: ${reason}`, options);
    this.name = 'Misbuilt';
  }
}
