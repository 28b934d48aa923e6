import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import { stream } from '../../core/random.js';
import { fitMargins } from '../fit-margins.js';
import { networkOf, type Lending, type Network, type Structure } from './network.js';

const options = z.strictObject({
  coreShare: field(
    unitInterval.gt(0).default(0.15),
    'Share of institutions, the largest in lending and borrowing, that form the core; never more than 45 of them.',
    'share of count',
  ),
  links: field(
    z.int().min(1).default(3),
    'Members of the core with which each other institution deals, drawn by lot.',
    'count',
  ),
});

type Options = z.output<typeof options>;

const COLUMN_FIT = 0.9;
/** Cores do not grow with the number of institutions: Craig and von Peter find about 45 among some 1,800 banks. */
const LARGEST_CORE = 45;

/** A core whose members all lend to each other, and a periphery that deals with a few of them.
 *
 * @formula faces are fitted to what each wants to lend (exactly) and can borrow (as nearly as the links allow)
 * @source  Craig & von Peter 2014, Journal of Financial Intermediation 23(3)
 */
export const corePeriphery: Structure = {
  summary: 'A core that lends to itself and a periphery that deals with a few core members.',
  options,
  build(chosen, lending): Network {
    const n = lending.ids.length;
    const seed = links(chosen as Options, lending);
    const { rows, columns } = margins(lending);
    return networkOf(fitMargins(seed, rows, columns, COLUMN_FIT).value, n);
  },
};

/** Nobody lends more than all can borrow. */
function margins({ lent, capacity }: Lending): { rows: Float64Array; columns: Float64Array } {
  const sum = (values: Float64Array): number => values.reduce((total, x) => total + x, 0);
  const wanted = sum(lent);
  const possible = sum(capacity);
  const total = Math.min(wanted, possible);
  const scaled = (values: Float64Array, of: number): Float64Array =>
    values.map((x) => (of > 0 ? (x * total) / of : 0));
  return { rows: scaled(lent, wanted), columns: scaled(capacity, possible) };
}

/** The pairs that deal, each weighted by what the debtor can borrow. */
function links({ coreShare, links: count }: Options, lending: Lending): Float64Array {
  const { ids, lent, capacity, seed } = lending;
  const n = ids.length;
  const weight = lent.map((x, i) => x + capacity[i]!);
  const order = ids.map((_, i) => i).sort((a, b) => weight[b]! - weight[a]! || a - b);
  const core = order.slice(0, Math.max(1, Math.min(LARGEST_CORE, Math.round(coreShare * n))));
  const matrix = new Float64Array(n * n);
  const deal = (i: number, j: number): void => {
    matrix[i * n + j] = capacity[j]!;
    matrix[j * n + i] = capacity[i]!;
  };
  core.forEach((i, place) => core.slice(place + 1).forEach((j) => deal(i, j)));
  for (const i of order.slice(core.length)) {
    const lot = stream({ seed, purpose: 'core-links', entity: ids[i]! });
    lot
      .shuffle(core.slice())
      .slice(0, count)
      .forEach((j) => deal(i, j));
  }
  return matrix;
}
