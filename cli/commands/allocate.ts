import { basename } from 'node:path';
import { drawPortfolio } from '../../agents/allocation/back-test/draw-portfolio.js';
import { firstRow, walkForward } from '../../agents/allocation/back-test/walk-forward.js';
import {
  acrossPortfolios,
  type AcrossPortfolios,
  type Portfolios,
} from '../../analysis/back-test/portfolios.js';
import { backTestReport } from '../../analysis/back-test/report.js';
import { summaryOf, type BackTestMetric, type BackTestSummary } from '../../analysis/back-test/summary.js';
import { livedByType } from '../../analysis/back-test/lived.js';
import { numbers } from '../../analysis/run-data.js';
import { aligned } from '../../analysis/text/aligned.js';
import type { BackTest, PriceHistory } from '../../core/back-test.js';
import { allocationPlan, type AllocationPlan } from '../allocation-plan.js';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import { wholeNumber, type Globals } from '../globals.js';
import { readText } from '../input-files.js';
import { packageVersion } from '../package.js';
import { readPriceHistory } from '../price-file.js';
import { readRun } from '../run-data.js';
import { isRecord, recordedPrices } from '../recorded-prices.js';
import { writeReport } from '../write-report.js';

interface Options extends Globals {
  readonly prices: string;
  readonly strategy: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly rebalance?: number | undefined;
  readonly costBps?: number | undefined;
  readonly tax: boolean;
  readonly assets?: string | undefined;
  readonly volumes?: string | undefined;
  readonly plan?: string | undefined;
  readonly set: readonly string[];
  readonly institutions: boolean;
  readonly portfolios?: number | undefined;
  readonly portfolioSize?: number | undefined;
  readonly out?: string | undefined;
  readonly force: boolean;
}

const flagsOf = ({ rebalance, costBps, tax }: Options): object => ({
  ...(rebalance === undefined ? {} : { rebalancing: { trigger: 'calendar', every: rebalance } }),
  ...(costBps === undefined ? {} : { costBps }),
  ...(tax ? { tax: {} } : {}),
});

function dateOf(option: string, value: string | undefined, otherwise: string): string {
  if (value === undefined) return otherwise;
  if (/^\d{4}-\d{2}-\d{2}$/.test(value) && new Date(value).toJSON()?.slice(0, 10) === value) return value;
  throw usageError(`${option}: "${value}" is not a date (YYYY-MM-DD)`);
}

/** First and last row of the test. */
function spanOf(history: PriceHistory, lookback: number, { prices, from, to }: Options): [number, number] {
  const { dates } = history;
  const begins = dateOf('--from', from, '');
  const ends = dateOf('--to', to, '9999-12-31');
  if (begins > ends) throw usageError(`--from ${begins}: is after --to ${ends}`);
  const last = dates.findLastIndex((date) => date <= ends);
  const first = firstRow(history, lookback, begins);
  if (first === undefined || first > last)
    throw usageError(
      `${prices}: too few observations: a decision looks back on ${lookback} days of at least two assets, and none between ${begins || dates[0]!} and ${to ?? dates.at(-1)!} has them`,
      'look back less far (--set lookback=252), or give earlier prices',
    );
  return [first, last];
}

function onPortfolios(
  history: PriceHistory,
  { plan, strategies }: AllocationPlan,
  [first, last]: readonly [number, number],
  options: Options,
): Portfolios | null {
  const { portfolios: count, portfolioSize } = options;
  if (count === undefined) {
    if (portfolioSize !== undefined)
      throw usageError('--portfolio-size: belongs to --portfolios, which is not given');
    return null;
  }
  const k = history.assets.length;
  const size = portfolioSize ?? Math.max(2, Math.floor(k / 2));
  if (!(size >= 2 && size <= k))
    throw usageError(`--portfolio-size: must be at least 2 and at most the ${k} assets of the file`);
  const tests = Array.from({ length: count }, (_, n) => {
    const drawn = drawPortfolio(history, size, plan.seed, n);
    return strategies.map((strategy) => walkForward(drawn, strategy, plan, first, last));
  });
  return { count, size, strategies: acrossPortfolios(tests, plan.cashRate) };
}

/** A strategy that never had an answer is refused: its account would have held nothing but cash. */
function refuseSilent(history: PriceHistory, tests: readonly BackTest[]): void {
  const silent = tests.filter(({ plain }) => plain.decisions.length === 0);
  if (silent.length > 0)
    throw usageError(
      ...silent.map(({ name, plain }) => {
        const { row, reason } = plain.failures[0]!;
        return `${name}: has no answer on any day; on ${history.dates[row]!}: ${reason}`;
      }),
    );
}

/** What the institutions of a run made of it themselves, type by type. */
async function lived(
  history: PriceHistory,
  { plan }: AllocationPlan,
  [first, last]: readonly [number, number],
  { prices: folder, institutions, tax }: Options,
): Promise<BackTest[]> {
  if (!institutions) return [];
  if (!isRecord(folder)) throw usageError(`--institutions: ${folder} is a file of prices, not a run`);
  if (tax) throw usageError('--institutions: what they paid in tax is of their own market; leave out --tax');
  const run = await readRun(folder, '');
  if (run.tables.positions === undefined)
    throw usageError(
      `--institutions: ${folder} has no positions: its record is ${run.scenario.record}`,
      'run it with -S record=standard',
    );
  const days = numbers(run.tables.assets!, 'day').filter((_, row) => row % history.assets.length === 0);
  return livedByType(run, history, { days, first, last }, plan.cashRate);
}

const word = (text: string): string =>
  /^[\w./=,:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const commandOf = (options: Options): string => {
  const flag = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`--${name}`, word(String(value))];
  return [
    'herdscope allocate',
    word(options.prices),
    ...flag('strategy', options.strategy),
    ...flag('from', options.from),
    ...flag('to', options.to),
    ...flag('rebalance', options.rebalance),
    ...flag('cost-bps', options.costBps),
    ...(options.tax ? ['--tax'] : []),
    ...(options.institutions ? ['--institutions'] : []),
    ...flag('assets', options.assets),
    ...flag('volumes', options.volumes),
    ...flag('plan', options.plan),
    ...flag('portfolios', options.portfolios),
    ...flag('portfolio-size', options.portfolioSize),
    ...options.set.flatMap((assignment) => flag('set', assignment)),
  ].join(' ');
};

function assumptionsOf({ plan }: AllocationPlan, { institutions }: Options): string[] {
  const { tax } = plan;
  return [
    `It looks back on ${plan.lookback} days; covariance: ${plan.riskModel.entry.summary.toLowerCase()} Expected returns: ${plan.forecast.entry.summary.toLowerCase()}`,
    `Rebalancing: ${plan.rebalancing.entry.summary.toLowerCase()} ${JSON.stringify(plan.rebalancing.options)}; orders: ${plan.slicing.entry.summary.toLowerCase()}`,
    `Trading costs ${plan.costBps} basis points of what is traded; cash earns ${100 * plan.cashRate}% a year.`,
    ...(tax === null
      ? []
      : [
          `Gains are taxed when realised, at ${100 * tax.shortRate}% within ${tax.longAfterDays} days and ${100 * tax.longRate}% after, lots ${tax.order}; a year's losses are carried to the next; the wash-sale window is ${tax.washDays} days. Harvesting looks for losses beyond ${100 * tax.harvest.threshold}% every ${tax.harvest.every} days and buys what moves most alike.`,
        ]),
    ...(institutions
      ? [
          'Rows of institutions are what those of a type made of their own books in the run: means of their daily returns, at the costs and taxes of their market and with trades that moved its prices. None of the assumptions above is theirs, but what cash earns.',
        ]
      : []),
    ...plan.overlay.map(({ entry, options }) => `Overlay: ${entry.summary} ${JSON.stringify(options)}`),
  ];
}

const percent = (metric: BackTestMetric | AcrossPortfolios | undefined): string =>
  metric?.value == null ? '-' : `${(100 * metric.value).toFixed(2)}%`;
const plain = (metric: BackTestMetric | AcrossPortfolios | undefined): string =>
  metric?.value?.toFixed(2) ?? '-';

interface Row {
  readonly name: string;
  readonly metrics: Readonly<Record<string, BackTestMetric | AcrossPortfolios>>;
  readonly beats?: number | null;
}

function tableText(strategies: readonly Row[], more: Readonly<Record<string, (row: Row) => string>>): string {
  const taxed = 'afterTaxReturn' in strategies[0]!.metrics;
  const columns: Readonly<Record<string, (row: Row) => string>> = {
    strategy: ({ name }) => name,
    return: ({ metrics }) => percent(metrics['annualReturn']),
    volatility: ({ metrics }) => percent(metrics['volatility']),
    Sharpe: ({ metrics }) => plain(metrics['sharpe']),
    drawdown: ({ metrics }) => percent(metrics['maxDrawdown']),
    turnover: ({ metrics }) => percent(metrics['turnover']),
    ...(taxed && {
      'after tax': ({ metrics }: Row) => percent(metrics['afterTaxReturn']),
      'harvest bp': ({ metrics }: Row) => plain(metrics['harvestingBps']),
    }),
    ...more,
  };
  const all = [Object.keys(columns), ...strategies.map((row) => Object.values(columns).map((of) => of(row)))];
  return `${aligned(all).join('\n')}\n`;
}

function textOf(
  { strategies, from, to, days, yardstick }: BackTestSummary,
  portfolios: Portfolios | null,
): string {
  const deflated = { deflated: ({ metrics }: Row) => plain(metrics['deflatedSharpe']) };
  const whole = `${tableText(strategies, deflated)}${days} days, ${from} to ${to}; returns a year, after costs\n`;
  if (portfolios === null) return whole;
  const beats = {
    [`beats ${yardstick}`]: ({ beats: share }: Row) => (share == null ? '-' : `${Math.round(100 * share)}%`),
  };
  return `${whole}\n${tableText(portfolios.strategies, beats)}means over ${portfolios.count} portfolios of ${portfolios.size} assets each\n`;
}

async function run(options: Options): Promise<void> {
  const history = isRecord(options.prices) ? await recordedPrices(options.prices) : readPriceHistory(options);
  const file =
    options.plan === undefined
      ? undefined
      : { name: options.plan, text: readText(options.plan, options.plan) };
  const plan = allocationPlan(
    options.strategy,
    { file, flags: flagsOf(options), overrides: options.set },
    history.assets,
  );
  if (plan.usesVolume && history.volumes === undefined)
    throw usageError('slicing vwap: needs --volumes, a CSV of units traded in the shape of the prices');
  const [first, last] = spanOf(history, plan.plan.lookback, options);
  const walked = plan.strategies.map((strategy) => walkForward(history, strategy, plan.plan, first, last));
  refuseSilent(history, walked);
  const tests = [...walked, ...(await lived(history, plan, [first, last], options))];
  const { cashRate, seed } = plan.plan;
  const summary = summaryOf(history, tests, { cashRate, seed, replications: plan.replications });
  const portfolios = onPortfolios(history, plan, [first, last], options);
  const source = {
    title: `Back-test on ${basename(options.prices)}`,
    version: packageVersion,
    command: commandOf(options),
    assumptions: assumptionsOf(plan, options),
    portfolios,
  };
  const report =
    options.out === undefined
      ? null
      : writeReport(await backTestReport(history, tests, summary, source), options.out, options.force);
  const printed = {
    json: () => `${JSON.stringify({ ...summary, ...(portfolios && { portfolios }), report }, null, 2)}\n`,
    text: () => `${textOf(summary, portfolios)}${report === null ? '' : `\n${report}\n`}`,
  };
  process.stdout.write(printed[options.format]());
}

/** `herdscope allocate`: strategies walked forward through the user's own prices. */
export const allocateCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('prices', {
        type: 'string',
        demandOption: true,
        describe:
          'CSV of a date and one column of prices an asset, empty before it is listed; or the folder of a run, whose market is then traded in at its prices',
      })
      .option('strategy', {
        type: 'string',
        demandOption: true,
        describe: 'Strategies, separated by commas, or all; the first is the yardstick of the others',
      })
      .option('from', {
        type: 'string',
        describe: 'First day of the test; days before it are only looked back on',
      })
      .option('to', { type: 'string', describe: 'Last day of the test' })
      .option('rebalance', {
        type: 'number',
        defaultDescription: '126',
        describe: 'Trading days between rebalancings',
      })
      .option('cost-bps', {
        type: 'number',
        defaultDescription: '10',
        describe: 'Cost of trading, basis points of what is traded',
      })
      .option('tax', {
        type: 'boolean',
        default: false,
        describe: 'Tax realised gains, with and without loss harvesting',
      })
      .option('institutions', {
        type: 'boolean',
        default: false,
        describe: 'Of a run: also what its institutions of each type made of their books',
      })
      .option('assets', { type: 'string', describe: 'CSV of id, class, region, sector, currency' })
      .option('volumes', { type: 'string', describe: 'CSV of units traded, in the shape of the prices' })
      .option('plan', { type: 'string', describe: 'YAML of risk model, forecast, overlay, execution, tax' })
      .option('set', {
        alias: 'S',
        type: 'string',
        array: true,
        nargs: 1,
        default: [] as string[],
        describe: 'Override: riskModel.estimator=dcc, strategies.kelly.fraction=0.5 (repeatable)',
      })
      .option('portfolios', {
        type: 'number',
        describe: 'Also test on so many portfolios of assets drawn at random from the file',
        coerce: (value: number | undefined) =>
          value === undefined ? undefined : wholeNumber('--portfolios')(value),
      })
      .option('portfolio-size', {
        type: 'number',
        defaultDescription: 'half of the assets',
        describe: 'Assets in each of them',
      })
      .option('out', { type: 'string', describe: 'Folder for report.html, figures and tables' })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Write into a folder that is not empty',
      }) as never,
  handler: run,
};
