import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { rulesOf } from './channels/index.js';
import { writeDown } from './write-downs.js';
import { accrue } from './accruals.js';
import { lend, repayLoans } from './authority.js';
import { sheetsOf } from './book.js';
import { draftOf, notify, standing, type Draft } from './draft.js';
import { issue, reenter } from './entry.js';
import { repayEarly, settleClaims } from './interbank.js';
import type { Acts } from './interventions/act.js';
import { limitsOn, type Limits } from './limits.js';

/** A day that has begun: the world that institutions observe, and what is already on record. */
export interface Opened {
  readonly world: World;
  readonly draft: Draft;
  /** Equity of active institutions together, USD. */
  readonly openingEquityUsd: number;
  /** What institutions may owe today. */
  readonly limits: Limits;
}

/** The morning: accruals and flows, interbank claims due, new entrants, the authority's money. Prices are those of
 * the last close. The world handed in is left as it was. */
export function openDay(scenario: Scenario, stage: Stage, world: World, acts: Acts): Opened {
  const draft = draftOf(world, world.day + 1);
  const { holdings, balances: before } = sheetsOf(world);
  const { price } = holdings;
  const limits = limitsOn(scenario, stage, acts);
  accrue(scenario, stage, world, draft, before, holdings, limits);
  const rules = rulesOf(scenario);
  settleClaims(scenario, stage, world, draft, before, rules.funding, acts.firewalls);
  reenter(scenario, stage, draft);
  repayEarly(draft, acts);
  inject(stage, draft, acts);
  repayLoans(world, draft);
  const authority = lend(world, draft, before, acts);
  writeDown(scenario, stage, draft, price, rules.claims);
  const opened = { ...world, day: draft.day, books: draft.books, claims: draft.claims, authority };
  const openingEquityUsd = standing(draft, price).equity.reduce((total, x) => total + x, 0);
  return { world: opened, draft, openingEquityUsd, limits };
}

function inject(stage: Stage, draft: Draft, { injections, announced }: Acts): void {
  for (const { institution, amountUsd, reason = 'scheduled' } of injections) {
    const inBusiness = draft.books.active[institution] === 1;
    if (inBusiness) issue(draft, institution, amountUsd);
    notify(draft, 'intervention', {
      kind: 'capital-injection',
      target: stage.institutions[institution]!.id,
      amount: inBusiness ? amountUsd : 0,
      reason: inBusiness ? reason : 'out of business: nothing was paid',
    });
  }
  for (const act of announced) notify(draft, 'intervention', { ...act });
}
