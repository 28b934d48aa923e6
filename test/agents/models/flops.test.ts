import { expect } from 'chai';
import type { ArchitectureName } from '../../../agents/models/index.js';
import { create } from './create.js';

const shape = { features: 14, assets: 12 };
const make = (name: ArchitectureName, options: Record<string, unknown> = {}, own: object = shape) =>
  create(name, own, options);
const forecast = (...asked: Parameters<typeof make>) => make(...asked).flopsPerForecast;
const step = (...asked: Parameters<typeof make>) => make(...asked).flopsPerTrainingStep(32);
const refit = (rows: number, ...asked: Parameters<typeof make>) => {
  const { flops, flopsPerRow } = make(...asked).refit!;
  return flops + rows * flopsPerRow;
};

/** Multiplications and additions of a feed-forward network, biases and rectifiers aside. */
const layers = (...widths: number[]) =>
  2 * widths.slice(1).reduce((sum, width, i) => sum + width * widths[i]!, 0);

describe('FLOPs', () => {
  describe('of a forecast', () => {
    it('mc-dropout runs its network once a pass, its units scaled by the mask', () => {
      const once = layers(14, 32, 16, 1) + 16;
      for (const passes of [2, 20, 1000]) expect(forecast('mc-dropout', { passes })).to.equal(passes * once);
    });

    it('deep-ensemble runs every member once', () => {
      expect(forecast('deep-ensemble', { members: 3 })).to.equal(3 * forecast('mlp'));
      expect(forecast('deep-ensemble', { members: 6 })).to.equal(6 * forecast('mlp'));
    });

    it('graph correlates every pair of assets over its window', () => {
      const at = (window: number) => {
        const days = forecast('graph', {}, { ...shape, window });
        return days - forecast('mlp', { hidden: [16] }, { ...shape, window });
      };
      // 11 others, and 10 FLOPs on each pair of days: two means, two deviations, three products, three sums.
      expect(at(30) - at(20)).to.equal(11 * 10 * 10);
    });

    it('a policy of tilts values each of the three', () => {
      expect(forecast('deep-q')).to.equal(3 * layers(15, 32, 16, 1));
      expect(forecast('sharpe-policy')).to.equal(layers(14, 32, 16, 1));
    });
  });

  describe('of a step of training', () => {
    const rows = 60 * 12;
    const once = rows * layers(14, 32, 16, 1);
    const parameters = 14 * 32 + 32 + 32 * 16 + 16 + 16 + 1;
    const adam = 14 * parameters;

    it('sharpe-policy passes forward, and forward and back again', () => {
      expect(step('sharpe-policy')).to.equal((1 + 3) * once + adam);
    });

    it('evolution tries every mutant, makes it, and adds it up', () => {
      for (const pairs of [1, 8, 64])
        expect(step('evolution', { pairs })).to.equal((2 * pairs + 1) * once + 6 * pairs * parameters + adam);
      const [one, two] = [8, 16].map((pairs) => step('evolution', { pairs }));
      expect(two! - one!).to.equal(8 * (2 * once + 6 * parameters));
    });

    it('evolution-gradient does both', () => {
      expect(step('evolution-gradient', { pairs: 4 })).to.equal(
        step('evolution', { pairs: 4 }) + (1 + 3) * once + 9 * parameters,
      );
    });

    it('deep-q values three tilts and the one that was tried before it goes back', () => {
      const reads = rows * layers(15, 32, 16, 1);
      expect(step('deep-q')).to.equal((3 + 1 + 3) * reads + 14 * (parameters + 32));
    });

    it('ppo takes a step an epoch', () => {
      for (const epochs of [1, 4, 16])
        expect(step('ppo', { epochs })).to.equal(epochs * step('policy-gradient'));
    });

    it('twice the days of an episode are twice the passes', () => {
      const passes = (days: number) => step('sharpe-policy', { days }) - adam;
      expect(passes(120)).to.equal(2 * passes(60));
    });

    it('graph correlates every day of its minibatch', () => {
      const at = (window: number) => step('graph', {}, { ...shape, window });
      // Three days of 12 assets hold a minibatch of 32; the embedding passes forward and its slopes are taken.
      const pairs = 3 * 12 * 11 * 10 * 10;
      const embedding = 14 * 10 * 16 * (2 * 2 * 36 + 14 + 2);
      expect(at(30) - at(20)).to.equal(pairs + embedding);
    });

    it('models that refit take no steps', () => {
      for (const name of ['random-forest', 'gradient-boosting', 'bayesian-linear', 'garch-forecast'] as const)
        expect(step(name), name).to.equal(0);
      expect(make('mlp').refit).to.equal(undefined);
    });
  });

  describe('of a refit', () => {
    it('sorts every row of every tree into its bins, level by level, over the features that are tried', () => {
      const options = { trees: 10, depth: 4, featureShare: 0.5 };
      const perRow = 10 * (4 * 7 * 3 + 1) + 10 * (4 + 3) + 3;
      expect(make('random-forest', options).refit!.flopsPerRow).to.equal(perRow);
      expect(refit(9000, 'random-forest', options) - refit(4500, 'random-forest', options)).to.equal(
        4500 * perRow,
      );
    });

    it('tries half the features at half the cost of looking for cuts', () => {
      const cuts = (featureShare: number) =>
        refit(9000, 'random-forest', { trees: 10, depth: 4, featureShare });
      const looking = cuts(1) - cuts(0.5);
      expect(cuts(1) - looking * 2).to.equal(9000 * (10 + 10 * (4 + 3) + 3));
    });

    it('twice the trees cost twice as much', () => {
      const cost = (trees: number) => refit(9000, 'gradient-boosting', { trees }) - 9000 * 2;
      expect(cost(100)).to.equal(2 * cost(50));
    });

    it('garch-forecast values the pairs of its grids that have a long run, and its winner once more', () => {
      // Of 11 x 11 pairs (α = 0.05 i, β = 0.099 j) with α + β < 0.999: 11 for i = 0, then one less for about every
      // other i; the fine grid has all its pairs unless its middle lies at an edge.
      const coarse = [11, 10, 10, 9, 9, 8, 8, 7, 7, 6, 6].reduce((sum, n) => sum + n);
      expect(coarse).to.equal(91);
      const { flops, flopsPerRow, isMost } = make('garch-forecast', {}, { ...shape, window: 20 }).refit!;
      expect(flops).to.equal(0);
      expect(flopsPerRow).to.equal((coarse + 121 + 1) * (7 * 20 + 60) + 2 * 20 + 2);
      expect(isMost).to.equal(true);
    });

    it('is the most that it may be where the rows decide how much is valued, else what it is', () => {
      for (const name of ['random-forest', 'gradient-boosting', 'garch-forecast'] as const)
        expect(make(name, {}, { ...shape, window: 20 }).refit!.isMost, name).to.equal(true);
      for (const name of ['bayesian-linear', 'autoregressive', 'rule'] as const)
        expect(make(name, {}, { ...shape, window: 20 }).refit!.isMost, name).to.equal(undefined);
    });

    it('bayesian-linear adds up 15 x 15 moments a row and inverts them once', () => {
      const { flops, flopsPerRow } = make('bayesian-linear').refit!;
      expect(flopsPerRow).to.equal(2 + 2 * 15 + 2 * 15 ** 2);
      expect(flops).to.equal(3 * 15 ** 3);
    });
  });
});
