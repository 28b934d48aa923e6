/** One measured number of a bench, and what it should be. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  /** What it is measured against: another program, a ceiling of the machine, the same work done otherwise. */
  readonly against?: string;
  readonly target?: Target;
}

export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A yardstick that this machine does not have, and how to get it. */
export interface Skipped {
  readonly what: string;
  readonly skipped: string;
}

export type Row = Figure | Skipped;

/** What a bench's file exports: it measures and says; the table judges. */
export type Bench = () => readonly Row[] | Promise<readonly Row[]>;

export type Verdict = 'pass' | 'short' | 'skipped' | '';

export function verdictOf(row: Row): Verdict {
  if ('skipped' in row) return 'skipped';
  if (!row.target) return '';
  const met = 'atLeast' in row.target ? row.value >= row.target.atLeast : row.value <= row.target.atMost;
  return met ? 'pass' : 'short';
}
