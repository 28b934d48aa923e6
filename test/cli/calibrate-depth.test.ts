import { expect } from 'chai';
import { fitOf } from '../../analysis/calibration/distance.js';
import { momentsOf } from '../../analysis/calibration/moments.js';
import { profileOf, slicesThrough, type Profile } from '../../analysis/calibration/profile.js';
import { targetOf } from '../../analysis/calibration/target.js';
import { parametersOf, placeOf, valueOf } from '../../cli/calibration/parameters.js';
import { column, factsOf, smallScenario } from '../small-run.js';

const path = 'market.clearing.depthVolatilityExponent';
const seeds = [1, 2];

/** A market in which nobody learns, so that a run takes a second. */
const market = (days: number, impact: number, depth: number, seed: number) =>
  smallScenario({
    ...{ days, warmUp: 20, seed, learning: { localSteps: 0 } },
    market: { clearing: { impact, depthVolatilityExponent: depth } },
  });

async function indexOf(days: number, impact: number, depth: number, seed: number): Promise<Float64Array> {
  const made = await factsOf(market(days, impact, depth, seed));
  const measured = made.filter(({ day }) => day > 20);
  return Float64Array.from(measured, (facts) => column(facts, 'days', 'indexReturn')[0]!);
}

/** What a slice along depth, all else as it was, says of the depth that made an index with a seed of its own. */
async function slice(days: number, impact: number, truths: readonly number[]): Promise<Profile[]> {
  const parameter = parametersOf(market(days, impact, 1, 1)).find((p) => p.path === path)!;
  const start = placeOf(parameter, market(days, impact, 1, 1));
  const places = [[start], ...slicesThrough([start])];
  const moments: number[][][] = [];
  for (const [place] of places) {
    const bySeed: number[][] = [];
    for (const seed of seeds)
      bySeed.push(momentsOf(await indexOf(days, impact, valueOf(parameter, place!), seed)));
    moments.push(bySeed);
  }
  const profiles: Profile[] = [];
  for (const truth of truths) {
    const target = targetOf(await indexOf(days, impact, truth, 77), days - 20);
    const tried = places.map((place, p) => ({ place, distance: fitOf(moments[p]!, target).distance }));
    const profile = profileOf(tried, 0, true);
    profiles.push({ ...profile, from: valueOf(parameter, profile.from), to: valueOf(parameter, profile.to) });
  }
  return profiles;
}

describe('calibration of how depth answers to volatility', function () {
  this.timeout(240_000);

  it('recovers it from an index that trading moves, where nothing else is free', async () => {
    const [constant, answering] = (await slice(1500, 1.6, [0.1, 1.5])) as [Profile, Profile];
    expect([constant.identified, answering.identified]).deep.equal([true, true]);
    expect(constant.from).equal(0);
    expect(constant.to).within(0.1, 1);
    expect(answering.from).within(0.6, 1.5);
    expect(answering.to).above(1.5);
  });

  it('says that it does not tell it where trading hardly moves prices', async () => {
    const [weak] = await slice(400, 0.1, [1.5]);
    expect(weak).include({ identified: false, from: 0, to: 2 });
  });
});
