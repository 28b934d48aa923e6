import { z } from 'zod';
import type { RosterView } from './mandate.js';

type Order = (view: RosterView, seats: readonly number[], to: number) => number[];

/** Ties keep the order of the lot, which is drawn in any case. */
const sortedBy =
  (key: (view: RosterView, seat: number, to: number) => number): Order =>
  (view, seats, to) =>
    view.lot.shuffle([...seats]).sort((a, b) => key(view, a, to) - key(view, b, to));

/** How a mandate picks who must move. */
export const selections = {
  lot: (view, seats) => view.lot.shuffle([...seats]),
  size: sortedBy(({ aum }, seat) => -aum[seat]!),
  cost: sortedBy(({ costUsd }, seat, to) => costUsd(seat, to)),
} satisfies Record<string, Order>;

type Selection = keyof typeof selections;

/** Said in the reason of every move. */
export const chosenHow: Readonly<Record<Selection, string>> = {
  lot: 'drawn by lot',
  size: 'largest first',
  cost: 'cheapest to move first',
};

export const selectionSchema = z
  .enum(Object.keys(selections) as [Selection, ...Selection[]])
  .default('lot')
  .meta({
    description:
      'Who must move: drawn by lot, the largest first (fewest institutions move), or the cheapest to move first.',
    unit: 'name',
  });

/** Members of an architecture that are in business, in the order in which they must move to another. */
export function inOrder(
  view: RosterView,
  architecture: Int32Array,
  from: number,
  to: number,
  by: Selection,
): number[] {
  const seats = view.ids.flatMap((_, i) => (architecture[i] === from && view.aum[i]! > 0 ? [i] : []));
  return selections[by](view, seats, to);
}
