import type { Figure } from '../figures/figure.js';
import type { StressBook } from '../stress/book.js';
import type { Csr } from '../../market/contagion/csr.js';

/** Balance sheets and claims that a study may start from. */
export interface StudyData {
  readonly book: StressBook;
  readonly exposures: Csr;
}

/** What a study found: its figure, the numbers behind it, and what they say. */
export interface StudyResult {
  readonly figure: Figure;
  readonly rows: readonly Readonly<Record<string, number | string>>[];
  readonly findings: readonly string[];
}

/** A study of contagion, reproducible from its data alone. */
export interface Study {
  readonly question: string;
  /** The published figure whose shape it compares itself with. */
  readonly source: string;
  /** Which of the user's files it reads. */
  readonly reads: readonly ('book' | 'exposures')[];
  readonly run: (data: StudyData) => StudyResult;
}
