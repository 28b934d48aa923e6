import { correlation, log } from '../../../core/numeric.js';
import { expect } from 'chai';
import { create } from './create.js';
import { drawsFor, school, skill, taskOf, type Task } from './task.js';

/** Windows of a simulated series: each day's return given the day before and its variance. */
function windowsOf(
  days: number,
  window: number,
  next: (last: number, noise: number, variance: number) => number,
) {
  const draws = drawsFor('series');
  const [returns, deviations] = [[0], [1]] as [number[], number[]];
  let variance = 1;
  for (let day = 1; day < days; day++) {
    variance = 0.05 + 0.15 * returns[day - 1]! ** 2 + 0.8 * variance;
    deviations.push(Math.sqrt(variance));
    returns.push(next(returns[day - 1]!, draws.normal(), variance));
  }
  const starts = Array.from({ length: days - window - 1 }, (_, i) => i);
  const inputs = Float32Array.from(starts.flatMap((start) => returns.slice(start, start + window)));
  const targets = Float32Array.from(starts.map((start) => returns[start + window]!));
  const task: Task = { width: window, inputs, targets };
  return { task, deviations: starts.map((start) => deviations[start + window]!) };
}

/** Mean log likelihood of what happened, normal about 0 with the stated deviations, less the constant. */
const logLikelihood = (targets: Float32Array, stdDevs: Float32Array): number =>
  targets.reduce((sum, y, i) => sum - log(stdDevs[i]!) - 0.5 * (y / stdDevs[i]!) ** 2, 0) / targets.length;

/** Windows of three days of an autoregressive series, and the day after each. */
function autoregression(lags: readonly number[]): Task {
  const draws = drawsFor('lags');
  const returns: number[] = [];
  for (let day = 0; day < 3000; day++)
    returns.push(
      lags.reduce((sum, weight, lag) => sum + weight * (returns[day - 1 - lag] ?? 0), draws.normal()),
    );
  const starts = Array.from({ length: returns.length - 3 }, (_, i) => i);
  return {
    width: 3,
    inputs: Float32Array.from(starts.flatMap((start) => returns.slice(start, start + 3))),
    targets: Float32Array.from(starts, (start) => returns[start + 3]!),
  };
}

describe('white-box models', () => {
  it('autoregressive recovers the coefficient of an AR(1) and beats zero', () => {
    const { task } = windowsOf(2000, 3, (last, noise) => 0.5 * last + noise);
    const cohort = create('autoregressive', { window: 3 });
    school(cohort, task, { rounds: 1 });
    const [first, second, latest] = cohort.parameters(0);
    expect(latest).to.be.closeTo(0.5, 0.06);
    expect(Math.abs(first!) + Math.abs(second!)).to.be.lessThan(0.12);
    expect(skill(cohort, task)).to.be.greaterThan(0.2);
  });

  it('autoregressive reads the named feature only', () => {
    const task = taskOf('train', 500, 4, (x) => x[3]!);
    const school1 = (returnFeature: number) => {
      const cohort = create('autoregressive', { features: 2, window: 2 }, { returnFeature });
      school(cohort, task, { rounds: 1 });
      return skill(cohort, task);
    };
    expect(school1(1)).to.be.greaterThan(0.99);
    expect(school1(0)).to.be.lessThan(0.1);
    expect(() => create('autoregressive', { features: 2, window: 2 }, { returnFeature: 2 })).to.throw(
      RangeError,
    );
  });

  it('garch-forecast tracks the true volatility and beats a constant in likelihood', () => {
    const { task, deviations } = windowsOf(3000, 20, (_last, noise, variance) => Math.sqrt(variance) * noise);
    const cohort = create('garch-forecast', { window: 20 });
    school(cohort, task, { rounds: 1 });
    const { stdDev, mean } = cohort.forecast(0, task.inputs, task.targets.length);
    expect(correlation(stdDev, deviations)).to.be.greaterThan(0.9);
    expect(Math.max(...mean.map(Math.abs))).to.equal(0);
    const constant = Math.sqrt(task.targets.reduce((sum, y) => sum + y * y, 0) / task.targets.length);
    const [stated, plain, truth] = [
      stdDev,
      task.targets.map(() => constant),
      Float32Array.from(deviations),
    ].map((stdDevs) => logLikelihood(task.targets, stdDevs));
    expect(stated).to.be.greaterThan(plain! + 0.02);
    expect(truth! - stated!).to.be.lessThan(0.5 * (truth! - plain!));
    const [alpha, beta] = cohort.parameters(0);
    expect(alpha).to.be.closeTo(0.15, 0.06);
    expect(beta).to.be.closeTo(0.8, 0.1);
  });

  it('rules forecast what they say, and state the size of their errors', () => {
    const window = { window: 3 };
    const forecast = (rule: string, row: number[]) =>
      create('rule', window, { rule, strength: 0.1 }).forecast(0, Float32Array.from(row), 1).mean[0];
    expect(forecast('trend', [1, 1, -0.5])).to.be.closeTo(0.1, 1e-7);
    expect(forecast('value', [3, 4, 0])).to.be.closeTo(-0.1 * (7 / 5), 1e-6);
    expect(forecast('momentum', [3, 4, -100])).to.be.closeTo(0.1 * (7 / 5), 1e-6);
    const cohort = create('rule', window, { strength: 0 });
    school(
      cohort,
      taskOf('train', 2000, 3, (_x, draws) => 2 * draws.normal()),
      { rounds: 1 },
    );
    expect(cohort.forecast(0, new Float32Array(3), 1).stdDev[0]).to.be.closeTo(2, 0.1);
  });

  it('each rule beats zero on the past that it is made for, and both others there', () => {
    const tasks = {
      trend: autoregression([0.6]),
      momentum: autoregression([-0.2, 0.4, 0.4]),
      value: autoregression([-0.4, -0.4]),
    };
    for (const [name, task] of Object.entries(tasks)) {
      const gained = (rule: string) => skill(create('rule', { window: 3 }, { rule, strength: 0.3 }), task);
      expect(gained(name), name).to.be.greaterThan(0.05);
      for (const other of Object.keys(tasks).filter((each) => each !== name))
        expect(gained(other), `${other} on ${name}`).to.be.lessThan(gained(name));
    }
  });

  it('a trend rule beats zero where there are trends', () => {
    const { task } = windowsOf(3000, 3, (last, noise) => 0.6 * last + noise);
    expect(skill(create('rule', { window: 3 }, { strength: 0.4 }), task)).to.be.greaterThan(0.1);
  });
});
