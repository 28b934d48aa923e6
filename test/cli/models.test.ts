import { expect } from 'chai';
import { architectures } from '../../agents/models/index.js';
import { modelCards, trainingCosts } from '../../cli/commands/models.js';

describe('herdscope models', () => {
  const cards = modelCards();
  const card = (name: string) => cards.find((each) => each.name === name)!;

  it('lists every architecture once, each with what it costs and how sure it is', () => {
    expect(cards.map(({ name }) => name)).to.deep.equal(Object.keys(architectures));
    for (const each of cards.filter(({ name }) => name !== 'tfjs')) {
      expect(each.flopsPerForecast, each.name).to.be.greaterThan(0);
      const training = each.flopsPerTrainingStep ?? each.flopsPerRefit;
      expect(training, each.name).to.be.greaterThan(each.flopsPerForecast!);
      expect(each.flopsPerRefit === null, each.name).to.equal(each.learns !== 'by refitting');
      expect(each.uncertainty.length * each.source.length, each.name).to.be.greaterThan(100);
    }
  });

  it('says that what tfjs costs is up to the model that is brought', () => {
    expect(card('tfjs')).to.include({ parameters: null, flopsPerForecast: null, flopsPerTrainingStep: null });
  });

  it('counts FLOPs as by hand: 14 features, 12 assets, 9,000 samples', () => {
    const network = 2 * (14 * 32 + 32 * 16 + 16);
    expect(card('mlp').flopsPerForecast).to.equal(network);
    expect(card('mc-dropout').flopsPerForecast).to.equal(20 * (network + 16));
    expect(card('deep-ensemble').flopsPerForecast).to.equal(5 * network);
    expect(card('bayesian-linear').flopsPerForecast).to.equal(2 * 15 + 4 * 15 ** 2);
    expect(card('bayesian-linear').flopsPerRefit).to.equal(3 * 15 ** 3 + 9000 * (2 + 2 * 15 + 2 * 15 ** 2));
    const looked = 6 * 7 * 3 + 1;
    const grown = 63 * 7 * 31 * 12 + 9000 * looked;
    expect(card('random-forest').flopsPerRefit).to.equal(50 * (grown + 9000 * (6 + 3)) + 9000 * 3);
    const parameters = 14 * 32 + 32 + 32 * 16 + 16 + 16 + 1;
    expect(card('evolution').flopsPerTrainingStep).to.equal(17 * 720 * network + (14 + 48) * parameters);
  });

  it('says at most where a refit may cost less', () => {
    expect(trainingCosts(card('random-forest'))).to.match(/^at most \d+ a refit$/);
    expect(trainingCosts(card('garch-forecast'))).to.match(/^at most \d+ a refit$/);
    expect(trainingCosts(card('bayesian-linear'))).to.match(/^\d+ a refit$/);
    expect(trainingCosts(card('mlp'))).to.match(/^\d+ a training step$/);
    expect(card('random-forest').isRefitAtMost).to.equal(true);
    expect(card('bayesian-linear').isRefitAtMost).to.equal(false);
    expect(card('mlp').isRefitAtMost).to.equal(null);
  });

  it('counts parameters as by hand: 14 features, layers of 32 and 16', () => {
    expect(card('linear').parameters).to.equal(14 + 1);
    expect(card('mlp').parameters).to.equal(14 * 32 + 32 + 32 * 16 + 16 + 16 + 1);
    expect(card('lstm').parameters).to.equal(14 * 64 + 16 * 64 + 64 + 16 + 1);
    expect(card('rule').parameters).to.equal(0);
  });
});
