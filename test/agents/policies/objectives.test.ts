import { expect } from 'chai';
import { drawdown, objectives, scored, type Scored } from '../../../agents/policies/objectives.js';
import { netReturns, throughReturns } from '../../../agents/policies/returns.js';
import { drawsFor } from '../models/task.js';

const draws = drawsFor('returns');
const path = Float64Array.from({ length: 12 }, () => draws.normal());

/** Slopes agree with central differences. */
function expectSlopes(f: (x: Float64Array) => number, x: Float64Array, slopes: Float64Array): void {
  const step = 1e-5;
  x.forEach((value, i) => {
    const at = (by: number) => f(x.with(i, value + by));
    expect(slopes[i], `entry ${i}`).to.be.closeTo((at(step) - at(-step)) / (2 * step), 1e-6);
  });
}

describe('what a policy is paid for', () => {
  it('net returns are positions times outcomes less the cost of moving, by hand', () => {
    // Two days of two assets.
    const episode = {
      days: 2,
      assets: 2,
      inputs: new Float32Array(0),
      outcomes: Float32Array.of(1, -2, 3, 0.5),
    };
    const returns = netReturns(episode, [0.5, -0.5, 1, -1], 0.1);
    expect(returns[0]).to.be.closeTo((0.5 + 1) / 2, 1e-12);
    expect(returns[1]).to.be.closeTo((3 - 0.5 - 0.1 * (0.5 + 0.5)) / 2, 1e-12);
  });

  it('Sharpe and Sortino ratios are what they say, by hand', () => {
    const returns = Float64Array.of(1, -1, 3);
    expect(objectives.sharpe(returns).value).to.be.closeTo(1 / Math.sqrt(8 / 3), 1e-5);
    expect(objectives.sortino(returns).value).to.be.closeTo(1 / Math.sqrt(1 / 3), 1e-5);
    // Path 1, 0, 3: below its highest point on the second day alone.
    expect(drawdown(returns).value).to.be.closeTo(1 / 3, 1e-12);
    expect(drawdown(Float64Array.of(-1, -1)).value).to.be.closeTo(1.5, 1e-12);
  });

  const goals: Readonly<Record<string, (x: Float64Array) => Scored>> = {
    ...objectives,
    drawdown,
    'sharpe less drawdowns': (x) => scored(x, 'sharpe', 0.7),
  };
  for (const [name, goal] of Object.entries(goals))
    it(`${name}: slopes agree with central differences`, () =>
      expectSlopes((x) => goal(x).value, path, goal(path).slopes));

  it('slopes through the path of positions, costs included, agree with central differences', () => {
    const outcomes = Float32Array.from({ length: 12 }, () => draws.normal());
    const episode = { days: 4, assets: 3, inputs: new Float32Array(0), outcomes };
    const positions = Float64Array.from({ length: 12 }, () => draws.uniform() - 0.5);
    const goal = (s: Float64Array) => scored(netReturns(episode, s, 0.2), 'sortino', 0.3);
    expectSlopes(
      (s) => goal(s).value,
      positions,
      throughReturns(episode, positions, 0.2, goal(positions).slopes),
    );
  });
});
