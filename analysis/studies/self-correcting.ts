import { channels } from '../../market/contagion/index.js';
import { contagionLoss, withFirewall } from '../../market/contagion/relief.js';
import { afterSpending, policies, rankPathways, type PolicyName } from '../../market/contagion/spending.js';
import { tools, type ToolName } from '../../market/contagion/tools.js';
import { totalAssets, type StressSystem } from '../../market/contagion/stress-system.js';
import { drawGrid } from '../figures/grid.js';
import { dots, line } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { decimal, percent } from '../figures/say.js';
import { systemOf } from '../stress/book.js';
import type { Study, StudyData, StudyResult } from './study.js';

/** Budgets, as shares of all equity. */
const budgets = [0.005, 0.01, 0.02, 0.04, 0.08];
const chosen = { clearing: channels.clearing, 'fire-sale': channels['fire-sale'] };
const terms = { priceImpact: 0.05, leverageCap: 1 / 0.03 };
const colours = {
  equal: palette.grey,
  'by-size': palette.orange,
  'by-debtrank': palette.sky,
  marginal: palette.blue,
};

const toolColours = {
  'capital-injection': palette.blue,
  'liquidity-injection': palette.green,
  'collateral-relief': palette.purple,
  'exposure-cap': palette.vermillion,
  any: palette.ink,
};

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

/** The smallest fall of all tradable prices, in whole percents, whose contagion costs over a twentieth of equity. */
export function tippingShock({
  book,
  exposures,
}: StudyData): { readonly fall: number; readonly system: StressSystem } | null {
  for (let percentage = 1; percentage <= 60; percentage++) {
    const shock = Object.fromEntries(book.assets.map((a) => [a, -percentage / 100]));
    const system = systemOf(book, exposures, { ...terms, shock });
    if (contagionLoss(system, chosen) > 0.05 * total(book.equity)) return { fall: percentage / 100, system };
  }
  return null;
}

export interface PolicyPoint {
  readonly policy: PolicyName;
  /** What the money may be spent on. */
  readonly tool: ToolName | 'any';
  /** Share of all equity. */
  readonly budget: number;
  readonly spent: number;
  /** Contagion losses left, over all equity before. */
  readonly loss: number;
}

/** Parts that marginal spending splits a budget into. */
const parts = 16;

const toolNames = Object.keys(tools) as ToolName[];

/** What a policy leaves of contagion at a budget, a share of all equity. */
export function policyPoint(
  system: StressSystem,
  policy: PolicyName,
  tool: PolicyPoint['tool'],
  budget: number,
): PolicyPoint {
  const equity = total(system.equity);
  const allowed = tool === 'any' ? toolNames : [tool];
  const made = policies[policy](system, chosen, { budget: budget * equity, tools: allowed, parts });
  const spent = total(made.map((one) => one.spent)) / equity;
  return { policy, tool, budget, spent, loss: contagionLoss(afterSpending(system, made), chosen) / equity };
}

/** Capital by each policy at each budget. */
export const comparePolicies = (system: StressSystem): PolicyPoint[] =>
  (Object.keys(policies) as PolicyName[]).flatMap((policy) =>
    budgets.map((budget) => policyPoint(system, policy, 'capital-injection', budget)),
  );

/** Each tool alone, and all of them, spent where they save most. */
export const compareTools = (system: StressSystem): PolicyPoint[] =>
  [...toolNames, 'any' as const].flatMap((tool) =>
    budgets.map((budget) => policyPoint(system, 'marginal', tool, budget)),
  );

const panelOf = (heading: string, series: Readonly<Record<string, string>>, without: number) => ({
  heading,
  height: 230,
  x: { title: 'Budget, % of equity', domain: [0, 8.4] as const },
  y: { include: [0], ticks: 5 },
  layersOf: (pointsOf: (name: string) => readonly PolicyPoint[]) =>
    Object.entries(series).flatMap(([name, colour]) => {
      const at = [
        { x: 0, y: 100 * without },
        ...pointsOf(name).map((p) => ({ x: 100 * p.budget, y: 100 * p.loss })),
      ];
      return [line(at, colour), dots(at, colour)];
    }),
});

const panels = (byPolicy: readonly PolicyPoint[], byTool: readonly PolicyPoint[], without: number) => {
  const left = panelOf('Losses left by policy, capital alone, % of equity', colours, without);
  const right = panelOf('Losses left by tool, marginal spending, % of equity', toolColours, without);
  return [
    { ...left, layers: left.layersOf((name) => byPolicy.filter((p) => p.policy === name)) },
    { ...right, layers: right.layersOf((name) => byTool.filter((p) => p.tool === name)) },
  ];
};

/** The larger half of institutions against the smaller. */
function halves(system: StressSystem): Uint8Array {
  const assets = totalAssets(system);
  const middle = [...assets].sort((a, b) => a - b)[Math.floor(assets.length / 2)]!;
  return Uint8Array.from(assets, (a) => (a >= middle ? 1 : 0));
}

/** The smallest budget tried that halves the losses, in words. */
function halving(name: string, points: readonly PolicyPoint[], without: number): string {
  const found = points.find((p) => p.loss < without / 2);
  return found === undefined
    ? `${name}: no budget up to ${percent(budgets.at(-1)!)} of equity halves the losses.`
    : `${name}: a budget of ${percent(found.budget)} of equity halves the losses (spending ${percent(found.spent)}).`;
}

function findingsOf(
  { book }: StudyData,
  system: StressSystem,
  [byPolicy, byTool]: readonly [PolicyPoint[], PolicyPoint[]],
  without: number,
): string[] {
  const equity = total(system.equity);
  const ranked = rankPathways(system, chosen, { budget: budgets[0]! * equity, tools: toolNames });
  const wall = contagionLoss(withFirewall(system, halves(system)), chosen) / equity;
  const who = (target: readonly number[]): string => target.map((i) => book.ids[i]!).join(' to ');
  return [
    ...Object.keys(colours).map((name) =>
      halving(
        `Capital, ${name}`,
        byPolicy.filter((p) => p.policy === name),
        without,
      ),
    ),
    ...Object.keys(toolColours).map((name) =>
      halving(
        `Marginal, ${name}`,
        byTool.filter((p) => p.tool === name),
        without,
      ),
    ),
    ...ranked
      .slice(0, 3)
      .map(
        ({ tool, target, relief }, at) =>
          `Pathway ${at + 1} of ${ranked.length}: ${tool} for ${who(target)}, ${decimal(relief, 2)} saved per unit spent.`,
      ),
    `A firewall between the larger and the smaller half leaves ${percent(wall)} of ${percent(without)}.`,
  ];
}

function run(data: StudyData): StudyResult {
  const tipped = tippingShock(data);
  if (tipped === null) throw new RangeError('no fall of prices up to 60% causes contagion in this book');
  const { fall, system } = tipped;
  const without = contagionLoss(system, chosen) / total(system.equity);
  const byPolicy = comparePolicies(system);
  const byTool = compareTools(system);
  const findings = [
    `Prices fall by ${percent(fall)}, the first fall that tips the system: contagion costs ${percent(without)} of equity.`,
    ...findingsOf(data, system, [byPolicy, byTool], without),
  ];
  return {
    findings,
    rows: [...byPolicy, ...byTool].map((p) => ({ ...p })),
    figure: {
      title: 'Money where it saves most, against naive policies',
      key: Object.entries({ ...colours, ...toolColours }).map(([label, colour]) => ({
        label,
        colour,
        sign: 'line' as const,
      })),
      caption: findings.join(' '),
      data: { byPolicy, byTool },
      draw: (width) => drawGrid(panels(byPolicy, byTool, without), 2, width, `sf${width}`),
    },
  };
}

/** A graph that corrects itself: capital is sent along the pathways that save most. */
export const selfCorrecting: Study = {
  question:
    'How much cheaper is it to stop contagion where each unit saves most than to spend equally, by size, or by DebtRank?',
  source:
    'no published figure; the naive policies are those of Battiston et al. 2012, Scientific Reports 2:541 (DebtRank) and size',
  reads: ['book', 'exposures'],
  run,
};
