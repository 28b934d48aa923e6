import { expect } from 'chai';
import { enforce } from '../../../coordinator/enforce.js';
import type { Learning } from '../../../coordinator/learning.js';
import { migration } from '../../../coordinator/mandates/migration.js';
import { readScenario } from '../../../cli/scenario-file.js';
import { featureLayout } from '../../../agents/features.js';
import { readNames } from '../../../core/scenario/read-names.js';
import { createStage } from '../../../market/stage.js';
import { createWorld } from '../../../market/world.js';
import { factsOf, noticesOf, smallScenario } from '../../small-run.js';

const scenarioWith = (...settings: string[]) =>
  readScenario(undefined, ['compliance.flopPerJoule=1', 'compliance.changeFeeBps=0', ...settings]).scenario;
const flops = {
  step: Float64Array.of(1000, 0),
  refit: Float64Array.of(0, 500),
  refitRow: Float64Array.of(0, 10),
};
const joules = (scenario: ReturnType<typeof scenarioWith>, to: number, daysSeen = 101) =>
  migration(scenario, flops, { daysSeen, aumUsd: 0 }, to).energyKwh * 3.6e6;

describe('what a change of architecture costs', () => {
  const scenario = scenarioWith('learning.firstSteps=400', 'learning.historyDays=100', 'learning.window=250');
  const assets = scenario.assets.length;

  it('is firstSteps steps where the new model learns step by step, on any day', () => {
    expect(joules(scenario, 0)).to.be.closeTo(400_000, 1e-6);
    expect(joules(scenario, 0, 200)).to.be.closeTo(400_000, 1e-6);
  });

  it('is one refit to the matured samples in reach where it fits them all at once, however many steps are asked for', () => {
    const h = scenario.tradeEvery;
    expect(joules(scenario, 1)).to.be.closeTo(500 + (101 - h) * assets * 10, 1e-6);
    expect(joules(scenario, 1, 150)).to.be.closeTo(500 + (150 - h) * assets * 10, 1e-6);
    expect(joules(scenario, 1, 249 + h)).to.be.closeTo(500 + 249 * assets * 10, 1e-6);
    expect(joules(scenario, 1, 250 + h)).to.be.closeTo(500 + 250 * assets * 10, 1e-6);
    expect(joules(scenario, 1, 900)).to.be.closeTo(500 + 250 * assets * 10, 1e-6);
    expect(joules(scenarioWith('learning.firstSteps=5', 'learning.window=250'), 1)).to.equal(
      joules(scenario, 1),
    );
  });

  it('is what is no matter of samples for somebody whose first have yet to mature', () => {
    expect(joules(scenario, 1, 1)).to.equal(500);
    expect(joules(scenario, 1, scenario.tradeEvery)).to.equal(500);
    expect(joules(scenario, 1, scenario.tradeEvery + 1)).to.be.closeTo(500 + assets * 10, 1e-6);
  });

  it('is nothing to learn where nothing is learned, and the fee on the holdings', () => {
    expect(joules(scenarioWith('learning.localSteps=0'), 0)).to.equal(0);
    const charged = scenarioWith('compliance.changeFeeBps=2', 'learning.localSteps=0');
    expect(migration(charged, flops, { daysSeen: 0, aumUsd: 1e6 }, 0).costUsd).to.equal(200);
  });
});

describe('what those who are made to change have seen', () => {
  const learning = {
    architectures: [{ name: 'mlp' }, { name: 'bayesian-linear' }],
    historyDays: 30,
    window: 30,
    minSamples: 10,
  };
  const scenario = smallScenario({
    days: 11,
    learning,
    homogeneity: { models: 1 },
    compliance: { flopPerJoule: 1 },
    mandates: [{ kind: 'minimum-effective-models', minimum: 1.8, selectBy: 'lot' }],
  });
  const assets = scenario.assets.length;

  it('is all that is recorded to have been trained on in the round in which they change', async () => {
    const days = await factsOf(scenario);
    const [{ day, columns }] = noticesOf(days, 'moved') as [ReturnType<typeof noticesOf>[number]];
    const { rounds } = days[day]!.tables;
    const learners = rounds!['institution'] as readonly string[];
    const examples = rounds!['examples'] as Int32Array;
    const n = featureLayout(readNames(scenario)).width + 1;
    const [movers, to, kwh] = ['institution', 'to', 'energyKwh'].map((name) => columns[name]!);
    expect(to).to.include('bayesian-linear');
    movers!.forEach((mover, m) => {
      const seen = examples[learners.indexOf(mover as string)]!;
      const flop = 3 * n ** 3 + seen * (2 + 2 * n + 2 * n ** 2);
      expect(to![m]).to.equal('bayesian-linear');
      expect((kwh![m] as number) * 3.6e6).to.be.closeTo(flop, 1e-6);
    });
  });

  it('is for an entrant what it saw since it came', () => {
    const stage = createStage(scenario);
    const opening = createWorld(scenario, stage);
    const entryDay = Int32Array.from(stage.institutions, (_, i) => (i % 2 === 0 ? 0 : 3));
    const world = { ...opening, books: { ...opening.books, entryDay } };
    const state = {
      architecture: new Int32Array(stage.institutions.length),
      meanForecasts: new Float32Array(0),
      round: 1,
      flops,
    } as unknown as Learning;
    const day = 11;
    const { notices } = enforce(scenario, stage, world, day, state);
    const { columns } = notices.find(({ kind }) => kind === 'moved')!;
    const seats = (columns['institution'] as string[]).map((id) =>
      stage.institutions.findIndex((one) => one.id === id),
    );
    const h = scenario.tradeEvery;
    expect(new Set(seats.map((seat) => seat % 2)).size, 'both kinds move').to.equal(2);
    seats.forEach((seat, m) => {
      const matured = seat % 2 === 0 ? 30 : Math.max(0, day - 3 + 1 - h);
      const flop = 500 + 10 * matured * assets;
      expect((columns['energyKwh'] as number[])[m]! * 3.6e6).to.be.closeTo(flop, 1e-6);
    });
  });
});
