import type { Channel } from './channel.js';
import { debtRankOfEach } from './debtrank-of-each.js';
import { contagionLoss } from './relief.js';
import { totalAssets, type StressSystem } from './stress-system.js';
import { tools, type Target, type Tool, type ToolName } from './tools.js';

type Chosen = Readonly<Record<string, Channel>>;

/** What distress travels through, and what spending on it would save. */
export interface Pathway {
  readonly tool: ToolName;
  /** The institution to help, or the lender and the borrower to bring apart. */
  readonly target: Target;
  readonly spent: number;
  /** Contagion losses avoided per unit spent. */
  readonly relief: number;
}

/** What there is to decide. */
export interface Purse {
  readonly budget: number;
  readonly tools: readonly ToolName[];
  /** Parts that the budget is spent in. */
  readonly parts: number;
}

/** How a budget is spent; what is spent sums to at most the budget. */
export type Policy = (system: StressSystem, chosen: Chosen, purse: Purse) => Pathway[];

const toolNamed = (name: ToolName): Tool => tools[name];

/** Spends on one target as much as it takes, or nothing. */
function spendOn(system: StressSystem, tool: ToolName, target: Target, amount: number) {
  const { most, spend } = toolNamed(tool);
  const spent = Math.min(amount, most(system, target));
  return { spent, changed: spent > 0 ? spend(system, target, spent) : system };
}

/** Every pathway by what spending up to `amount` on it alone would save per unit, best first; ties keep their order. */
export function rankPathways(
  system: StressSystem,
  chosen: Chosen,
  { budget, tools: names }: Pick<Purse, 'budget' | 'tools'>,
  loss = contagionLoss(system, chosen),
): Pathway[] {
  const all = names.flatMap((tool) =>
    toolNamed(tool)
      .targets(system)
      .flatMap((target): Pathway[] => {
        const { spent, changed } = spendOn(system, tool, target, budget);
        if (spent <= 0) return [];
        return [{ tool, target, spent, relief: (loss - contagionLoss(changed, chosen)) / spent }];
      }),
  );
  return all.sort((a, b) => b.relief - a.relief);
}

/** Below this a unit spent saves nothing but rounding. */
const NOTHING = 1e-9;

/** What to try next, but for what is left; parts of a budget need not add up to its last bit. */
const within = (amount: number, left: number): number => (amount > left * (1 + 1e-12) ? left : amount);

/** The most relief per unit first: any pathway, and any of several amounts, since a threshold may need much before
 * anything is saved; it stops where nothing saves any more. Parts are counted whole and money to the unit, for a target may
 * take less than it is offered. */
const marginal: Policy = (system, chosen, { budget, tools: names, parts }) => {
  const made: Pathway[] = [];
  let now = system;
  let unspent = budget;
  for (let left = parts; left > 0 && unspent > 1e-12 * budget;) {
    const loss = contagionLoss(now, chosen);
    let best: Pathway | undefined;
    for (let some = 1; some <= left; some *= 2) {
      const amount = within((some * budget) / parts, unspent);
      const [first] = rankPathways(now, chosen, { budget: amount, tools: names }, loss);
      if (first && first.relief > (best?.relief ?? NOTHING)) best = first;
    }
    if (best === undefined) break;
    made.push(best);
    now = toolNamed(best.tool).spend(now, best.target, best.spent);
    unspent -= best.spent;
    left -= Math.max(1, Math.round((best.spent / budget) * parts));
  }
  return merged(made);
};

/** One entry a target. */
function merged(made: readonly Pathway[]): Pathway[] {
  const found = new Map<string, Pathway>();
  for (const one of made) {
    const key = `${one.tool} ${one.target.join(' ')}`;
    const before = found.get(key);
    const spent = one.spent + (before?.spent ?? 0);
    const saved = one.relief * one.spent + (before ? before.relief * before.spent : 0);
    found.set(key, { ...one, spent, relief: saved / spent });
  }
  return [...found.values()];
}

/** Splits evenly over tools, and in proportion to a weight over each tool's targets, whatever that saves. */
const inProportion =
  (weights: (system: StressSystem) => Float64Array): Policy =>
  (system, chosen, { budget, tools: names }) => {
    const weight = weights(system);
    const loss = contagionLoss(system, chosen);
    return names.flatMap((tool) => {
      const targets = toolNamed(tool).targets(system);
      const of = targets.map((target) => target.reduce((sum, i) => sum + weight[i]!, 0));
      const all = of.reduce((a, b) => a + b, 0);
      return targets.flatMap((target, t): Pathway[] => {
        const share = all > 0 ? of[t]! / all : 0;
        const { spent, changed } = spendOn(system, tool, target, (share * budget) / names.length);
        if (spent <= 0) return [];
        return [{ tool, target, spent, relief: (loss - contagionLoss(changed, chosen)) / spent }];
      });
    });
  };

/** Ways to spend a budget: the one that measures what it saves, and the naive ones beside it. */
export const policies = {
  marginal,
  equal: inProportion(({ equity }) => new Float64Array(equity.length).fill(1)),
  'by-size': inProportion(totalAssets),
  'by-debtrank': inProportion(debtRankOfEach),
} satisfies Record<string, Policy>;

export type PolicyName = keyof typeof policies;

/** The system after all of it was spent, before any shock. */
export const afterSpending = (system: StressSystem, made: readonly Pathway[]): StressSystem =>
  made.reduce((now, { tool, target, spent }) => toolNamed(tool).spend(now, target, spent), system);
