import { expect } from 'chai';
import type { Scenario } from '../../core/scenario.js';
import { shockReturns } from '../../market/shocks.js';
import { createStage } from '../../market/stage.js';
import { dayOf, noticed, plainAsset, threeBanks, worldWith } from './small-world.js';

const scenarioWith = (...shocks: object[]): Scenario =>
  threeBanks({
    assets: [
      plainAsset('a', { region: 'europe', sector: 'energy', currency: 'EUR', loadings: { growth: 0.5 } }),
      plainAsset('b', { class: 'credit', loadings: { growth: -0.2 } }),
    ],
    fundamentals: { shocks },
  });

/** Log returns that shocks give on days 1, 2, ... */
function returns(scenario: Scenario, days: number): number[][] {
  const stage = createStage(scenario);
  let fading = new Float64Array(scenario.market.fundamentals.shocks.length * 2);
  return Array.from({ length: days }, (_, d) => {
    const struck = shockReturns(scenario, stage, d + 1, fading);
    fading = Float64Array.from(struck.fading);
    return Array.from(struck.returns);
  });
}

describe('scheduled shocks', () => {
  const targets: [object, number[]][] = [
    [{ asset: 'b' }, [0, -0.1]],
    [{ class: 'equity' }, [-0.1, 0]],
    [{ region: 'europe' }, [-0.1, 0]],
    [{ sector: 'broad' }, [0, -0.1]],
    [{ currency: 'EUR' }, [-0.1, 0]],
    [{ factor: 'growth' }, [-0.1 * 0.5 * 0.01, 0.1 * 0.2 * 0.01]],
  ];
  for (const [target, expected] of targets)
    it(`strike by ${Object.keys(target)[0]}, on their day and no other`, () => {
      const [before, on, after] = returns(scenarioWith({ day: 2, size: -0.1, ...target }), 3);
      expect([before, after]).to.deep.equal([
        [0, 0],
        [0, 0],
      ]);
      on!.forEach((r, k) => expect(r).to.be.closeTo(expected[k]!, 1e-15));
    });

  it('with a half-life give back half of what is left in every such span', () => {
    const path = returns(scenarioWith({ day: 1, asset: 'a', size: -0.16, halfLifeDays: 2 }), 9).map(
      ([a]) => a!,
    );
    const level = path.map((_, t) => path.slice(0, t + 1).reduce((sum, r) => sum + r, 0));
    expect(level[0]).to.equal(-0.16);
    expect(level[2]).to.be.closeTo(-0.08, 1e-12);
    expect(level[4]).to.be.closeTo(-0.04, 1e-12);
    expect(level[8]).to.be.closeTo(-0.01, 1e-12);
  });

  it('several add up, each fading at its own pace', () => {
    const both = returns(
      scenarioWith(
        { day: 1, asset: 'a', size: -0.1, halfLifeDays: 1 },
        { day: 2, class: 'equity', size: 0.2 },
      ),
      3,
    ).map(([a]) => a!);
    [-0.1, 0.05 + 0.2, 0.025].forEach((r, t) => expect(both[t]).to.be.closeTo(r, 1e-12));
  });

  it('move value in the market, and are on record', () => {
    const scenario = scenarioWith({ day: 1, class: 'credit', size: -0.3 });
    const world = worldWith(scenario, { cash: [10, 10, 10] });
    const { world: after, facts } = dayOf(scenario, world);
    const moved = after.prices.fundamental.map((v, k) => v - world.prices.fundamental[k]!);
    expect(moved[0]).to.equal(0);
    expect(moved[1]).to.be.closeTo(-0.3, 1e-12);
    expect(noticed(facts, 'shock')).to.deep.equal({ target: ['credit'], size: [-0.3] });
  });
});
