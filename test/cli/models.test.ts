import { expect } from 'chai';
import { architectures } from '../../agents/models/index.js';
import { modelCards } from '../../cli/commands/models.js';

describe('herdscope models', () => {
  const cards = modelCards();
  const card = (name: string) => cards.find((each) => each.name === name)!;

  it('lists every architecture once, each with what it costs and how sure it is', () => {
    expect(cards.map(({ name }) => name)).to.deep.equal(Object.keys(architectures));
    for (const each of cards.filter(({ name }) => name !== 'tfjs')) {
      expect(each.flopsPerForecast, each.name).to.be.greaterThan(0);
      expect(each.flopsPerTrainingStep, each.name).to.be.greaterThan(each.flopsPerForecast!);
      expect(each.uncertainty.length * each.source.length, each.name).to.be.greaterThan(100);
    }
  });

  it('says that what tfjs costs is up to the model that is brought', () => {
    expect(card('tfjs')).to.include({ parameters: null, flopsPerForecast: null, flopsPerTrainingStep: null });
  });

  it('counts parameters as by hand: 14 features, layers of 32 and 16', () => {
    expect(card('linear').parameters).to.equal(14 + 1);
    expect(card('mlp').parameters).to.equal(14 * 32 + 32 + 32 * 16 + 16 + 16 + 1);
    expect(card('lstm').parameters).to.equal(14 * 64 + 16 * 64 + 64 + 16 + 1);
    expect(card('rule').parameters).to.equal(0);
  });
});
