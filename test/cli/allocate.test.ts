import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { allocationPlan } from '../../cli/allocation-plan.js';
import { readPriceHistory } from '../../cli/price-file.js';
import type { BackTestSummary } from '../../analysis/back-test/summary.js';
import { refusal } from '../refusal.js';
import { pricesOf } from '../agents/allocation/back-test/fixture.js';
import { small } from '../small-run.js';
import { herdscope, workplace } from './herdscope.js';

const place = workplace();
after(place.remove);
const write = (name: string, text: string): string => {
  const path = join(place.path, name);
  writeFileSync(path, text);
  return path;
};

const { assets, dates, prices } = pricesOf(4, 200, 2);
const rows = dates.map((date, t) => `${date},${Array.from(prices.subarray(4 * t, 4 * t + 4)).join(',')}`);
const header = `date,${assets.map(({ id }) => id).join(',')}`;
const csv = (changed: readonly string[] = rows): string => [header, ...changed].join('\n');
const file = write('prices.csv', csv());

const plan = (names: string, overrides: string[] = [], text?: string) =>
  allocationPlan(
    names,
    { flags: {}, overrides, ...(text === undefined ? {} : { file: { name: 'plan.yaml', text } }) },
    assets,
  );

describe('herdscope allocate', () => {
  it('walks strategies through a file of prices, and writes a report', async () => {
    const out = join(place.path, 'out');
    const said = await herdscope(
      'allocate',
      file,
      ...['--strategy', 'equal-weight,risk-parity', '--rebalance', '20', '--cost-bps', '5', '--tax'],
      ...['--set', 'lookback=60', '--set', 'replications=50', '--from', '2020-03-10', '--to', '2020-07-10'],
      ...['--out', out, '--format', 'json'],
    );
    expect(said.stderr).to.equal('');
    const answer = JSON.parse(said.stdout) as BackTestSummary & { report: string };
    expect(answer.strategies.map(({ name }) => name)).to.deep.equal(['equal-weight', 'risk-parity']);
    expect([answer.from, answer.to, answer.days]).to.deep.equal(['2020-03-10', '2020-07-10', 123]);
    const [equal, parity] = answer.strategies;
    expect(equal!.weights[0]).to.deep.equal({ date: '2020-03-10', weights: [0.25, 0.25, 0.25, 0.25] });
    expect(equal!.weights).to.have.length(7);
    expect(Object.keys(equal!.metrics)).to.include.members([
      ...['annualReturn', 'volatility', 'sharpe', 'sortino', 'calmar', 'maxDrawdown', 'turnover', 'costBps'],
      ...['afterTaxReturn', 'harvestingBps', 'deflatedSharpe'],
    ]);
    expect(equal!.against).to.equal(null);
    expect(parity!.against!['annualReturn']!.value).to.be.closeTo(
      parity!.metrics['annualReturn']!.value! - equal!.metrics['annualReturn']!.value!,
      1e-12,
    );
    expect(parity!.metrics['sharpe']!.interval![0]).to.be.lessThan(parity!.metrics['sharpe']!.value!);
    const page = readFileSync(answer.report, 'utf8');
    for (const word of ['Results', 'Against equal-weight', 'Weights over time', 'herdscope allocate'])
      expect(page).to.include(word);
    for (const name of [
      'figures/equity.svg',
      'figures/risk.svg',
      'wealth.csv',
      'weights.csv',
      'allocate.json',
    ])
      expect(existsSync(join(out, name)), name).to.equal(true);
  }).timeout(60_000);

  it('refuses a strategy that never has an answer, with its reason', async () => {
    const said = await herdscope(
      ...['allocate', file, '--strategy', 'minimum-variance', '--set', 'lookback=60'],
      ...['--set', 'strategies.minimum-variance.maxWeight=0.2'],
    );
    expect([said.code, said.stdout]).to.deep.equal([2, '']);
    expect(said.stderr).to.match(
      /minimum-variance: has no answer on any day; on 2020-03-02: no portfolio meets the budget 1 and the greatest weight 0.2/,
    );
    expect(said.stderr).not.to.match(/at .*\.ts/);
  }).timeout(60_000);

  it('says where a file of prices is wrong', () => {
    const changed = (line: number, cells: string): string =>
      write('bad.csv', csv(rows.map((row, t) => (t === line ? cells : row))));
    const said = (path: string) => refusal(() => readPriceHistory({ prices: path }));
    expect(said(changed(3, '2020-01-04,1,NaN,1,1'))).to.match(/bad\.csv:5:3: asset-1: the price is missing/);
    expect(said(changed(3, '2020-01-04,1,x,1,1'))).to.match(/bad\.csv:5:3: asset-1: "x" is not a number/);
    expect(said(changed(3, '2020-01-04,1,-2,1,1'))).to.match(/bad\.csv:5:3: asset-1: -2 is not above 0/);
    expect(said(changed(3, '2020-01-04,1,2,1'))).to.match(/bad\.csv:5:1: has 4 cells/);
    expect(said(changed(3, '2020-02-30,1,2,1,3'))).to.match(/bad\.csv:5:1: "2020-02-30" is not a date/);
    const tags = write('assets.csv', 'id,sektor\nasset-0,energy');
    expect(refusal(() => readPriceHistory({ prices: file, assets: tags }))).to.match(
      /assets\.csv:1:2: "sektor" is not a column; did you mean "sector"/,
    );
    const unknown = write('assets.csv', 'id,sector\nasset-9,energy');
    expect(refusal(() => readPriceHistory({ prices: file, assets: unknown }))).to.match(
      /assets\.csv:2:1: "asset-9"/,
    );
  });

  it('reads tags of assets, and volumes in the shape of the prices', () => {
    const tags = write('assets.csv', 'id,sector,currency\nasset-1,energy,EUR');
    const { assets: read, volumes } = readPriceHistory({ prices: file, assets: tags, volumes: file });
    expect(read[1]).to.include({ sector: 'energy', currency: 'EUR', class: 'unclassified' });
    expect(volumes).to.have.length(800);
  });

  it('says where a plan is wrong', () => {
    const wrong = (names: string, overrides: string[] = [], text?: string) =>
      refusal(() => plan(names, overrides, text));
    expect(wrong('risk-party')).to.match(/"risk-party" is not a strategy; did you mean "risk-parity"/);
    expect(wrong('kelly,kelly')).to.match(/named twice/);
    expect(wrong('kelly', ['lookbak=3'])).to.match(
      /--set lookbak=3: lookbak: is not a known key; did you mean "lookback"/,
    );
    expect(wrong('kelly', [], 'lookback: 60\ncostBps: -1\n')).to.match(/plan\.yaml:2:10: costBps/);
    expect(wrong('kelly', [], 'strategies:\n  kelly:\n    fractio: 0.5\n')).to.match(
      /plan\.yaml:3:14: strategies\.kelly\.fractio: is not a known key; did you mean "fraction"/,
    );
    expect(wrong('kelly', ['riskModel.estimator=dc'])).to.match(/"dc" is not one of sample/);
    expect(wrong('kelly', ['overlay=[{rule: exclusion, names: [enery]}]'])).to.match(
      /--set overlay=.*overlay\[0\]\.names\[0\]: "enery" is not the sector of anything in the universe; did you mean/,
    );
  });

  it('takes options from a plan, flags and overrides, the last winning', () => {
    const { plan: read, strategies } = allocationPlan(
      'kelly,volatility-target,sixty-forty',
      {
        file: {
          name: 'plan.yaml',
          text: 'costBps: 7\nlookback: 90\nstrategies: { kelly: { fraction: 0.5 } }\n',
        },
        flags: { costBps: 3, rebalancing: { trigger: 'calendar', every: 63 } },
        overrides: ['lookback=80', 'riskModel.estimator=oas'],
      },
      assets,
    );
    expect([read.costBps, read.lookback, read.horizon]).to.deep.equal([3, 80, 63]);
    expect(read.riskModel.entry.summary).to.match(/normal returns/);
    expect(strategies[0]!.options).to.include({ fraction: 0.5 });
    // A target is a tenth a year unless told; equities and bonds are told by class.
    expect(strategies[1]!.options).to.include({ target: 0.1 * Math.sqrt(63 / 252) });
    expect(strategies[2]!.options).to.deep.include({ equities: [0, 2], bonds: [1, 3] });
  });

  it('asks for what a strategy cannot know', () => {
    const untold = assets.map((asset) => ({ ...asset, class: 'unclassified' }));
    expect(refusal(() => allocationPlan('sixty-forty', { flags: {}, overrides: [] }, untold))).to.match(
      /which columns are equities/,
    );
  });

  it('compares what the institutions of a run made of their books, and says where it cannot', async () => {
    const scenario = write('few.yaml', JSON.stringify({ ...small, name: 'few', days: 60 }));
    const runOf = async (record: string): Promise<string> => {
      const said = await herdscope(
        ...['run', scenario, '-S', `record=${record}`, '--out', join(place.path, record), '--format', 'json'],
        ...['--workers', '1'],
      );
      expect(said.code, said.stderr).to.equal(0);
      return join(place.path, record, readdirSync(join(place.path, record))[0]!);
    };
    const asked = ['--strategy', 'equal-weight', '--set', 'lookback=20', '--set', 'replications=20'];
    const run = await runOf('standard');
    const out = join(place.path, 'lived');
    const said = await herdscope(
      'allocate',
      run,
      ...asked,
      '--institutions',
      '--format',
      'json',
      '--out',
      out,
    );
    expect(readFileSync(join(out, 'report.html'), 'utf8')).to.include('made of their own books in the run');
    expect(said.code, said.stderr).to.equal(0);
    const { strategies } = JSON.parse(said.stdout) as BackTestSummary;
    expect(strategies.map(({ name }) => name)).to.deep.equal([
      'equal-weight',
      'institutions:bank',
      'institutions:fund',
    ]);
    for (const { metrics } of strategies) expect(metrics['annualReturn']!.value).to.be.finite;
    expect(strategies[2]!.metrics['turnover']!.value).to.be.above(0);
    const refused = async (...args: string[]): Promise<string> => {
      const { code, stderr } = await herdscope('allocate', ...args, ...asked, '--institutions');
      expect(code).to.equal(2);
      return stderr;
    };
    expect(await refused(file)).to.match(/--institutions: .*prices\.csv is a file of prices, not a run/);
    expect(await refused(run, '--tax')).to.match(/--institutions: .*leave out --tax/);
    expect(await refused(await runOf('minimal'))).to.match(
      /has no positions: its record is minimal[^]*record=standard/,
    );
  }).timeout(60_000);
});
