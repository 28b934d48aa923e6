import { stream, type Stream } from '../../core/random.js';
import { csrFromTriplets, type Csr } from '../../market/contagion/csr.js';
import { contagionReproduction, gaiKapadiaCascade } from '../../market/contagion/gai-kapadia.js';
import { drawGrid } from '../figures/grid.js';
import { dots, level, line } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { decimal, percent } from '../figures/say.js';
import type { Study, StudyResult } from './study.js';

/** Gai and Kapadia's benchmark: capital of 4% and interbank assets of 20% of the balance sheet. */
const balance = { capital: 0.04, interbank: 0.2 };
const institutions = 1000;
const draws = 80;
/** Defaults of more than this share of institutions count as a systemic cascade. */
const systemic = 0.05;
const degrees = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 7, 7.5, 8, 8.5, 9, 10];

/** A directed random graph of a mean degree: as many links as a Poisson number, each a pair drawn alike, each once. */
function randomGraph(n: number, meanDegree: number, draw: Stream): Csr {
  const links = new Set<number>();
  const wanted = draw.poisson(meanDegree * n);
  while (links.size < wanted) {
    const [i, j] = [draw.integer(n), draw.integer(n)];
    if (i !== j) links.add(i * n + j);
  }
  const row = Array.from(links, (link) => Math.floor(link / n));
  const lent = new Float64Array(n);
  for (const i of row) lent[i]!++;
  const value = row.map((i) => balance.interbank / lent[i]!);
  return csrFromTriplets(n, n, { row, column: Array.from(links, (link) => link % n), value });
}

export interface WindowPoint {
  readonly meanDegree: number;
  /** Share of draws with a systemic cascade. */
  readonly frequency: number;
  /** Mean share of institutions that default in one; NaN where there was none. */
  readonly extent: number;
  /** How many one failure brings down in a large network: cascades spread where it exceeds 1. */
  readonly reproduction: number;
}

/** Cascades from one random default, at one mean degree. */
export function windowPoint(meanDegree: number, n = institutions, count = draws): WindowPoint {
  const buffer = new Float64Array(n).fill(balance.capital);
  const extents = Array.from({ length: count }, (_, d) => {
    const draw = stream({ seed: 1, purpose: 'contagion-window', entity: String(meanDegree), day: d });
    const { value } = gaiKapadiaCascade(randomGraph(n, meanDegree, draw), buffer, [draw.integer(n)]);
    return value.defaulted.reduce((a, b) => a + b, 0) / n;
  }).filter((extent) => extent > systemic);
  return {
    meanDegree,
    frequency: extents.length / count,
    extent: extents.reduce((a, b) => a + b, 0) / extents.length,
    reproduction: contagionReproduction(meanDegree, balance.interbank / balance.capital),
  };
}

const over = (points: readonly WindowPoint[], y: (p: WindowPoint) => number) =>
  points.map((p) => ({ x: p.meanDegree, y: y(p) })).filter((p) => Number.isFinite(p.y));

const panels = (points: readonly WindowPoint[]) => {
  const x = { title: 'Mean degree', domain: [0, 10] as const };
  const [often, far] = [over(points, (p) => p.frequency), over(points, (p) => p.extent)];
  return [
    {
      heading: 'Systemic cascades: frequency and extent',
      height: 210,
      layers: [
        line(often, palette.blue),
        dots(often, palette.blue),
        line(far, palette.vermillion),
        dots(far, palette.vermillion),
      ],
      x,
      y: { domain: [0, 1.05] as const, ticks: 5 },
    },
    {
      heading: 'Reproduction number of a large network',
      height: 210,
      layers: [
        line(
          over(points, (p) => p.reproduction),
          palette.green,
        ),
        level(1, palette.ink, [4, 3]),
      ],
      x,
      y: { include: [0, 1], ticks: 5 },
    },
  ];
};

function run(): StudyResult {
  const points = degrees.map((z) => windowPoint(z));
  const inside = points.filter((p) => p.reproduction > 1).map((p) => p.meanDegree);
  const [first, last] = [Math.min(...inside), Math.max(...inside)];
  const peak = points.reduce((a, b) => (b.frequency > a.frequency ? b : a));
  const rare = points.filter((p) => p.frequency > 0).at(-1)!;
  const findings = [
    `The analytic window runs from a mean degree of about ${decimal(first, 1)} to ${decimal(last, 1)}.`,
    `Cascades are most frequent at a mean degree of ${decimal(peak.meanDegree, 1)} (${percent(peak.frequency)} of draws).`,
    `The last mean degree with any cascade is ${decimal(rare.meanDegree, 1)}: ${percent(rare.frequency)} of draws, and then ${percent(rare.extent)} of institutions default.`,
  ];
  return {
    findings,
    rows: points.map((p) => ({ ...p })),
    figure: {
      title: 'The contagion window: robust yet fragile',
      key: [
        { label: 'frequency', colour: palette.blue, sign: 'line' },
        { label: 'extent, where there is one', colour: palette.vermillion, sign: 'line' },
        { label: 'reproduction number', colour: palette.green, sign: 'line' },
      ],
      caption: findings.join(' '),
      data: { points },
      draw: (width) => drawGrid(panels(points), 2, width, `cw${width}`),
    },
  };
}

/** How often and how far a single default spreads, against connectivity. */
export const contagionWindow: Study = {
  question: 'How often, and how far, does one random default spread, as institutions lend to more others?',
  source: 'Gai & Kapadia 2010, Proceedings of the Royal Society A 466, figure 3',
  reads: [],
  run,
};
