import type { Drawing } from '../figures/drawing.js';
import { px, textAt } from '../figures/drawing.js';
import type { Figure } from '../figures/figure.js';
import { drawGrid } from '../figures/grid.js';
import { line } from '../figures/marks.js';
import { palette } from '../figures/palette.js';
import { counted, percent } from '../figures/say.js';
import { isSelfFulfilling, type SizedShock, type StressTest } from './stress-test.js';

/** Institutions that the picture of losses shows; the table holds all. */
const shown = 20;
const colours = [palette.blue, palette.orange, palette.green, palette.purple, palette.sky];
const bar = { height: 13, step: 19, left: 84, right: 52 };

interface Part {
  readonly label: string;
  readonly colour: string;
  readonly losses: Float64Array;
}

const partsOf = ({ least: { stress } }: StressTest): Part[] => [
  { label: 'the shock itself', colour: palette.grey, losses: stress.directLosses },
  ...Object.entries(stress.byChannel).map(([label, { losses }], c) => ({
    label,
    colour: colours[c % colours.length]!,
    losses,
  })),
];

interface Row {
  readonly label: string;
  readonly shares: readonly number[];
}

function drawRow(row: Row, parts: readonly Part[], y: number, scale: number): string {
  let x = bar.left;
  const blocks = row.shares.map((share, p) => {
    const width = Math.max(0, share) * scale;
    const block = `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${bar.height}" fill="${parts[p]!.colour}"/>`;
    x += width;
    return block;
  });
  const middle = y + bar.height - 2;
  const name = row.label.length > 12 ? `${row.label.slice(0, 11)}…` : row.label;
  const all = row.shares.reduce((a, b) => a + b, 0);
  return `${textAt(name, 0, middle, { size: 12 })}${blocks.join('')}${textAt(percent(all), x + 5, middle, { size: 11 })}`;
}

function drawRows(rows: readonly Row[], parts: readonly Part[], width: number): Drawing {
  const longest = rows.reduce((most, { shares }) => {
    const all = shares.reduce((a, b) => a + Math.max(0, b), 0);
    return Math.max(most, all);
  }, 1e-12);
  const scale = (width - bar.left - bar.right) / longest;
  const body = rows.map((row, r) => drawRow(row, parts, 4 + r * bar.step, scale)).join('');
  return { width, height: 8 + rows.length * bar.step, body };
}

/** Who loses how much of its equity, and through what. */
export function lossesFigure(test: StressTest): Figure {
  const { book, least } = test;
  const parts = partsOf(test);
  const ratio = (i: number): number => least.stress.losses[i]! / book.equity[i]!;
  const order = [...book.ids.keys()].sort((a, b) => ratio(b) - ratio(a) || a - b);
  const rowOf = (i: number): Row => ({
    label: book.ids[i]!,
    shares: parts.map(({ losses }) => losses[i]! / book.equity[i]!),
  });
  const worst = order[0]!;
  const most = order.length > shown ? ` The ${shown} worst of ${book.ids.length} are shown.` : '';
  return {
    title: 'Loss by institution and channel, share of equity',
    key: parts.map(({ label, colour }) => ({ label, colour, sign: 'dot' as const })),
    caption: `${book.ids[worst]!} loses most, ${percent(ratio(worst))} of its equity, of which ${percent(least.stress.directLosses[worst]! / book.equity[worst]!)} to the shock itself.${most}`,
    data: {
      bank: book.ids,
      equity: book.equity,
      ...Object.fromEntries(parts.map(({ label, losses }) => [label, losses])),
    },
    draw: (width) => Promise.resolve(drawRows(order.slice(0, shown).map(rowOf), parts, width)),
  };
}

const over = (curve: readonly SizedShock[], y: (point: SizedShock) => number) =>
  curve.map((point) => ({ x: point.size, y: y(point) }));

const panelsOf = ({ curve }: StressTest) => [
  {
    heading: 'Loss, % of equity',
    height: 190,
    layers: [
      line(
        over(curve, (p) => 100 * p.directLossRatio),
        palette.grey,
      ),
      line(
        over(curve, (p) => 100 * p.lossRatio[1]),
        palette.vermillion,
        { dash: [4, 3] },
      ),
      line(
        over(curve, (p) => 100 * p.lossRatio[0]),
        palette.blue,
      ),
    ],
    x: { title: 'Size of shock (1: as asked)', domain: [0, 2] as const },
    y: { include: [0], ticks: 5 },
  },
  {
    heading: 'Institutions in default, count',
    height: 190,
    layers: [
      line(
        over(curve, (p) => p.defaults[1]),
        palette.vermillion,
        { dash: [4, 3] },
      ),
      line(
        over(curve, (p) => p.defaults[0]),
        palette.blue,
      ),
    ],
    x: { title: 'Size of shock (1: as asked)', domain: [0, 2] as const },
    y: { include: [0, 1], ticks: 5, format: 'd' },
  },
];

/** How losses and defaults grow with the shock, in the mildest and the worst solution. */
export function curveFigure(test: StressTest): Figure {
  const [end] = test.curve.slice(-1) as [SizedShock];
  const differ = isSelfFulfilling(test)
    ? ' At the size asked for, a worse solution than the mildest exists: expecting it brings it about.'
    : ' At the size asked for, the mildest solution is the only one.';
  return {
    title: 'Losses and defaults against the size of the shock',
    key: [
      { label: 'the shock itself', colour: palette.grey, sign: 'line' },
      { label: 'mildest solution', colour: palette.blue, sign: 'line' },
      { label: 'worst solution', colour: palette.vermillion, sign: 'dashed' },
    ],
    caption: `Twice the shock causes losses of ${percent(end.lossRatio[0])} of equity (above 100%, creditors lose too) and ${counted(end.defaults[0], 'default')}; the shock itself is ${percent(end.directLossRatio)} of that equity.${differ}`,
    data: { curve: test.curve },
    draw: (width) => drawGrid(panelsOf(test), 2, width, `sc${width}`),
  };
}
