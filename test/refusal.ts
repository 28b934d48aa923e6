import { CliError } from '../cli/errors.js';

/** The lines with which a user's mistake is refused; fails where it is accepted or is not the user's. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof CliError && error.exitCode === 2) return error.lines.join('\n');
    throw error;
  }
  throw new Error('was accepted');
}
