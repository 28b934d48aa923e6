import { z } from 'zod';
import { field, nonNegative, positive, unitInterval, wholeDays } from '../../core/scenario/field.js';
import type { World } from '../../core/types.js';
import { pricesOf, worldBalances } from '../book.js';
import { rulesOf } from '../channels/index.js';
import { reducedSystem, type Reduced } from '../contagion/balance-sheets.js';
import type { Channel } from '../contagion/channel.js';
import { channels } from '../contagion/index.js';
import { contagionLoss } from '../contagion/relief.js';
import { policies, type Pathway, type PolicyName } from '../contagion/spending.js';
import { tools, type ToolName } from '../contagion/tools.js';
import { typeOf } from '../stage.js';
import type { Acts, Intervention, View } from './act.js';
import { checkSpan, during, spanFields } from './span.js';

const options = z.strictObject({
  act: field(
    z.enum(['recommend', 'make']).default('make'),
    'Whether what is found best is only put on record, or done.',
    'name',
  ),
  policy: field(
    z.enum(Object.keys(policies) as [PolicyName]).default('marginal'),
    'How the budget is split: where a unit saves most, or naively.',
    'name',
  ),
  tools: field(
    z
      .array(z.enum(Object.keys(tools) as [ToolName]))
      .min(1)
      .default(['capital-injection']),
    'What it may be spent on. Relief lasts for the day, a loan until the next decision, an exposure cap for good.',
    'list of names',
  ),
  budgetShare: field(
    unitInterval.gt(0).default(0.005),
    'Most that is spent each time, as a share of the equity of all solvent institutions.',
    'share',
  ),
  parts: field(
    z.int().min(1).max(64).default(4),
    'Parts that marginal spending splits a budget into.',
    'count',
  ),
  shock: field(
    positive.max(1).default(0.1),
    'Fall of all prices that it prepares for: what contagion would then cost is to be reduced.',
    'share',
  ),
  worry: field(
    nonNegative.default(0.01),
    'Nothing is done unless contagion would then cost at least this, as a share of equity.',
    'share',
  ),
  every: field(wholeDays.default(20), 'Days between decisions.', 'days'),
  ...spanFields,
});

type Options = z.output<typeof options>;

/** The solvent institutions at the last close, as channels of contagion see them. */
function systemOf({ scenario, stage, world }: View): Reduced {
  const { equity } = worldBalances(world);
  const price = pricesOf(world.prices);
  const bounds = rulesOf(scenario).assets;
  const { active, cash, loans, units } = world.books;
  return reducedSystem(scenario, {
    active,
    equity,
    cash,
    loans,
    holdings: valued(units, price, active.length),
    claims: world.claims,
    leverageCap: stage.institutions.map(
      (institution) => bounds(typeOf(scenario, institution), institution.leverage).cap,
    ),
    price,
  });
}

const valued = (units: World['books']['units'], price: Float64Array, n: number): Float64Array =>
  units.subarray(0, n * price.length).map((q, at) => q * price[at % price.length]!);

/** What each tool is in the market; targets are roster indices. */
const makers: Readonly<
  Record<ToolName, (target: readonly number[], amountUsd: number, terms: Terms) => Partial<Acts>>
> = {
  'capital-injection': ([institution], amountUsd, { reason }) => ({
    injections: [{ institution: institution!, amountUsd, reason }],
  }),
  'liquidity-injection': (target, amountUsd, { due, lender }) => ({
    loans: [{ institutions: new Set(target), amountUsd, due, lender }],
  }),
  'collateral-relief': (target, amountUsd, { equity }) => ({
    terms: [{ institutions: new Set(target), headroom: amountUsd / equity }],
  }),
  'exposure-cap': ([creditor, debtor], amountUsd) => ({
    repayments: [{ creditor: creditor!, debtor: debtor!, amountUsd }],
  }),
};

interface Terms {
  readonly reason: string;
  readonly due: number;
  readonly lender: number;
  /** Of the first of the target. */
  readonly equity: number;
}

interface Decided extends Pathway {
  /** Roster indices, where a pathway counts the solvent. */
  readonly seats: readonly number[];
  readonly equity: number;
}

/** What to do today: nothing where contagion would cost little. */
function decide({ policy, tools: names, budgetShare, parts, shock, worry }: Options, view: View): Decided[] {
  const { seats, system } = systemOf(view);
  const equity = system.equity.reduce((total, e) => total + e, 0);
  const shocked = { ...system, shock: system.shock.map(() => -shock) };
  const chosen = Object.fromEntries(
    view.scenario.contagion.channels.map(({ channel }) => [
      channel,
      (channels as Readonly<Record<string, Channel>>)[channel]!,
    ]),
  );
  if (contagionLoss(shocked, chosen) < worry * equity) return [];
  const purse = { budget: budgetShare * equity, tools: names, parts };
  return policies[policy](shocked, chosen, purse).map((one) => ({
    ...one,
    seats: one.target.map((p) => seats[p]!),
    equity: system.equity[one.target[0]!]!,
  }));
}

const merged = (all: readonly Partial<Acts>[]): Partial<Acts> => ({
  injections: all.flatMap(({ injections = [] }) => injections),
  loans: all.flatMap(({ loans = [] }) => loans),
  terms: all.flatMap(({ terms = [] }) => terms),
  repayments: all.flatMap(({ repayments = [] }) => repayments),
});

/** The contagion graph corrects itself: at each decision, pathways are ranked by how much contagion a unit spent on them
 * would save after a fall of prices, and the budget goes where that is most.
 * @source  docs/model.md; marginal relief is of `market/contagion/spending.ts`, DebtRank of Battiston et al. 2012
 * @pitfall it sees every balance sheet, and prepares for one shock alone
 */
export const selfCorrecting: Intervention = {
  summary:
    'Pathways of contagion are ranked by what a unit spent on them saves; the budget goes to the best.',
  options,
  check: (chosen, scenario) => checkSpan(chosen as Options, scenario),
  on(chosen, view) {
    const given = chosen as Options;
    const { day, stage } = view;
    if (!during(given, day) || (day - given.from) % given.every !== 0) return {};
    const decided = decide(given, view);
    const id = (i: number): string => stage.institutions[i]!.id;
    const why = ({ tool, relief }: Pathway): string =>
      `${tool}: saves ${relief.toPrecision(3)} of contagion per unit if prices fall by ${given.shock}`;
    const announced = decided.map((one) => ({
      kind: 'self-correcting',
      target: one.seats.map(id).join(' to '),
      amount: one.spent,
      reason: `${why(one)}; ${{ recommend: 'recommended', make: 'made' }[given.act]}`,
    }));
    const make = (one: Decided): Partial<Acts> =>
      makers[one.tool](one.seats, one.spent, {
        reason: why(one),
        due: day + given.every,
        lender: view.place,
        equity: one.equity,
      });
    const acts = { recommend: {}, make: merged(decided.map(make)) }[given.act];
    return { ...acts, announced };
  },
};
