import { cardTitles, type CardName, type FactResult, type Scorecard } from '../realism.js';
import { facts } from '../realism/facts/index.js';
import type { Reference } from '../realism/reference.js';
import type { Figure } from './figure.js';
import { drawGrid } from './grid.js';
import { bands, dots, level, whiskers } from './marks.js';
import { palette } from './palette.js';
import type { Panel } from './panel.js';
import { counted, listed } from './say.js';

const names: readonly CardName[] = ['a', 'b', 'c'];
/** Seeds lie side by side within this distance of their card. */
const spread = 0.22;

const colours: Readonly<Record<CardName, string>> = {
  a: palette.grey,
  b: palette.blue,
  c: palette.orange,
};

/** Each seed's own value, the seeds side by side. */
const seedsOf = ({ single }: FactResult, x: number): { x: number; y: number }[] =>
  single.flatMap((y, i) =>
    y === null ? [] : [{ x: x + spread * ((2 * (i + 0.5)) / single.length - 1), y }],
  );

function panelOf(i: number, { cards }: Scorecard, reference: Reference): Panel {
  const { name, low, high } = cards.b[i]!;
  const real = reference.facts[name].value;
  const layers = names.flatMap((card, c) => {
    const result = cards[card][i]!;
    const colour = colours[card];
    const own = seedsOf(result, c + 1).map((p) => ({ x: p.x, low: p.y, high: p.y }));
    const ticks = own.map(({ x, low: y }) => ({ x, y }));
    return [
      {
        ...dots(ticks, colour),
        mark: { type: 'point', filled: true, color: colour, size: 12, opacity: 0.6 },
      },
      ...(result.interval
        ? [whiskers([{ x: c + 1, low: result.interval[0], high: result.interval[1] }], palette.ink, 2)]
        : []),
      ...(result.value === null ? [] : [dots([{ x: c + 1, y: result.value }], palette.ink)]),
    ];
  });
  return {
    heading: facts[name].label,
    height: 150,
    layers: [
      bands([{ from: low, to: high }], palette.green, 0.14),
      ...(real === null ? [] : [level(real, palette.vermillion, [4, 3])]),
      ...layers,
    ],
    x: {
      title: '',
      domain: [0.5, 3.5],
      values: [1, 2, 3],
      labelExpr: "['news','market','Gaussian'][datum.value - 1]",
    },
    y: { ticks: 4 },
  };
}

/** The eleven facts on the three cards, seed by seed, against what real markets do. */
export function realismFigure(scorecard: Scorecard, reference: Reference): Figure {
  const { cards } = scorecard;
  const failed = cards.b.filter(({ pass }) => !pass).map(({ name }) => facts[name].label.toLowerCase());
  const passed = cards.b.length - failed.length;
  return {
    title: 'Stylized facts of the simulated index, card by card',
    key: [
      { label: 'one seed', colour: palette.blue, sign: 'dot' },
      { label: 'all seeds as one sample, 95% interval', colour: palette.ink, sign: 'rule' },
      { label: 'realistic range', colour: palette.green, sign: 'band' },
      { label: reference.name, colour: palette.vermillion, sign: 'dashed' },
    ],
    caption:
      `${counted(passed, 'fact')} of ${cards.b.length} hold in the market` +
      `${failed.length > 0 ? `; not ${listed(failed)}` : ''}. ` +
      `${cardTitles.c}: ${counted(scorecard.emergent.length, 'fact')} hold.`,
    data: { cards, reference },
    draw: (width) =>
      drawGrid(
        cards.b.map((_, i) => panelOf(i, scorecard, reference)),
        4,
        width,
        `realism-${width}`,
      ),
  };
}
