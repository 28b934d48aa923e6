import { expect } from 'chai';
import { measures } from '../../coordinator/aggregation/index.js';
import { sharedJson } from '../shared.js';

interface Case {
  rule: string;
  f?: number;
  updates: number[][];
  num_examples?: number[];
  scores?: number[];
  selected?: number[];
  expected: number[];
}

interface Answer {
  aggregate: number[];
  selected?: number[];
  scores?: number[];
  state?: { parameters: number[]; m: number[]; v: number[]; round: number };
}

const aggregate = (input: unknown): Answer =>
  measures.aggregate.compute(measures.aggregate.input.parse(input)) as Answer;

const near = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(actual).to.have.length(expected.length);
  actual.forEach((value, i) => expect(value).to.be.closeTo(expected[i]!, tolerance));
};

describe('truth e01: aggregation as Flower tests it', () => {
  const named = (test: Mocha.Context, rule: string): Case => {
    const { expected } = sharedJson<{ expected: Case[] }>(test, 'truth/e01_flower_aggregation.json');
    return expected.find((entry) => entry.rule === rule)!;
  };

  it('krum', function () {
    const { updates, f, expected, scores } = named(this, 'krum');
    const answer = aggregate({ rule: 'krum', updates, options: { f } });
    near(answer.aggregate, expected, 1e-6);
    near(answer.scores!, scores!, 1e-12);
    expect(answer.selected).to.deep.equal([1]);
  });

  it('multi-krum', function () {
    const { updates, f, expected, scores, selected } = named(this, 'multikrum keep=2');
    const answer = aggregate({ rule: 'multi-krum', updates, options: { f, m: 2 } });
    near(answer.aggregate, expected, 1e-6);
    near(answer.scores!, scores!, 1e-12);
    expect(answer.selected).to.deep.equal(selected);
  });

  it('median', function () {
    const { updates, expected } = named(this, 'median');
    near(aggregate({ rule: 'median', updates }).aggregate, expected, 1e-6);
  });

  it('trimmed mean', function () {
    const { updates, expected } = named(this, 'trimmed beta=.25');
    near(aggregate({ rule: 'trimmed-mean', updates, options: { trim: 0.25 } }).aggregate, expected, 1e-6);
  });

  it('bulyan without malicious institutions is the mean', function () {
    const { updates, expected } = named(this, 'bulyan f=0 (=mean)');
    near(aggregate({ rule: 'bulyan', updates, options: { f: 0 } }).aggregate, expected, 1e-6);
  });

  it('fedavg by examples', function () {
    const { updates, num_examples, expected } = named(this, 'fedavg weighted');
    const answer = aggregate({
      rule: 'fedavg',
      updates: updates.map((layers) => layers.flat()),
      examples: num_examples,
    });
    near(answer.aggregate, expected.flat(), 1e-6);
  });

  it('mean of losses by examples', function () {
    const { pairs, expected } = named(this, 'weighted_loss_avg') as unknown as {
      pairs: [number, number][];
      expected: number;
    };
    const [examples, updates] = [pairs.map(([n]) => n), pairs.map(([, loss]) => [loss])];
    near(aggregate({ rule: 'fedavg', updates, examples }).aggregate, [expected], 1e-6);
  });

  it('fedadagrad from Flower’s start', function () {
    const { expected } = named(this, 'fedadagrad eta=.1 eta_l=.316 tau=.5 init=.1 clients .2,1.0 (5,5)');
    const answer = aggregate({
      rule: 'fedadagrad',
      updates: [[0.2], [1]],
      examples: [5, 5],
      options: { learningRate: 0.1, tau: 0.5, state: { parameters: [0.1], m: [0], v: [0], round: 0 } },
    });
    near(answer.aggregate, [expected as unknown as number], 1e-6);
  });
});

describe('truth e03: adaptive server optimisers over three rounds', () => {
  const runs = [
    { key: 'adagrad', rule: 'fedadagrad', correction: 'none' },
    { key: 'adam', rule: 'fedadam', correction: 'none' },
    { key: 'yogi', rule: 'fedyogi', correction: 'none' },
    { key: 'adam_flower_bias_corrected', rule: 'fedadam', correction: 'flower' },
  ];
  for (const { key, rule, correction } of runs)
    it(key, function () {
      const { inputs, expected } = sharedJson<{
        inputs: Record<string, number> & { client_average: number[] };
        expected: Record<string, number[]>;
      }>(this, 'truth/e03_fedopt_scalar.json');
      const { x0, eta, beta1, beta2, tau, client_average } = inputs;
      let state: Answer['state'] = { parameters: [x0!], m: [0], v: [0], round: 0 };
      const path = client_average.map((average) => {
        const options = { learningRate: eta, beta1, beta2, tau, biasCorrection: correction, state };
        const answer = aggregate({ rule, updates: [[average]], options });
        state = answer.state!;
        return answer.aggregate[0]!;
      });
      near(path, expected[key]!, 1e-12);
      expect(state.round).to.equal(3);
    });
});
