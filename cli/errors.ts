/** An error a user can act on: the entry prints its lines on stderr and leaves with its exit code. */
export class CliError extends Error {
  constructor(
    readonly exitCode: number,
    readonly lines: readonly string[],
  ) {
    super(lines.join('\n'));
    this.name = 'CliError';
  }
}

/** Bad usage, or bad input to a measure. */
export const usageError = (...lines: string[]): CliError => new CliError(2, lines);
