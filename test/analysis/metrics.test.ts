import { expect } from 'chai';
import { metricsOf } from '../../analysis/metrics.js';
import { syntheticRun, tableOf } from './synthetic-run.js';

const short = { days: 4, warmUp: 1 };

/** Three measured days with returns and prices that can be checked by hand. */
const byHand = () => {
  const run = syntheticRun(short);
  const row = (day: number, indexReturn: number, indexLevel: number, more: Record<string, number> = {}) => ({
    day,
    indexReturn,
    indexLevel,
    ...more,
  });
  const days = tableOf('days', [
    row(0, 0, 100),
    row(1, 0.5, 150, { lsv: 9, defaults: 7, forcedSalesUsd: 5, breaches: 3 }),
    row(2, 0.01, 120, { lsv: 0.1, defaults: 1, forcedSalesUsd: 0, breaches: 0 }),
    row(3, -0.02, 90, { lsv: 0.3, defaults: 0, forcedSalesUsd: 40, breaches: 2 }),
    row(4, 0.01, 99, { defaults: 0, forcedSalesUsd: 2, breaches: 1 }),
  ]);
  return metricsOf({ ...run, tables: { days } }).measures;
};

describe('metricsOf', () => {
  it('counts and averages the days after the warm-up only', () => {
    const m = byHand();
    expect(m['lsv']!.value).to.be.closeTo(0.2, 1e-15);
    expect(m['lsv']!.extreme).to.deep.equal({ which: 'highest', value: 0.3, day: 3 });
    expect(m['defaults']!.value).to.equal(1);
    expect(m['forcedSaleDays']!.value).to.equal(2);
    expect(m['forcedSalesUsd']!.value).to.equal(42);
    expect(m['breaches']!.value).to.equal(3);
    expect(m['maxDrawdown']!.value).to.equal(0.25);
    expect(m['volatility']!.value).to.be.closeTo(Math.sqrt(252 * 0.0003), 1e-12);
    expect(m['skewness']!.value).to.be.closeTo(-Math.SQRT1_2, 1e-12);
  });

  it('says why a value is undefined, and never calls it 0', () => {
    const m = byHand();
    for (const name of ['crowding', 'informationCoefficient']) {
      expect(m[name]!.value).to.equal(null);
      expect(m[name]!.reason).to.be.a('string').and.not.equal('');
      expect(m[name]!.interval).to.equal(null);
    }
  });

  it('gives no interval where there are fewer than five blocks of days', () => {
    expect(byHand()['volatility']!.interval).to.equal(null);
  });

  it('survivors are those without a default notice', () => {
    const run = syntheticRun();
    expect(metricsOf(run).measures['survivors']!.value).to.equal(run.roster.length - 1);
  });

  it('the ceiling averages sqrt(sum rho^2) of each institution’s sources', () => {
    const run = syntheticRun();
    const roster = [
      { id: 'a', type: 'bank', architecture: 'mlp' },
      { id: 'b', type: 'pension-fund', architecture: 'mlp' },
    ];
    const { value } = metricsOf({ ...run, roster }).measures['skillCeiling']!;
    expect(value).to.be.closeTo((0.02 * Math.sqrt(3) + 0.02) / 2, 1e-15);
  });

  it('pools skill sums and finds the skill that was put in', () => {
    const { measures } = metricsOf(syntheticRun({ days: 400 }));
    const ours = measures['informationCoefficient']!;
    expect(ours.value).to.be.within(0, 0.04);
    expect(ours.interval![0]).to.be.below(ours.value!);
    expect(ours.interval![1]).to.be.above(ours.value!);
  });

  it('intervals hold the value of a mean, and the same run gives the same JSON', () => {
    const run = syntheticRun({ days: 300 });
    const { measures } = metricsOf(run);
    for (const name of ['crowding', 'turnover', 'volatility'])
      expect(measures[name]!.value).to.be.within(...(measures[name]!.interval as [number, number]));
    expect(JSON.stringify(metricsOf(run))).to.equal(JSON.stringify(metricsOf(run)));
  });
});
