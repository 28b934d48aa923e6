import { expect } from 'chai';
import { exp, sin } from '../../core/numeric.js';
import { openStream, streamKey } from '../../core/random.js';
import { estimateUniverse, withUniverse } from '../../market/calibration.js';
import { createStage } from '../../market/stage.js';
import { createWorld } from '../../market/world.js';
import { scenarioOf } from './fixture.js';
import { sharedText } from '../shared.js';

const scenarioWith = (calibration: object, regimes: object = {}) =>
  scenarioOf({
    market: {
      calibration: { prices: 'prices.csv', dynamics: [], ...calibration },
      fundamentals: { regimes },
    },
  });

/** `days` dates in a row, from 2001-01-01 on, months of 28 days. */
const date = (t: number): string => {
  const two = (x: number): string => String(x).padStart(2, '0');
  return `${2001 + Math.floor(t / 336)}-${two((Math.floor(t / 28) % 12) + 1)}-${two((t % 28) + 1)}`;
};

/** A CSV of the levels given per day and column; NaN leaves a cell empty. */
const csv = (names: string, days: number, level: (t: number, k: number) => number): string =>
  [
    `date,${names}`,
    ...Array.from({ length: days }, (_, t) =>
      [date(t), ...names.split(',').map((_, k) => level(t, k))]
        .map((x) => (Number.isNaN(x) ? '' : x))
        .join(','),
    ),
  ].join('\n');

const refusals = (text: string, calibration: object = {}): [string, string][] =>
  estimateUniverse(text, scenarioWith(calibration)).problems.map((p) => [p.path.join('.'), p.message]);

describe('calibration', () => {
  it('two columns that alternate together are one factor, with the volatility of their returns', () => {
    // Returns are ±1% in turn: mean 0, variance 10⁻⁴ · n / (n − 1).
    const text = csv('X,Y Z', 301, (t, k) => 50 * (k + 1) * exp(0.01 * (t % 2)));
    const calm = { enterStress: 0, leaveStress: 0.5 };
    const { assets, factors, problems } = estimateUniverse(text, scenarioWith({ factors: 1 }, calm));
    expect(problems).to.deep.equal([]);
    expect(factors).to.deep.equal(['component-1']);
    expect(assets.map(({ id }) => id)).to.deep.equal(['x', 'y-z']);
    expect(assets[0]!.volatility).to.be.closeTo(0.01 * Math.sqrt((252 * 300) / 299), 1e-12);
    for (const asset of assets) expect(asset.loadings['component-1']).to.be.closeTo(1, 1e-9);
    expect(assets[1]!.price).to.equal(100);
  });

  it('volatility is that of the calm regime', () => {
    const text = csv('a,b', 301, (t, k) => exp(0.01 * (t % (k + 2)) + 0.001 * sin(t)));
    const regimes = { enterStress: 0.01, leaveStress: 0.03, stressVolatility: 3 };
    const of = (given: object): number =>
      estimateUniverse(text, scenarioWith({ factors: 1 }, given)).assets[0]!.volatility;
    // A quarter of days at three times the volatility: 1 + (9 − 1) / 4 = 3 times the variance.
    expect(of({ enterStress: 0, leaveStress: 0.5 }) / of(regimes)).to.be.closeTo(Math.sqrt(3), 1e-12);
  });

  it('recovers loadings of a one-factor law from a sample', () => {
    const draws = openStream(streamKey(1, 'calibration'), 0);
    const levels = [0, 0, 0];
    const rows = Array.from({ length: 3001 }, () => {
      const f = draws.normal();
      return levels.map((x, k) => (levels[k] = x + 0.01 * (0.8 * f + 0.6 * draws.normal())));
    });
    const { assets } = estimateUniverse(
      csv('a,b,c', 3001, (t, k) => exp(rows[t]![k]!)),
      scenarioWith({ factors: 1 }),
    );
    // Correlations of 0.64: the first eigenvalue is 2.28, loadings √(2.28 / 3).
    for (const asset of assets) expect(asset.loadings['component-1']).to.be.closeTo(Math.sqrt(0.76), 0.03);
  });

  it('notes late listings and estimates loadings on the days that all have', () => {
    const text = csv('a,b', 400, (t, k) => (k === 1 && t < 100 ? NaN : exp(0.01 * (t % (k + 2)))));
    const { notes, problems } = estimateUniverse(text, scenarioWith({ factors: 1, minOverlapDays: 299 }));
    expect(problems).to.deep.equal([]);
    expect(notes).to.deep.equal([`row 102, column 3 (b): begins on ${date(100)}`]);
    expect(refusals(text, { factors: 1, minOverlapDays: 300 })).to.deep.equal([
      [
        'market.calibration.minOverlapDays',
        `all assets have returns on only 299 days ("b" begins on ${date(100)}), 300 are needed`,
      ],
    ]);
  });

  it('refuses files too short, constant prices, too many factors and names that collide', () => {
    const zigzag = (t: number, k: number): number => exp(0.01 * (t % (k + 2)));
    expect(refusals(csv('a,b', 11, zigzag), { factors: 1 })[0]![1]).to.equal(
      'all assets have returns on only 10 days, 250 are needed',
    );
    expect(
      refusals(
        csv('a,b', 300, (t, k) => (k === 0 ? 7 : zigzag(t, k))),
        { factors: 1 },
      ),
    ).to.deep.equal([['market.calibration.prices', 'column 2 (a): the price never changes']]);
    expect(refusals(csv('a,b', 300, zigzag), { factors: 3 })).to.deep.equal([
      ['market.calibration.factors', '3 factors cannot come from 2 assets'],
    ]);
    expect(
      refusals(csv('A B,a-b,!!', 300, zigzag), { factors: 1 }).map(([, message]) => message),
    ).to.deep.equal([
      'row 1, column 3: the name does not give an id of its own ("a-b"): column 2 has it',
      'row 1, column 4: the name does not give an id of its own ("")',
    ]);
  });

  it('passes on what is wrong with the table, by row and column', () => {
    const broken = csv('a,b', 300, (t, k) => (t === 7 && k === 1 ? -1 : 5 + (t % 3)));
    expect(refusals(broken)).to.deep.equal([
      ['market.calibration.prices', 'row 9, column 3 (b): -1 is not above 0'],
    ]);
  });

  const files = [
    { file: 'multiasset_6_prices_2010_2024.csv', assets: 6 },
    { file: 'sp500_20_prices_2010_2022.csv', assets: 20 },
  ];
  for (const { file, assets: count } of files)
    it(`makes a universe of ${file} in which a world can begin`, function () {
      const scenario = scenarioWith({});
      const estimate = estimateUniverse(sharedText(this, `data/${file}`), scenario);
      expect(estimate.problems).to.deep.equal([]);
      expect(estimate.assets).to.have.length(count);
      for (const asset of estimate.assets) {
        expect(asset.volatility, asset.id).to.be.within(0.005, 1);
        const squares = Object.values(asset.loadings).reduce((sum, b) => sum + b ** 2, 0);
        expect(squares, asset.id).to.be.within(0, 1 + 1e-9);
      }
      const calibrated = withUniverse(scenario, estimate);
      const world = createWorld(calibrated, createStage(calibrated));
      expect(world.volume).to.have.length(count);
    });

  it('notes the late listings of the ragged pypfopt_stock_prices.csv', function () {
    const { problems, notes, assets } = estimateUniverse(
      sharedText(this, 'data/pypfopt_stock_prices.csv'),
      scenarioWith({}),
    );
    expect(problems).to.deep.equal([]);
    expect(assets).to.have.length(20);
    expect(notes).to.have.length(10);
    expect(notes[2]).to.match(/^row \d+, column 5 \(BABA\): begins on 2014-09-19$/);
  });
});
