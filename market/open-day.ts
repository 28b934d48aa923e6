import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { accrue } from './accruals.js';
import { pricesOf } from './book.js';
import { draftOf, holdingsIn, notify, standing, type Draft } from './draft.js';
import { issue, reenter } from './entry.js';
import { settleClaims } from './interbank.js';
import type { Acts } from './interventions/act.js';

/** A day that has begun: the world that institutions observe, and what is already on record. */
export interface Opened {
  readonly world: World;
  readonly draft: Draft;
  /** Equity of active institutions together, USD. */
  readonly openingEquityUsd: number;
}

/** The morning: accruals and flows, interbank claims due, new entrants, the authority's money. Prices are those of
 * the last close. The world handed in is left as it was. */
export function openDay(scenario: Scenario, stage: Stage, world: World, acts: Acts): Opened {
  const draft = draftOf(world, world.day + 1);
  const price = pricesOf(world.prices);
  const before = standing(draft, price);
  accrue(scenario, stage, world, draft, before, holdingsIn(draft, price));
  settleClaims(scenario, stage, world, draft, before);
  reenter(scenario, stage, draft);
  inject(stage, draft, acts);
  const opened = { ...world, day: draft.day, books: draft.books, claims: draft.claims };
  const openingEquityUsd = standing(draft, price).equity.reduce((total, x) => total + x, 0);
  return { world: opened, draft, openingEquityUsd };
}

function inject(stage: Stage, draft: Draft, { injections, announced }: Acts): void {
  for (const { institution, amountUsd } of injections) {
    const inBusiness = draft.books.active[institution] === 1;
    if (inBusiness) issue(draft, institution, amountUsd);
    notify(draft, 'intervention', {
      kind: 'capital-injection',
      target: stage.institutions[institution]!.id,
      amount: inBusiness ? amountUsd : 0,
      reason: inBusiness ? 'scheduled' : 'out of business: nothing was paid',
    });
  }
  for (const act of announced) notify(draft, 'intervention', { ...act });
}
