import { channels } from '../../market/contagion/index.js';
import { injectionPolicies, type InjectionPolicy } from '../../market/contagion/injection-policies.js';
import { contagionLoss, rankPathways, withFirewall, withInjections } from '../../market/contagion/relief.js';
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
  readonly policy: keyof typeof injectionPolicies;
  /** Share of all equity. */
  readonly budget: number;
  readonly spent: number;
  /** Contagion losses left, over all equity before. */
  readonly loss: number;
}

/** What each policy leaves of contagion at each budget. */
export function comparePolicies(system: StressSystem): PolicyPoint[] {
  const equity = total(system.equity);
  return (Object.entries(injectionPolicies) as [PolicyPoint['policy'], InjectionPolicy][]).flatMap(
    ([policy, split]) =>
      budgets.map((budget) => {
        const amounts = split(system, chosen, budget * equity);
        const loss = contagionLoss(withInjections(system, amounts), chosen) / equity;
        return { policy, budget, spent: total(amounts) / equity, loss };
      }),
  );
}

const panelOf = (points: readonly PolicyPoint[], without: number) => ({
  heading: 'Contagion losses, % of equity',
  height: 230,
  layers: Object.entries(colours).flatMap(([policy, colour]) => {
    const at = [
      { x: 0, y: 100 * without },
      ...points.filter((p) => p.policy === policy).map((p) => ({ x: 100 * p.budget, y: 100 * p.loss })),
    ];
    return [line(at, colour), dots(at, colour)];
  }),
  x: { title: 'Budget, % of equity', domain: [0, 8.4] as const },
  y: { include: [0], ticks: 5 },
});

/** The larger half of institutions against the smaller. */
function halves(system: StressSystem): Uint8Array {
  const assets = totalAssets(system);
  const middle = [...assets].sort((a, b) => a - b)[Math.floor(assets.length / 2)]!;
  return Uint8Array.from(assets, (a) => (a >= middle ? 1 : 0));
}

function findingsOf(
  { book }: StudyData,
  system: StressSystem,
  points: readonly PolicyPoint[],
  without: number,
): string[] {
  const equity = total(system.equity);
  const least = (policy: string): PolicyPoint | undefined =>
    points.find((p) => p.policy === policy && p.loss < without / 2);
  const [best] = rankPathways(system, chosen, budgets[0]! * equity);
  const wall = contagionLoss(withFirewall(system, halves(system)), chosen) / equity;
  return [
    ...Object.keys(colours).map((policy) => {
      const found = least(policy);
      return found === undefined
        ? `${policy}: no budget up to ${percent(budgets.at(-1)!)} of equity halves the losses.`
        : `${policy}: a budget of ${percent(found.budget)} of equity halves the losses (spending ${percent(found.spent)}).`;
    }),
    `The best single pathway is ${best!.kind} of ${best!.institutions.map((i) => book.ids[i]!).join(' to ')}: ${decimal(best!.relief, 2)} saved per unit spent.`,
    `A firewall between the larger and the smaller half leaves ${percent(wall)} of ${percent(without)}.`,
  ];
}

function run(data: StudyData): StudyResult {
  const tipped = tippingShock(data);
  if (tipped === null) throw new RangeError('no fall of prices up to 60% causes contagion in this book');
  const { fall, system } = tipped;
  const without = contagionLoss(system, chosen) / total(system.equity);
  const points = comparePolicies(system);
  const findings = [
    `Prices fall by ${percent(fall)}, the first fall that tips the system: contagion costs ${percent(without)} of equity.`,
    ...findingsOf(data, system, points, without),
  ];
  return {
    findings,
    rows: points.map((p) => ({ ...p })),
    figure: {
      title: 'Capital where it saves most, against naive policies',
      key: Object.entries(colours).map(([label, colour]) => ({ label, colour, sign: 'line' as const })),
      caption: findings.join(' '),
      data: { points },
      draw: (width) => drawGrid([panelOf(points, without)], 1, width, `sf${width}`),
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
