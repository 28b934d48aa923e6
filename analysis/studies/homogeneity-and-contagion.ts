import { stream } from '../../core/random.js';
import { channels } from '../../market/contagion/index.js';
import { csrFromTriplets } from '../../market/contagion/csr.js';
import { linearImpact } from '../../market/contagion/impact.js';
import { csrFromDense } from '../../market/contagion/csr.js';
import { stressSystem } from '../../market/contagion/stress-system.js';
import { drawGrid } from '../figures/grid.js';
import { dots, line } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { percent } from '../figures/say.js';
import { outcomeOf } from '../stress/outcome.js';
import type { Study, StudyResult } from './study.js';

const [institutions, assets, degree, draws] = [40, 10, 4, 120];
const degreesOfHomogeneity = [0, 0.2, 0.4, 0.6, 0.8, 1];
const sheet = { equity: 6, tradable: 60, interbank: 12, cash: 4, other: 24 };
const chosen = { clearing: channels.clearing, 'fire-sale': channels['fire-sale'] };
/** Markets in which fire sales matter, and in which they hardly do. */
const depths = { shallow: 10, deep: 1000 };
/** Defaults of more than this share of institutions count as systemic. */
const systemic = 0.25;

/** Portfolio weights that a share `h` of a common model and a share 1 − h of an own one make: rows sum to 1. */
function weights(h: number, draw: number): number[][] {
  const random = (i: number): number[] => {
    const at = stream({ seed: 1, purpose: 'homogeneity-weights', entity: String(i), day: draw });
    const raw = Array.from({ length: assets }, () => at.exponential());
    const sum = raw.reduce((a, b) => a + b, 0);
    return raw.map((x) => x / sum);
  };
  const common = random(-1);
  return Array.from({ length: institutions }, (_, i) =>
    random(i).map((x, a) => (1 - h) * x + h * common[a]!),
  );
}

/** Lending to `degree` others, the same at every homogeneity. */
function lending(draw: number) {
  const at = stream({ seed: 1, purpose: 'homogeneity-lending', day: draw });
  const row: number[] = [];
  const column: number[] = [];
  for (let i = 0; i < institutions; i++) {
    const others = Array.from({ length: institutions }, (_, j) => j).filter((j) => j !== i);
    for (const j of at.shuffle(others).slice(0, degree)) {
      row.push(i);
      column.push(j);
    }
  }
  return csrFromTriplets(institutions, institutions, {
    row,
    column,
    value: row.map(() => sheet.interbank / degree),
  });
}

/** Institutions in default (share) after drawn asset returns that are the same at every homogeneity. */
function defaultsIn(
  h: number,
  draw: number,
  depth: number,
): { readonly direct: number; readonly all: number } {
  const at = stream({ seed: 1, purpose: 'homogeneity-shock', day: draw });
  const of = (amount: number): Float64Array => new Float64Array(institutions).fill(amount);
  const float = (institutions * sheet.tradable) / assets;
  const system = stressSystem({
    equity: of(sheet.equity),
    cash: of(sheet.cash),
    otherAssets: of(sheet.other),
    exposures: lending(draw),
    holdings: csrFromDense(weights(h, draw).map((row) => row.map((w) => w * sheet.tradable))),
    shock: Float64Array.from({ length: assets }, () => Math.max(-0.9, 0.12 * at.normal())),
    impact: Array.from({ length: assets }, () => linearImpact({ depth: depth * float })),
    leverageCap: 33,
  });
  const { defaulted, stress } = outcomeOf(system, chosen, 'least');
  const direct = stress.directLosses.filter((loss) => loss >= sheet.equity).length;
  return { direct: direct / institutions, all: defaulted.reduce((a, b) => a + b, 0) / institutions };
}

export interface HomogeneityPoint {
  readonly homogeneity: number;
  /** Depth of markets: 1/depth of all price is lost when all that is held of an asset is sold. */
  readonly depth: number;
  /** Probability that an institution fails by the shock alone, and with contagion. */
  readonly direct: number;
  readonly withContagion: number;
  /** Probability that over a quarter of institutions fail. */
  readonly systemic: number;
}

export function homogeneityPoint(homogeneity: number, depth: number): HomogeneityPoint {
  const found = Array.from({ length: draws }, (_, d) => defaultsIn(homogeneity, d, depth));
  const share = (of: (f: (typeof found)[number]) => number): number =>
    found.reduce((sum, f) => sum + of(f), 0) / draws;
  return {
    homogeneity,
    depth,
    direct: share((f) => f.direct),
    withContagion: share((f) => f.all),
    systemic: share((f) => (f.all > systemic ? 1 : 0)),
  };
}

const finding = (name: string, [first, last]: readonly [HomogeneityPoint, HomogeneityPoint]): string =>
  `In ${name} markets, from own portfolios to one common portfolio, failure by the shock alone goes from ${percent(first.direct)} to ${percent(last.direct)} of institutions, with contagion from ${percent(first.withContagion)} to ${percent(last.withContagion)}, and the probability that over a quarter fail together from ${percent(first.systemic)} to ${percent(last.systemic)}.`;

const curve = (points: readonly HomogeneityPoint[], y: (p: HomogeneityPoint) => number, colour: string) => {
  const at = points.map((p) => ({ x: p.homogeneity, y: 100 * y(p) }));
  return [line(at, colour), dots(at, colour)];
};

const panelOf = (name: string, points: readonly HomogeneityPoint[]) => ({
  heading: `Probability, %: ${name} markets`,
  height: 220,
  layers: [
    ...curve(points, (p) => p.direct, palette.grey),
    ...curve(points, (p) => p.withContagion, palette.blue),
    ...curve(points, (p) => p.systemic, palette.vermillion),
  ],
  x: { title: 'Share that the common model decides', domain: [0, 1] as const },
  y: { include: [0], ticks: 5 },
});

function run(): StudyResult {
  const found = Object.entries(depths).map(([name, depth]) => ({
    name,
    points: degreesOfHomogeneity.map((h) => homogeneityPoint(h, depth)),
  }));
  const findings = found.map(({ name, points }) => finding(name, [points[0]!, points.at(-1)!]));
  return {
    findings,
    rows: found.flatMap(({ points }) => points.map((p) => ({ ...p }))),
    figure: {
      title: 'One model for all: common holdings at equal interbank exposure',
      key: [
        { label: 'fails by the shock alone', colour: palette.grey, sign: 'line' },
        { label: 'fails, with contagion', colour: palette.blue, sign: 'line' },
        { label: 'over a quarter fail', colour: palette.vermillion, sign: 'line' },
      ],
      caption: findings.join(' '),
      data: { found },
      draw: (width) =>
        drawGrid(
          found.map(({ name, points }) => panelOf(name, points)),
          2,
          width,
          `hc${width}`,
        ),
    },
  };
}

/** Does the same portfolio everywhere raise contagion, when lending is the same? */
export const homogeneityAndContagion: Study = {
  question:
    'Does model monoculture, as equal portfolios, raise common-holding contagion at equal interbank exposure?',
  source:
    'Beale et al. 2011, PNAS 108(31), figure 1 (individual against systemic failure as portfolios converge)',
  reads: [],
  run,
};
