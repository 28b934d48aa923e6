import { channels } from '../../market/contagion/index.js';
import { vulnerableBanks } from '../../market/contagion/vulnerable-banks.js';
import { drawGrid } from '../figures/grid.js';
import { line } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { percent } from '../figures/say.js';
import { heldInAll, impactDecay, systemOf, type StressBook } from '../stress/book.js';
import { outcomeOf } from '../stress/outcome.js';
import type { Study, StudyData, StudyResult } from './study.js';

const impacts = [0.01, 0.05, 0.1];
const sizes = Array.from({ length: 41 }, (_, i) => i / 100);
const leverageCap = 1 / 0.03;
const colours = [palette.sky, palette.blue, palette.purple];
/** The impact at which the two rules of selling are compared. */
const compared = 0.05;

export interface FireSalePoint {
  /** Fall of all tradable prices. */
  readonly shock: number;
  readonly priceImpact: number;
  /** In the mildest solution, and in the worst. */
  readonly defaults: number;
  readonly worstDefaults: number;
  /** Loss beyond the shock's own, over all equity, when institutions sell above the cap only. */
  readonly threshold: number;
  readonly worstThreshold: number;
  /** The same when each restores its leverage after any loss, once. */
  readonly targeting: number;
}

const total = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);

function targeted(book: StressBook, shock: number, priceImpact: number): number {
  const beta = impactDecay(priceImpact);
  const assets = book.holdings.map((row, i) => row.reduce((a, b) => a + b, book.cash[i]! + book.other[i]!));
  return vulnerableBanks({
    totalAssets: assets,
    equity: [...book.equity],
    weights: book.holdings.map((row, i) => row.map((held) => held / assets[i]!)),
    impact: heldInAll(book).map((held) => (held > 0 ? beta / held : 0)),
    shock: book.assets.map(() => -shock),
  }).aggregateVulnerability;
}

interface Solved {
  readonly defaults: number;
  readonly loss: number;
}

/** One shock at one price impact, under both rules of selling. */
export function fireSalePoint(
  { book, exposures }: StudyData,
  shock: number,
  priceImpact: number,
): FireSalePoint {
  const terms = { shock: Object.fromEntries(book.assets.map((a) => [a, -shock])), priceImpact, leverageCap };
  const system = systemOf(book, exposures, terms);
  const [least, greatest] = (['least', 'greatest'] as const).map((solution) => {
    const { stress, defaulted } = outcomeOf(system, { 'fire-sale': channels['fire-sale'] }, solution);
    const loss = total(stress.byChannel['fire-sale']!.losses) / total(book.equity);
    return { defaults: total(defaulted), loss };
  }) as [Solved, Solved];
  return {
    shock,
    priceImpact,
    defaults: least.defaults,
    worstDefaults: greatest.defaults,
    threshold: least.loss,
    worstThreshold: greatest.loss,
    targeting: targeted(book, shock, priceImpact),
  };
}

const over = (points: readonly FireSalePoint[], y: (p: FireSalePoint) => number) =>
  points.map((p) => ({ x: 100 * p.shock, y: y(p) }));

const panels = (points: readonly FireSalePoint[]) => {
  const at = (impact: number) => points.filter((p) => p.priceImpact === impact);
  const x = { title: 'Fall of tradable prices, %', domain: [0, 40] as const };
  return [
    {
      heading: 'Institutions in default, count',
      height: 210,
      layers: impacts.flatMap((impact, c) => [
        line(
          over(at(impact), (p) => p.worstDefaults),
          colours[c]!,
          { dash: [4, 3] },
        ),
        line(
          over(at(impact), (p) => p.defaults),
          colours[c]!,
        ),
      ]),
      x,
      y: { include: [0, 1], ticks: 5 },
    },
    {
      heading: `Loss to falling prices, % of equity (impact ${percent(compared)})`,
      height: 210,
      layers: [
        line(
          over(at(compared), (p) => 100 * Math.min(3, p.targeting)),
          palette.orange,
        ),
        line(
          over(at(compared), (p) => 100 * p.worstThreshold),
          palette.blue,
          { dash: [4, 3] },
        ),
        line(
          over(at(compared), (p) => 100 * p.threshold),
          palette.blue,
        ),
      ],
      x,
      y: { include: [0], ticks: 5 },
    },
  ];
};

/** The smallest shock that a rule answers with any sale. */
const firstSale = (points: readonly FireSalePoint[], impact: number): FireSalePoint | undefined =>
  points.find((p) => p.priceImpact === impact && p.threshold > 1e-9);

function run(data: StudyData): StudyResult {
  const points = impacts.flatMap((impact) => sizes.map((shock) => fireSalePoint(data, shock, impact)));
  const first = firstSale(points, compared);
  const small = points.find((p) => p.priceImpact === compared && p.shock === 0.01)!;
  const twofold = points.filter((p) => p.priceImpact === compared && p.worstThreshold > p.threshold + 1e-9);
  const findings = [
    first === undefined
      ? 'No shock up to 40% makes anybody sell under the threshold rule.'
      : `Under the threshold rule nobody sells before prices fall by ${percent(first.shock)}; at that fall sales cost ${percent(first.threshold)} of equity.`,
    `Under leverage targeting a fall of 1% already costs ${percent(small.targeting)} of equity, and the cost is proportional to the shock.`,
    twofold.length === 0
      ? 'Every shock has one solution.'
      : `Falls from ${percent(twofold[0]!.shock)} to ${percent(twofold.at(-1)!.shock)} have two solutions: if everybody sold everything, selling it would be right.`,
    ...impacts.map((impact) => {
      const end = points.filter((p) => p.priceImpact === impact).at(-1)!;
      return `At a price impact of ${percent(impact)}, a fall of 40% brings down ${end.defaults} of ${data.book.ids.length}.`;
    }),
  ];
  return {
    findings,
    rows: points.map((p) => ({ ...p })),
    figure: {
      title: 'Fire sales: a threshold has a tipping point, a leverage target has none',
      key: [
        ...impacts.map((impact, c) => ({
          label: `impact ${percent(impact)}`,
          colour: colours[c]!,
          sign: 'line' as const,
        })),
        { label: 'leverage targeting, one round, cut at 300%', colour: palette.orange, sign: 'line' },
        { label: 'the worst solution', colour: palette.ink, sign: 'dashed' },
      ],
      caption: findings.join(' '),
      data: { points },
      draw: (width) => drawGrid(panels(points), 2, width, `fs${width}`),
    },
  };
}

/** Defaults and losses against shock size and price impact; two rules of selling. */
export const fireSaleStudy: Study = {
  question:
    'How do defaults and losses grow with the shock and with price impact, and does it matter why institutions sell?',
  source:
    'Cont & Schaanning 2017, Fire sales, indirect contagion and systemic stress testing (threshold against targeting)',
  reads: ['book'],
  run,
};
