import { expect } from 'chai';
import { chunksThatFit } from '../../../agents/learning/chunks.js';
import { Misbuilt } from '../../../agents/learning/misbuilt.js';
import { ProgramTooLarge, type Program } from '../../../agents/learning/program.js';
import { create } from '../models/create.js';
import { drawsFor, taskOf } from '../models/task.js';

/** Programs of an engine that holds so many rows. */
const holding =
  (most: number, asked: number[] = []) =>
  (rows: number): Program => {
    asked.push(rows);
    if (rows > most) throw new Misbuilt('wide', 'too large', { cause: new ProgramTooLarge(rows) });
    return {} as Program;
  };

describe('rows that one program cannot hold', () => {
  it('are halved until they fit, no sample cut in two', () => {
    expect(chunksThatFit(1, holding(100))(100)).to.deep.equal([100]);
    expect(chunksThatFit(1, holding(99))(100)).to.deep.equal([50, 50]);
    expect(chunksThatFit(1, holding(30))(101)).to.deep.equal([25, 25, 25, 26]);
    expect(chunksThatFit(5, holding(20))(35)).to.deep.equal([15, 20]);
    expect(chunksThatFit(5, holding(9))(15)).to.deep.equal([5, 5, 5]);
  });

  it('are one sample at least, or what is wrong with that is said', () => {
    expect(() => chunksThatFit(5, holding(4))(35)).to.throw(Misbuilt, 'wide: too large');
    const broken = () => {
      throw new Misbuilt('odd', 'unknown operation');
    };
    expect(() => chunksThatFit(1, broken)(8)).to.throw(Misbuilt, 'odd: unknown operation');
  });

  it('are divided once for every number of them', () => {
    const asked: number[] = [];
    const chunksOf = chunksThatFit(1, holding(4, asked));
    expect(chunksOf(8)).to.deep.equal([4, 4]);
    chunksOf(8);
    expect(asked).to.deep.equal([8, 4]);
  });
});

describe('a pull-back over more rows than fit one program', () => {
  it('is the sum over its parts to rounding, and every row’s own', () => {
    const [rows, width] = [120_000, 4];
    const cohort = create('mlp', { features: width }, { hidden: [64] });
    cohort.initialise(0, drawsFor('initialise'));
    const { inputs, targets } = taskOf('many', rows, width, (x) => x[0]! * x[1]! + 0.5);
    const cotangent = targets.map((y) => y / rows);
    const whole = cohort.pullBack!(0, inputs, cotangent);
    const parts = [0, 1, 2, 3, 4, 5].map((i) => {
      const [from, to] = [(i * rows) / 6, ((i + 1) * rows) / 6];
      return cohort.pullBack!(0, inputs.slice(from * width, to * width), cotangent.slice(from, to));
    });
    const scale = Math.max(...whole.parameters.map(Math.abs));
    expect(scale).to.be.greaterThan(0.01);
    whole.parameters.forEach((slope, j) =>
      expect(parts.reduce((sum, { parameters }) => sum + parameters[j]!, 0)).to.be.closeTo(
        slope,
        1e-4 * scale,
      ),
    );
    const beside = (of: 'mean' | 'inputs') => parts.flatMap((part) => Array.from(part[of]));
    expect(Array.from(whole.mean)).to.deep.equal(beside('mean'));
    expect(Array.from(whole.inputs)).to.deep.equal(beside('inputs'));
  }).timeout(30_000);
});

describe('a forecast', () => {
  it('takes fewer rows at a time where the network is too wide for many', () => {
    const [rows, width] = [100, 200_000];
    const cohort = create('linear', { features: width });
    cohort.setParameters(
      0,
      Float32Array.from({ length: width + 1 }, (_, j) => (j % 7) - 2),
    );
    const inputs = Float32Array.from({ length: rows * width }, (_, j) => ((j * j) % 11) / width);
    const { mean } = cohort.forecast(0, inputs, rows);
    for (let row = 0; row < rows; row++) {
      const alone = cohort.forecast(0, inputs.subarray(row * width, (row + 1) * width), 1);
      expect(mean[row]).to.equal(alone.mean[0]);
    }
    expect(new Set(mean).size).to.be.greaterThan(1);
  }).timeout(30_000);

  const [assets, features, window] = [4, 3, 6];
  for (const name of ['linear', 'mlp', 'lstm', 'gru', 'transformer', 'graph', 'mc-dropout'] as const)
    it(`of ${name} has the same bits however many rows are taken at a time`, () => {
      const cohort = create(name, { features, assets, window });
      cohort.initialise(0, drawsFor('initialise'));
      const [rows, width, own] = [33 * assets, features * window, cohort.rowsPerSample];
      const { inputs } = taskOf('rows', rows, width, () => 0);
      const together = cohort.forecast(0, inputs, rows);
      for (const samples of [1, 3, 11]) {
        const many = samples * own;
        for (let at = 0; at < rows; at += many) {
          const count = Math.min(many, rows - at);
          const few = cohort.forecast(0, inputs.subarray(at * width, (at + count) * width), count);
          for (const of of ['mean', 'stdDev'] as const)
            expect(few[of]).to.deep.equal(together[of].slice(at, at + count));
        }
      }
    });
});
