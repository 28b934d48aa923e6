import { suggestion } from '../../core/nearest.js';
import { csrFromTriplets, type Csr } from './csr.js';
import { requireExposures } from './exposures.js';

const HEADER = 'lender,borrower,amount';

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Cells of one line of CSV; a quote within quotes is doubled. */
function cells(line: string): string[] {
  const found = line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g);
  return Array.from(found, ([, inQuotes, plain]) => inQuotes?.replaceAll('""', '"') ?? plain!.trim());
}

/** Exposures as a CSV edge list `lender,borrower,amount`, in the order of rows. */
export function toEdgeList(exposures: Csr, ids: readonly string[]): string {
  const lines = [HEADER];
  for (let i = 0; i < exposures.rows; i++)
    for (let e = exposures.start[i]!; e < exposures.start[i + 1]!; e++)
      lines.push(`${quoted(ids[i]!)},${quoted(ids[exposures.index[e]!]!)},${exposures.value[e]!}`);
  return `${lines.join('\n')}\n`;
}

interface Loan {
  readonly lender: number;
  readonly borrower: number;
  readonly amount: number;
}

/** One line as a loan; `place` names it in errors. */
function readLoan(line: string, place: string, known: ReadonlyMap<string, number>): Loan {
  const [lender = '', borrower = '', amount = '', ...more] = cells(line);
  if (more.length > 0)
    throw new RangeError(`${place}: has ${3 + more.length} values where ${HEADER} are 3: "${line}"`);
  for (const [column, id] of Object.entries({ lender, borrower }))
    if (!known.has(id))
      throw new RangeError(`${place}, column ${column}: unknown id "${id}"${suggestion(id, known.keys())}`);
  const value = Number(amount);
  if (amount === '' || !Number.isFinite(value) || value < 0)
    throw new RangeError(`${place}, column amount: "${amount}" is not an amount of at least 0`);
  if (lender === borrower)
    throw new RangeError(`${place}, column borrower: "${lender}" is exposed to itself`);
  return { lender: known.get(lender)!, borrower: known.get(borrower)!, amount: value };
}

/** Reads exposures between known institutions from `lender,borrower,amount`; errors name the line and the column. */
export function fromEdgeList(text: string, ids: readonly string[]): Csr {
  const known = new Map(ids.map((id, i) => [id, i]));
  const [header = '', ...lines] = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r?\n/);
  if (cells(header).join(',') !== HEADER)
    throw new RangeError(`line 1: "${header}" is not the header ${HEADER}`);
  const loans = lines.map((line, i) => readLoan(line, `line ${i + 2}`, known));
  const exposures = csrFromTriplets(ids.length, ids.length, {
    row: loans.map((l) => l.lender),
    column: loans.map((l) => l.borrower),
    value: loans.map((l) => l.amount),
  });
  requireExposures(exposures);
  return exposures;
}
