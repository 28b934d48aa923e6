import type { Batch } from '../../../core/events.js';
import { numbers, type RunData } from '../../run-data.js';

/** An interbank claim: the creditor lent `face` to the debtor; both are roster indices. */
export interface Claim {
  readonly creditor: number;
  readonly debtor: number;
  readonly face: number;
}

/** The contagion graph of one day. */
export interface Snapshot {
  readonly label: string;
  readonly day: number;
  /** USD at the close; of those out of business, when last in it. */
  readonly assets: Float64Array;
  readonly inBusiness: Uint8Array;
  readonly forced: Uint8Array;
  /** Institutions that defaulted on the day. */
  readonly defaulted: ReadonlySet<number>;
  readonly claims: readonly Claim[];
}

/** The claims as last recorded on or before a day, between institutions. */
function claimsOn(batch: Batch, day: number, institutions: number): Claim[] {
  const days = numbers(batch, 'day');
  const recorded = Float64Array.from(days).reduce((last, d) => (d <= day && d > last ? d : last), -1);
  const [creditor, debtor, face] = ['creditor', 'debtor', 'face'].map((c) => numbers(batch, c)) as [
    Int32Array,
    Int32Array,
    Float64Array,
  ];
  return Array.from(days.keys()).flatMap((row) =>
    days[row] === recorded && face[row]! > 0 && creditor[row]! < institutions && debtor[row]! < institutions
      ? [{ creditor: creditor[row]!, debtor: debtor[row]!, face: face[row]! }]
      : [],
  );
}

/** Balance sheets of a day. */
function booksOn(
  batch: Batch,
  day: number,
  institutions: number,
): Pick<Snapshot, 'assets' | 'inBusiness' | 'forced'> {
  const assets = new Float64Array(institutions);
  const [inBusiness, forced] = [new Uint8Array(institutions), new Uint8Array(institutions)];
  const [days, seat, active] = ['day', 'institution', 'active'].map((c) => numbers(batch, c)) as [
    Int32Array,
    Int32Array,
    Int32Array,
  ];
  const [usd, forcedUsd] = [numbers(batch, 'assetsUsd'), numbers(batch, 'forcedUsd')];
  for (let row = 0; row < days.length; row++) {
    if (days[row]! > day) continue;
    const i = seat[row]!;
    if (active[row] === 1) assets[i] = usd[row]!;
    if (days[row] !== day) continue;
    inBusiness[i] = active[row]!;
    forced[i] = forcedUsd[row]! > 0 ? 1 : 0;
  }
  return { assets, inBusiness, forced };
}

function defaultedOn(run: RunData, day: number): Set<number> {
  const ids = run.notices.flatMap((n) =>
    n.kind === 'default' && n.day === day ? (n.columns['institution'] ?? []).map(String) : [],
  );
  return new Set(ids.map((id) => run.roster.findIndex((seat) => seat.id === id)).filter((i) => i >= 0));
}

/** The graph of a day: balance sheets at its close, claims as they stood on `claimsDay`. */
export function snapshotOf(
  run: RunData,
  books: Batch,
  exposures: Batch,
  { label, day, claimsDay }: { readonly label: string; readonly day: number; readonly claimsDay: number },
): Snapshot {
  const n = run.roster.length;
  return {
    label,
    day,
    ...booksOn(books, day, n),
    defaulted: defaultedOn(run, day),
    claims: claimsOn(exposures, claimsDay, n),
  };
}
