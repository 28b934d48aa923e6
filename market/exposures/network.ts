import type { Extension } from '../../core/scenario/catalogue.js';

/** What a network of interbank claims is made for. */
export interface Lending {
  readonly seed: number;
  readonly ids: readonly string[];
  /** Claims that each wants to hold, USD. */
  readonly lent: Float64Array;
  /** Most that each can owe to others, USD. */
  readonly capacity: Float64Array;
}

/** Who lends how much to whom, creditor-major. */
export interface Network {
  readonly creditor: readonly number[];
  readonly debtor: readonly number[];
  /** USD. */
  readonly face: readonly number[];
}

/** A structure of exposures: an entry of the map `exposures`. */
export interface Structure extends Extension {
  readonly build: (options: Readonly<Record<string, unknown>>, lending: Lending) => Network;
}

/** Entries of a matrix that are worth more than a dollar, creditor-major. */
export function networkOf(matrix: Float64Array, n: number): Network {
  const creditor: number[] = [];
  const debtor: number[] = [];
  const face: number[] = [];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) {
      const amount = matrix[i * n + j]!;
      if (amount < 1) continue;
      creditor.push(i);
      debtor.push(j);
      face.push(amount);
    }
  return { creditor, debtor, face };
}
