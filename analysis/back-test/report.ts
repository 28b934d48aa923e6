import type { BackTest, PriceHistory } from '../../core/back-test.js';
import { alone } from '../figures/frame.js';
import type { Figure } from '../figures/figure.js';
import { counted, decimal, percent } from '../figures/say.js';
import { html, table, text, type Html, type Section } from '../report/html.js';
import { pictureHtml, pictureOf, type Picture } from '../report/sections/pictures.js';
import { shell } from '../report/shell.js';
import { equityFigure, riskFigure, weightsFigure } from './figures.js';
import type { Portfolios } from './portfolios.js';
import { statisticsOf } from './statistics.js';
import type { BackTestMetric, BackTestSummary, StrategySummary } from './summary.js';

export interface BackTestSource {
  readonly title: string;
  readonly version: string;
  /** The command that makes the same report. */
  readonly command: string;
  /** What is assumed, one sentence each. */
  readonly assumptions: readonly string[];
  /** The same on many portfolios drawn from the file. */
  readonly portfolios: Portfolios | null;
}

const written: Readonly<Record<BackTestMetric['unit'], (value: number) => string>> = {
  'per year': percent,
  share: percent,
  ratio: (value) => decimal(value, 2),
  'basis points per year': (value) => `${decimal(value, 1)} bp`,
  probability: (value) => decimal(value, 3),
};

const cell = ({ value, unit, interval }: BackTestMetric): Html => {
  if (value === null) return text('undefined');
  const say = written[unit];
  const range = interval === null ? '' : `${say(interval[0])} to ${say(interval[1])}`;
  return html`<span class="value">${text(say(value))}</span
    >${range === '' ? [] : [html`<span class="note">${text(range)}</span>`]}`;
};

/** Measures in tables that a page has room for. */
const groups = [
  ['annualReturn', 'volatility', 'sharpe', 'deflatedSharpe', 'maxDrawdown'],
  ['sortino', 'calmar', 'turnover', 'costBps'],
  ['afterTaxReturn', 'harvestedReturn', 'harvestingBps'],
] as const;

const deflated = {
  label: 'Deflated Sharpe',
  meaning: 'Probability that the Sharpe ratio exceeds what the best of as many tries would show by luck.',
};

function results(summary: BackTestSummary, tests: readonly BackTest[]): Section {
  const labels: Readonly<Record<string, { readonly label: string; readonly meaning: string }>> = {
    ...statisticsOf(tests[0]!, 0),
    deflatedSharpe: deflated,
  };
  const tables = groups
    .map((names) => names.filter((name) => name in summary.strategies[0]!.metrics))
    .filter((names) => names.length > 0)
    .map((names) =>
      table(
        ['Strategy', ...names.map((name) => labels[name]!.label)],
        summary.strategies.map((s) => [text(s.name), ...names.map((name) => cell(s.metrics[name]!))]),
        'plain',
      ),
    );
  const meanings = groups.flat().flatMap((name) => (labels[name] ? [labels[name]] : []));
  return {
    id: 'results',
    title: 'Results',
    body: html`${tables}
      <p class="note">
        Below each value, its 95% interval by resampling blocks of ${text(summary.intervals.blockDays)} days
        (${text(summary.intervals.replications)} times).
      </p>
      <ul>
        ${meanings.map(({ label, meaning }) => html`<li>${text(`${label}: ${meaning}`)}</li>`)}
      </ul>`,
  };
}

const comparedHeads = ['Annual return', 'Volatility', 'Sharpe ratio', 'Maximum drawdown'];

const comparisonRow = ({ name, against }: StrategySummary): Html[] => [
  text(name),
  ...Object.values(against!).map(cell),
];

const comparison = (summary: BackTestSummary): Section[] =>
  summary.strategies.length < 2
    ? []
    : [
        {
          id: 'comparison',
          title: `Against ${summary.yardstick}`,
          body: html`${table(['Strategy', ...comparedHeads], summary.strategies.slice(1).map(comparisonRow), 'plain')}
            <p class="note">
              Differences on the same days, with 95% intervals; one that holds 0 tells nothing, and of
              ${text(summary.strategies.length - 1)} comparisons some exclude it by luck.
            </p>`,
        },
      ];

const acrossNames = [
  'annualReturn',
  'volatility',
  'sharpe',
  'maxDrawdown',
  'turnover',
  'harvestingBps',
] as const;

function across({ portfolios }: BackTestSource, tests: readonly BackTest[], yardstick: string): Section[] {
  if (portfolios === null) return [];
  const labels = statisticsOf(tests[0]!, 0);
  const names = acrossNames.filter((name) => name in labels);
  const rows = portfolios.strategies.map(({ name, metrics, beats }) => [
    text(name),
    ...names.map((metric) => cell(metrics[metric]!)),
    text(beats === null ? '' : `${decimal(100 * beats, 0)}%`),
  ]);
  const head = ['Strategy', ...names.map((name) => labels[name]!.label), `Beats ${yardstick}`];
  return [
    {
      id: 'portfolios',
      title: `Over ${portfolios.count} portfolios`,
      body: html`${table(head, rows, 'plain')}
        <p class="note">
          Means over portfolios of ${text(portfolios.size)} assets drawn at random, and between what values
          95% of them lie; the last column is the share of portfolios with a higher Sharpe ratio than the
          yardstick’s. They share their days: the spread is not a standard error.
        </p>`,
    },
  ];
}

function held({ strategies }: BackTestSummary): Section[] {
  const rows = strategies.flatMap(({ name, failures }) => {
    const [first] = failures;
    return first === undefined
      ? []
      : [[text(name), text(failures.length), text(first.date), text(first.reason)]];
  });
  if (rows.length === 0) return [];
  return [
    {
      id: 'held',
      title: 'Where a strategy had no answer',
      body: html`${table(['Strategy', 'Times', 'First', 'Reason'], rows, 'plain')}
        <p class="note">On those days it kept what it held.</p>`,
    },
  ];
}

const limits = ({ assumptions }: BackTestSource): Section => ({
  id: 'limits',
  title: 'Assumptions',
  body: html`<ul>
    ${[
      'A decision sees prices up to the close of the day before, and trades at the close of its day.',
      ...assumptions,
      'Fills have no effect on prices; taxes on dividends are not modelled, prices are taken as total returns.',
      'Assets that left the market before the file was made are not in it: survivors flatter every strategy.',
    ].map((sentence) => html`<li>${text(sentence)}</li>`)}
  </ul>`,
});

const reproduce = ({ command }: BackTestSource): Section => ({
  id: 'reproduce',
  title: 'Reproduce',
  body: html`<pre>${text(command)}</pre>`,
});

const jsonOf = (data: unknown): string =>
  `${JSON.stringify(data, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value), 1)}\n`;

const pictureFiles = ({ name, figure, wide }: Picture): [string, string][] => [
  [`figures/${name}.svg`, alone(wide)],
  [`figures/${name}.json`, jsonOf({ title: figure.title, caption: figure.caption, data: figure.data })],
];

/** Values at every close, one column a strategy. */
function wealthCsv(history: PriceHistory, tests: readonly BackTest[]): string {
  const { first, last } = tests[0]!;
  const lines = Array.from({ length: last - first + 1 }, (_, t) =>
    [history.dates[first + t]!, ...tests.map(({ plain }) => plain.wealth[t]!)].join(','),
  );
  return `${[['date', ...tests.map(({ name }) => name)].join(','), ...lines].join('\n')}\n`;
}

/** Target weights at every rebalancing, one row a strategy and date. */
function weightsCsv({ assets, strategies }: BackTestSummary): string {
  const lines = strategies.flatMap(({ name, weights }) =>
    weights.map((decision) => [name, decision.date, ...decision.weights].join(',')),
  );
  return `${[['strategy', 'date', ...assets].join(','), ...lines].join('\n')}\n`;
}

/** The files of a back-test's report, by path: a page that stands alone, its figures, and all numbers. */
export async function backTestReport(
  history: PriceHistory,
  tests: readonly BackTest[],
  summary: BackTestSummary,
  source: BackTestSource,
): Promise<ReadonlyMap<string, string>> {
  const figures: Readonly<Record<string, Figure>> = {
    equity: equityFigure(history, tests),
    weights: weightsFigure(history, tests),
    risk: riskFigure(history, tests),
  };
  const pictures = await Promise.all(
    Object.entries(figures).map(([name, figure]) => pictureOf(name, figure)),
  );
  const facts = `${counted(tests.length, 'strategy', 'strategies')}, ${counted(summary.assets.length, 'asset')}, ${counted(summary.days, 'trading day')} from ${summary.from} to ${summary.to}; Herdscope ${source.version}`;
  const sections = [
    results(summary, tests),
    ...comparison(summary),
    ...across(source, tests, summary.yardstick),
    { id: 'figures', title: 'Figures', body: html`${pictures.map(pictureHtml)}` },
    ...held(summary),
    limits(source),
    reproduce(source),
  ];
  return new Map([
    ['report.html', shell({ title: source.title, facts, version: source.version }, sections)],
    ['allocate.json', jsonOf(summary)],
    ['wealth.csv', wealthCsv(history, tests)],
    ['weights.csv', weightsCsv(summary)],
    ...pictures.flatMap(pictureFiles),
  ]);
}
