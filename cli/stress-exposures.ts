import type { StressBook } from '../analysis/stress/book.js';
import { csrFromTriplets, type Csr } from '../market/contagion/csr.js';
import { readExposures } from '../market/contagion/exposure-files.js';
import { columnSums, rowSums } from '../market/contagion/product.js';
import { usageError } from './errors.js';

export const noExposures = ({ ids }: StressBook): Csr =>
  csrFromTriplets(ids.length, ids.length, { row: [], column: [], value: [] });

/** Claims must fit into the balance sheets that hold and owe them. */
function requireRoom({ ids, equity, cash, other, holdings }: StressBook, exposures: Csr, name: string): void {
  const [lent, borrowed] = [rowSums(exposures), columnSums(exposures)];
  ids.forEach((id, i) => {
    if (lent[i]! > other[i]! * (1 + 1e-9))
      throw usageError(`${name}: lender ${id} lends ${lent[i]!}, more than its column other of ${other[i]!}`);
    const debt = holdings[i]!.reduce((a, b) => a + b, cash[i]! + other[i]!) - equity[i]!;
    if (borrowed[i]! > debt * (1 + 1e-9))
      throw usageError(`${name}: borrower ${id} owes ${borrowed[i]!}, more than all its debt of ${debt}`);
  });
}

/** Reads claims between the institutions of a book: `lender,borrower,amount`, GEXF or GraphML. */
export function readStressExposures(text: string, name: string, book: StressBook): Csr {
  try {
    const exposures = readExposures(text, name, book.ids);
    requireRoom(book, exposures, name);
    return exposures;
  } catch (error) {
    if (error instanceof RangeError) throw usageError(`${name}: ${error.message}`);
    throw error;
  }
}
