import { z } from 'zod';
import { suggestion } from '../../core/nearest.js';
import { roster } from '../../core/roster.js';
import type { ExtensionProblem } from '../../core/scenario/catalogue.js';
import { field, nonNegative } from '../../core/scenario/field.js';
import type { Scenario } from '../../core/scenario.js';
import { csrFromTriplets, type Csr } from '../contagion/csr.js';
import { networkFrom } from './margins.js';
import type { Structure } from './network.js';

const claim = z.strictObject({
  lender: field(z.string(), 'Institution that lends.', 'institution'),
  borrower: field(z.string(), 'Institution that owes.', 'institution'),
  amountUsd: field(nonNegative, 'Face value.', 'USD'),
});

const options = z.strictObject({
  file: field(
    z.string().nullable().default(null),
    'CSV of lender,borrower,amount (USD), GEXF or GraphML, relative to this file; its claims stand for `claims`.',
    'path',
  ),
  claims: field(
    z.array(claim).default([]),
    'Who lends how much to whom; claims between the same two add up.',
    'list',
  ),
});

type Options = z.output<typeof options>;

/** The claims of a matrix, as a scenario lists them. */
export const claimsOf = ({ rows, start, index, value }: Csr, ids: readonly string[]): Options['claims'] =>
  Array.from({ length: rows }, (_, i) => i).flatMap((i) =>
    Array.from(index.subarray(start[i], start[i + 1]), (j, at) => ({
      lender: ids[i]!,
      borrower: ids[j]!,
      amountUsd: value[start[i]! + at]!,
    })),
  );

function check(chosen: Readonly<Record<string, unknown>>, { institutions }: Scenario): ExtensionProblem[] {
  const ids = roster(institutions).map(({ id }) => id);
  return (chosen as Options).claims.flatMap((one, at) => [
    ...(['lender', 'borrower'] as const).flatMap((end) =>
      ids.includes(one[end])
        ? []
        : [{ path: ['claims', at, end], message: `unknown id "${one[end]}"${suggestion(one[end], ids)}` }],
    ),
    ...(one.lender === one.borrower
      ? [{ path: ['claims', at, 'borrower'], message: `"${one.lender}" is exposed to itself` }]
      : []),
  ]);
}

/** The claims that the scenario lists, or that a user's file does.
 *
 * @pitfall amounts are taken as they are: what a lender lends beyond its template it has taken from its cash, or borrowed
 */
export const given: Structure = {
  summary: 'The claims that are listed here or in a file.',
  options,
  check,
  build(chosen, { ids }) {
    const { claims } = chosen as Options;
    const seat = new Map(ids.map((id, i) => [id, i]));
    return networkFrom(
      csrFromTriplets(ids.length, ids.length, {
        row: claims.map(({ lender }) => seat.get(lender)!),
        column: claims.map(({ borrower }) => seat.get(borrower)!),
        value: claims.map(({ amountUsd }) => amountUsd),
      }),
    );
  },
};
