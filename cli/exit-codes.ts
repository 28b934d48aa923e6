/** What the command's exit code says; `docs/how-to/exit-codes.md` explains each. */
export const exitCodes = {
  ok: 0,
  internal: 1,
  usage: 2,
  scenario: 3,
  run: 4,
  sweep: 5,
  mismatch: 6,
  verification: 7,
  refused: 8,
  unreachable: 9,
  interrupted: 130,
  terminated: 143,
} as const;
