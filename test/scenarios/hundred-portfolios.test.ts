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
});
