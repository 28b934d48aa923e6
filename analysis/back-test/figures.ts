import type { Account, BackTest, PriceHistory } from '../../core/back-test.js';
import { drawGrid } from '../figures/grid.js';
import type { Figure } from '../figures/figure.js';
import type { KeyItem } from '../figures/key.js';
import { line, type Layer } from '../figures/marks.js';
import type { Panel } from '../figures/panel.js';
import { coloursOf, palette } from '../figures/palette.js';
import { listed, percent } from '../figures/say.js';

/** Strategies and assets that have a colour of their own; the others share grey. */
const coloured = 6;

/** A date as a year and its part. */
const yearOf = (calendar: number): number => 1970 + calendar / 365.25;

const daysOf = ({ calendar }: PriceHistory, { first, last }: BackTest): number[] =>
  Array.from(calendar.subarray(first, last + 1), yearOf);

const keyOf = (names: readonly string[], sign: KeyItem['sign']): KeyItem[] => {
  const colours = coloursOf(names);
  const items = names.slice(0, coloured).map((label) => ({ label, colour: colours.get(label)!, sign }));
  return names.length > coloured ? [...items, { label: 'others', colour: palette.grey, sign }] : items;
};

const span = (x: readonly number[]): Panel['x'] => ({
  title: '',
  domain: [x[0]!, x.at(-1)!],
  format: 'd',
  ticks: 6,
});

const points = (x: readonly number[], y: ArrayLike<number>) =>
  x.map((value, t) => ({ x: value, y: y[t]! })).filter((p) => Number.isFinite(p.y));

/** Wealth below its running peak. */
function drawdownsOf({ wealth }: Account): Float64Array {
  let peak = 1;
  return wealth.map((value) => {
    peak = Math.max(peak, value);
    return 100 * (value / peak - 1);
  });
}

/** Growth of 1, and falls from the peak. */
export function equityFigure(history: PriceHistory, tests: readonly BackTest[]): Figure {
  const x = daysOf(history, tests[0]!);
  const names = tests.map(({ name }) => name);
  const colours = coloursOf(names);
  // The first named lie on top.
  const drawn = [...tests].reverse();
  const layers = (y: (account: Account) => ArrayLike<number>): Layer[] =>
    drawn.map(({ name, plain }) => line(points(x, y(plain)), colours.get(name)!, { width: 1.3 }));
  const panels: Panel[] = [
    {
      heading: 'Value of 1 after costs, log scale',
      height: 240,
      layers: layers(({ wealth }) => wealth.map((value) => Math.max(1e-3, value))),
      x: span(x),
      y: { type: 'log', ticks: 6, format: '~g' },
    },
    {
      heading: 'Below the peak, %',
      height: 150,
      layers: layers(drawdownsOf),
      x: span(x),
      y: { include: [0] },
    },
  ];
  const end = ({ plain }: BackTest): number => plain.wealth.at(-1)!;
  const ranked = [...tests].sort((a, b) => end(b) - end(a));
  const [best, worst] = [ranked[0]!, ranked.at(-1)!];
  const rest = tests.length > 1 ? `; least from ${worst.name}, ${end(worst).toFixed(2)}` : '';
  return {
    title: 'What became of 1, and how far it fell',
    key: keyOf(names, 'line'),
    caption: `From ${history.dates[tests[0]!.first]!} to ${history.dates[tests[0]!.last]!}, 1 became most with ${best.name}, ${end(best).toFixed(2)}${rest}.`,
    data: {
      date: history.dates.slice(tests[0]!.first, tests[0]!.last + 1),
      ...Object.fromEntries(tests.map(({ name, plain }) => [name, plain.wealth])),
    },
    draw: (width) => drawGrid(panels, 1, width, `eq${width}`),
  };
}

/** Assets in the order of how much of them is held, and which of them are drawn as one. */
function leading(
  tests: readonly BackTest[],
  k: number,
): { readonly shown: number[]; readonly others: number[] } {
  const held = new Float64Array(k);
  for (const { plain } of tests) plain.weights.forEach((w, at) => (held[at % k]! += w * w));
  const order = [...held.keys()].sort((a, b) => held[b]! - held[a]! || a - b);
  const most = k > coloured ? coloured - 1 : k;
  return { shown: order.slice(0, most), others: order.slice(most) };
}

/** Stacked bands over time. */
function bands(
  x: readonly number[],
  parts: readonly (readonly number[])[],
  colours: readonly string[],
): Layer[] {
  // Rows enough for the eye; a band needs all its corners on the same days.
  const stride = Math.max(1, Math.ceil(x.length / 160));
  const rows = [...x.keys()].filter((t) => t % stride === 0 || t === x.length - 1);
  const base = new Float64Array(x.length);
  return parts.map((part, p) => {
    const values = rows.map((t) => ({ x: x[t]!, low: base[t]!, high: base[t]! + Math.max(0, part[t]!) }));
    for (const t of rows) base[t]! += Math.max(0, part[t]!);
    return {
      data: { values },
      mark: { type: 'area', color: colours[p]!, opacity: 0.75, line: false, clip: true },
      encoding: {
        x: { field: 'x', type: 'quantitative' },
        y: { field: 'low', type: 'quantitative' },
        y2: { field: 'high' },
      },
    };
  });
}

interface Stack {
  readonly heading: string;
  readonly x: readonly number[];
  /** Shares of each asset (days, k). */
  readonly values: ArrayLike<number>;
}

/** One stacked panel a strategy, in colours that assets keep across panels. */
function stacked(history: PriceHistory, tests: readonly BackTest[], stackOf: (test: BackTest) => Stack) {
  const k = history.assets.length;
  const { shown, others } = leading(tests, k);
  const names = shown.map((i) => history.assets[i]!.id);
  const colours = coloursOf(names);
  const key: KeyItem[] = names.map((label) => ({ label, colour: colours.get(label)!, sign: 'dot' }));
  if (others.length > 0) key.push({ label: 'all others', colour: palette.grey, sign: 'dot' });
  const panels = tests.map((test): Panel => {
    const { heading, x, values } = stackOf(test);
    const columns = shown.map((i) => x.map((_, t) => 100 * values[t * k + i]!));
    const rest = x.map((_, t) => 100 * others.reduce((sum, i) => sum + Math.max(0, values[t * k + i]!), 0));
    return {
      heading,
      height: 110,
      layers: bands(
        x,
        [...columns, ...(others.length > 0 ? [rest] : [])],
        [...names.map((n) => colours.get(n)!), palette.grey],
      ),
      x: { ...span(x), ticks: 4 },
      y: { include: [0, 100], ticks: 3 },
    };
  });
  return { key, panels };
}

/** What each strategy held, day by day. */
export function weightsFigure(history: PriceHistory, tests: readonly BackTest[]): Figure {
  const x = daysOf(history, tests[0]!);
  const { key, panels } = stacked(history, tests, ({ name, plain }) => ({
    heading: `${name}, % of wealth`,
    x,
    values: plain.weights,
  }));
  const short = tests.filter(({ plain }) => plain.weights.some((w) => w < -1e-9)).map(({ name }) => name);
  const note = short.length > 0 ? ` Short positions of ${listed(short)} are not drawn.` : '';
  return {
    title: 'Weights over time',
    key,
    caption: `Shares of wealth at each close; what is missing to 100% is cash.${note}`,
    data: {
      assets: history.assets.map(({ id }) => id),
      ...Object.fromEntries(
        tests.map(({ name, plain }) => [
          name,
          plain.decisions.map(({ row, weights }) => ({ date: history.dates[row]!, weights })),
        ]),
      ),
    },
    draw: (width) => drawGrid(panels, 3, width, `we${width}`),
  };
}

/** Where the forecast risk came from, from rebalancing to rebalancing. */
export function riskFigure(history: PriceHistory, tests: readonly BackTest[]): Figure {
  const decided = tests.filter(({ plain }) => plain.decisions.length > 0);
  const { key, panels } = stacked(history, decided, (test) => {
    const { decisions } = test.plain;
    const rows = decisions.flatMap(({ row }, d) => [row, (decisions[d + 1]?.row ?? test.last + 1) - 1]);
    return {
      heading: `${test.name}, % of forecast variance`,
      x: rows.map((row) => yearOf(history.calendar[row]!)),
      values: decisions.flatMap(({ riskShares }) => [...riskShares, ...riskShares]),
    };
  });
  const concentration = ({ plain }: BackTest): number =>
    plain.decisions.reduce((sum, { riskShares }) => sum + riskShares.reduce((s, b) => s + b * b, 0), 0) /
    plain.decisions.length;
  const ranked = [...decided].sort((a, b) => concentration(a) - concentration(b));
  const say = (test: BackTest | undefined): string =>
    test === undefined ? '' : `${test.name} (${percent(concentration(test))})`;
  return {
    title: 'Contributions to forecast risk',
    key,
    caption: `Shares of forecast variance at each rebalancing. The sum of their squares is least with ${say(ranked[0])}${decided.length > 1 ? ` and greatest with ${say(ranked.at(-1))}` : ''}; negative shares are not drawn.`,
    data: Object.fromEntries(
      decided.map(({ name, plain }) => [
        name,
        plain.decisions.map(({ row, riskShares }) => ({ date: history.dates[row]!, riskShares })),
      ]),
    ),
    draw: (width) => drawGrid(panels, 3, width, `ri${width}`),
  };
}
