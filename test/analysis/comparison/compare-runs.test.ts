import { expect } from 'chai';
import { compareRuns, type Side } from '../../../analysis/comparison/compare-runs.js';
import { metricsOf } from '../../../analysis/metrics.js';
import { measureDays } from '../../../analysis/daily/index.js';
import { runDataOf } from '../../run-data.js';
import { factsOf, smallScenario } from '../../small-run.js';

async function sideOf(given: Readonly<Record<string, unknown>>): Promise<Side> {
  const scenario = smallScenario({ days: 110, ...given });
  const run = runDataOf(scenario, (await factsOf(scenario)).map(measureDays(scenario)));
  return { run, metrics: metricsOf(run) };
}

describe('compareRuns', function () {
  this.timeout(30_000);
  let a: Side;
  before(async () => {
    a = await sideOf({});
  });
  it('gives a run against itself no difference, with an interval of no width', () => {
    const { scenario, unpaired, metrics } = compareRuns(a, a);
    expect([scenario, unpaired]).to.deep.equal([[], null]);
    const volatility = metrics.find(({ name }) => name === 'volatility')!;
    expect([volatility.difference, volatility.interval]).to.deep.equal([0, [0, 0]]);
  });

  it('pairs days of one seed, which narrows the interval, and says why it does not pair others', async () => {
    const b = await sideOf({
      market: { clearing: { mechanism: 'impact', impact: 0.55, crossover: 0, permanentShare: 0.5 } },
    });
    const paired = compareRuns(a, b);
    expect(paired.scenario.map(({ path }) => path)).to.deep.equal(['market.clearing.impact']);
    const volatility = paired.metrics.find(({ name }) => name === 'volatility')!;
    const width = ([low, high]: readonly [number, number]): number => high - low;
    expect(width(volatility.interval!)).to.be.below(width(volatility.a!.interval!) / 2);
    expect(volatility.difference!).to.be.within(...(volatility.interval as [number, number]));
    const c = compareRuns(a, await sideOf({ seed: 9 }));
    expect(c.unpaired).to.equal('the seeds differ');
    expect(c.metrics.every(({ interval }) => interval === null)).to.equal(true);
  });
});
