import { expect } from 'chai';
import { migration } from '../../../coordinator/mandates/migration.js';
import { readScenario } from '../../../cli/scenario-file.js';

const scenarioWith = (...settings: string[]) =>
  readScenario(undefined, ['compliance.flopPerJoule=1', 'compliance.changeFeeBps=0', ...settings]).scenario;
const flops = {
  step: Float64Array.of(1000, 0),
  refit: Float64Array.of(0, 500),
  refitRow: Float64Array.of(0, 10),
};
const joules = (scenario: ReturnType<typeof scenarioWith>, to: number, day = 0) =>
  migration(scenario, flops, day, 0, to).energyKwh * 3.6e6;

describe('what a change of architecture costs', () => {
  const scenario = scenarioWith('learning.firstSteps=400', 'learning.historyDays=100', 'learning.window=250');
  const assets = scenario.assets.length;

  it('is firstSteps steps where the new model learns step by step, on any day', () => {
    expect(joules(scenario, 0)).to.be.closeTo(400_000, 1e-6);
    expect(joules(scenario, 0, 99)).to.be.closeTo(400_000, 1e-6);
  });

  it('is one refit to the samples in reach where it fits them all at once, however many steps are asked for', () => {
    expect(joules(scenario, 1)).to.be.closeTo(500 + 100 * assets * 10, 1e-6);
    expect(joules(scenario, 1, 50)).to.be.closeTo(500 + 150 * assets * 10, 1e-6);
    expect(joules(scenario, 1, 400)).to.be.closeTo(500 + 250 * assets * 10, 1e-6);
    expect(
      joules(scenarioWith('learning.firstSteps=5', 'learning.historyDays=100', 'learning.window=250'), 1),
    ).to.equal(joules(scenario, 1));
  });

  it('is nothing to learn where nothing is learned, and the fee on the holdings', () => {
    expect(joules(scenarioWith('learning.localSteps=0'), 0)).to.equal(0);
    const charged = scenarioWith('compliance.changeFeeBps=2', 'learning.localSteps=0');
    expect(migration(charged, flops, 0, 1e6, 0).costUsd).to.equal(200);
  });
});
