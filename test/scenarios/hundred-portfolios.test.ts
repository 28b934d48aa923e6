import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { pairedDifference } from '../../analysis/statistics/paired-difference.js';
import { studentInterval } from '../../analysis/statistics/student-interval.js';

const folder = 'scenarios/hundred-portfolios';
const readme = readFileSync(`${folder}/README.md`, 'utf8');
const [head, ...lines] = readFileSync(`${folder}/results/edge.csv`, 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split(','));

/** A measure of a strategy in a market, seed by seed. */
const by = (market: string, strategy: string, measure: string): number[] =>
  lines
    .filter((cells) => cells[1] === market && cells[2] === strategy)
    .map((cells) => Number(cells[head!.indexOf(measure)]));

/** A strategy's Sharpe ratio less equal weight's on the same prices. */
const edge = (market: string, strategy: string): Float64Array => {
  const equal = by(market, 'equal-weight', 'sharpe');
  return Float64Array.from(by(market, strategy, 'sharpe'), (value, s) => value - equal[s]!);
};

const say = (x: number, digits: number): string => x.toFixed(digits).replace('-', '−');

describe('hundred portfolios', () => {
  it('has ten seeds of every market and strategy', () => {
    const markets = ['each by five', 'all mean-variance', 'all minimum-variance', 'all risk-parity'];
    expect(new Set(lines.map((cells) => cells[1]))).to.deep.equal(new Set(markets));
    for (const market of markets)
      for (const strategy of ['equal-weight', 'mean-variance', 'minimum-variance', 'risk-parity'])
        expect(by(market, strategy, 'sharpe')).to.have.length(10);
  });

  for (const strategy of ['mean-variance', 'minimum-variance', 'risk-parity'])
    it(`${strategy}: the README's edges, and what becomes of them, are those of the table`, () => {
      const row = readme.split('\n').find((line) => line.includes(`| ${strategy}`) && line.includes(']'))!;
      const few = edge('each by five', strategy);
      const all = edge(`all ${strategy}`, strategy);
      for (const sample of [few, all]) {
        const { value, interval } = studentInterval(sample);
        expect(row).to.include(`${say(value, 2)} [${interval!.map((x) => say(x, 2)).join(', ')}]`);
      }
      const { value, interval } = pairedDifference(few, all, { seed: 1, purpose: 'quoted' });
      expect(row).to.include(`${say(value, 3)} [${interval!.map((x) => say(x, 3)).join(', ')}]`);
    });

  it('measures in the README are means of the table', () => {
    const row = readme.split('\n').find((line) => line.startsWith('| mean-variance    | 12.8'))!;
    const { value, interval } = studentInterval(
      Float64Array.from(by('each by five', 'mean-variance', 'sharpe')),
    );
    expect(row).to.include(`${say(value, 2)} (${say(interval![0], 2)} to ${say(interval![1], 2)})`);
  });

  const [names, ...own] = readFileSync(`${folder}/results/institutions.csv`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  /** A measure of what some institutions made of their books, by seed. */
  const made = (market: string, who: string, measure: string): Map<string, number> =>
    new Map(
      own
        .filter((cells) => cells[1] === market && cells[2] === who)
        .map((cells) => [cells[0]!, Number(cells[names!.indexOf(measure)])]),
    );
  const paired = (a: Map<string, number>, b: Map<string, number>, scale: number): Float64Array =>
    Float64Array.from(
      [...a].filter(([seed]) => b.has(seed)).map(([seed, value]) => scale * (value - b.get(seed)!)),
    );
  const rowOf = (label: string, holds: string): string =>
    readme.split('\n').find((line) => line.startsWith(`| ${label} `) && line.includes(holds))!;

  for (const policy of ['sharpe-policy', 'evolution-gradient', 'deep-q', 'ppo'])
    it(`${policy}: what it made, and its edge on equal weight, are those of the table`, () => {
      const row = rowOf(`policy: ${policy}`, 'to');
      const returns = studentInterval(
        Float64Array.from(made(policy, 'policy', 'annualReturn').values(), (x) => 100 * x),
      );
      const [low, high] = returns.interval!;
      expect(row).to.include(`${say(returns.value, 1)} (${say(low, 1)} to ${say(high, 1)})%`);
      expect(high).to.be.below(12.1);
      const edges = studentInterval(
        paired(made(policy, 'policy', 'sharpe'), made(policy, 'equal-weight', 'sharpe'), 1),
      );
      expect(row).to.include(`${say(edges.value, 2)} [${edges.interval!.map((x) => say(x, 2)).join(', ')}]`);
    });

  for (const strategy of [
    'equal-weight',
    'cluster-based',
    'minimum-variance',
    'buy-and-hold',
    'mean-variance',
  ])
    it(`${strategy}: what harvesting by everybody added is that of the table`, () => {
      const added = studentInterval(
        paired(
          made('taxed and harvesting', strategy, 'annualReturn'),
          made('taxed', strategy, 'annualReturn'),
          1e4,
        ),
      );
      const said = `${say(added.value, 0)} [${added.interval!.map((x) => say(x, 0)).join(', ')}]`;
      expect(rowOf(strategy, said), said).to.be.a('string');
      expect(added.interval![0]).to.be.below(30);
    });
});
