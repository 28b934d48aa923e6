import { expect } from 'chai';
import fc from 'fast-check';
import { openEngine } from '../../agents/learning/engine.js';
import { heNormal } from '../../agents/learning/initialisers.js';
import { interpreter } from '../../agents/learning/interpreter/interpreter.js';
import { oracle } from '../../agents/learning/oracle.js';
import { adam, sgd } from '../../agents/learning/optimisers.js';
import * as op from '../../agents/learning/operations/index.js';
import type { Tensor } from '../../agents/learning/tensor.js';
import type { Trace } from '../../agents/learning/trace.js';
import { input, openTrace, parameter } from '../../agents/learning/trace.js';
import { backward } from '../../agents/learning/backward.js';
import { assemble } from '../../agents/learning/program.js';
import { architectures, type ArchitectureName } from '../../agents/models/index.js';
import { stream } from '../../core/random.js';
import { runProgram } from '../agents/learning/run-program.js';
import { create } from '../agents/models/create.js';
import { drawsFor, samplesOf, taskOf } from '../agents/models/task.js';

const simd = interpreter();

/** Bits as integers, every NaN alike (which NaN is the processor's own choice). */
const bitsOf = (values: Float32Array): number[] =>
  [...new Uint32Array(values.buffer)].map((bits, i) => (Number.isNaN(values[i]) ? -1 : bits));

/** One random step of a random program: what it makes of the tensors so far. */
type Step = (trace: Trace, made: Tensor[], pick: (n: number) => number) => Tensor;

const fresh = (trace: Trace, rows: number, columns: number): Tensor =>
  parameter(trace, `p${trace.parameters.size}`, rows, columns, heNormal);

const last = (made: readonly Tensor[]): Tensor => made.at(-1)!;

const unary =
  (apply: (a: Tensor) => Tensor): Step =>
  (_trace, made, pick) =>
    apply(made[pick(made.length)]!);

const binary =
  (apply: (a: Tensor, b: Tensor) => Tensor): Step =>
  (trace, made) =>
    apply(last(made), fresh(trace, last(made).rows, last(made).columns));

const steps: Record<string, Step> = {
  relu: unary(op.relu),
  tanh: unary(op.tanh),
  sigmoid: unary(op.sigmoid),
  exp: unary((a) => op.exp(op.tanh(a))),
  log: unary((a) => op.log(op.add(op.multiply(a, a), op.constant(a.trace, 0.5, a.rows, a.columns)))),
  softmax: unary(op.softmax),
  scale: unary((a) => op.scale(a, -0.7)),
  sum: unary((a) => op.broadcast(op.mean(a), a.rows, a.columns)),
  add: binary(op.add),
  subtract: binary(op.subtract),
  multiply: binary(op.multiply),
  divide: binary((a, b) =>
    op.divide(a, op.add(op.multiply(b, b), op.constant(b.trace, 0.25, b.rows, b.columns))),
  ),
  scaleBy: (trace, made) => op.scaleBy(last(made), fresh(trace, 1, 1)),
  addRow: (trace, made) => op.addRow(last(made), fresh(trace, 1, last(made).columns)),
  matmul: (trace, made, pick) => op.matmul(last(made), fresh(trace, last(made).columns, 1 + pick(19))),
  affine: (trace, made, pick) => {
    const columns = 1 + pick(19);
    return op.affine(last(made), fresh(trace, last(made).columns, columns), fresh(trace, 1, columns));
  },
  affineRelu: (trace, made, pick) => {
    const columns = 1 + pick(19);
    return op.affineRelu(last(made), fresh(trace, last(made).columns, columns), fresh(trace, 1, columns));
  },
  layerNorm: (trace, made) => {
    const { columns } = last(made);
    return op.layerNorm(last(made), fresh(trace, 1, columns), fresh(trace, 1, columns));
  },
  sliceColumns: (_trace, made, pick) => {
    const from = pick(last(made).columns);
    return op.sliceColumns(last(made), from, from + 1 + pick(last(made).columns - from));
  },
  sliceRows: (_trace, made, pick) => {
    const from = pick(last(made).rows);
    return op.sliceRows(last(made), from, from + 1 + pick(last(made).rows - from));
  },
  concatColumns: (trace, made, pick) =>
    op.concatColumns([last(made), fresh(trace, last(made).rows, 1 + pick(5))]),
  concatRows: (trace, made, pick) =>
    op.concatRows([last(made), fresh(trace, 1 + pick(5), last(made).columns)]),
};

interface Recipe {
  readonly rows: number;
  readonly columns: number;
  readonly names: readonly string[];
  readonly seed: number;
  readonly delta: number;
}

function programOf({ rows, columns, names, seed, delta }: Recipe) {
  const trace = openTrace();
  const draws = stream({ seed, purpose: 'recipe' });
  const made = [op.add(input(trace, 'data', 'x', rows, columns), fresh(trace, rows, columns))];
  for (const name of names) made.push(steps[name]!(trace, made, (n) => draws.integer(n)));
  const target = input(trace, 'data', 'y', last(made).rows, last(made).columns);
  const scalars = input(trace, 'data', 'scalars', 1, 4);
  const squared = op.meanSquaredError(last(made), target);
  backward(op.add(squared, op.huberLoss(last(made), target, delta)));
  (seed % 2 === 0 ? adam(0) : sgd(0)).emit(trace, scalars);
  return assemble(trace);
}

const recipe: fc.Arbitrary<Recipe> = fc.record({
  rows: fc.integer({ min: 1, max: 37 }),
  columns: fc.integer({ min: 1, max: 37 }),
  names: fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 8 }),
  seed: fc.nat({ max: 10_000 }),
  delta: fc.constantFrom(0.1, 1, 10),
});

describe('bits of the learning engine', function () {
  before(function () {
    if (!simd) this.skip();
  });

  it('interpreter and oracle agree bit for bit on random programs of random shapes', () => {
    fc.assert(
      fc.property(recipe, (drawn) => {
        const program = programOf(drawn);
        const draws = stream({ seed: drawn.seed, purpose: 'values' });
        const normals = (length: number) => Float32Array.from({ length }, () => draws.normal());
        const fill = { parameters: normals(program.sizes.parameter), data: normals(program.sizes.data) };
        const [fast, plain] = [runProgram(simd!, program, fill), runProgram(oracle, program, fill)];
        for (const part of ['gradient', 'parameters', 'scratch'] as const)
          expect(bitsOf(fast[part]), part).to.deep.equal(bitsOf(plain[part]));
      }),
      { numRuns: 150 },
    );
  });

  for (const name of Object.keys(architectures).filter((each) => each !== 'tfjs') as ArchitectureName[])
    it(`${name}: interpreter and oracle train and forecast to the same bits`, () => {
      const shape = { features: 5, assets: 3, window: 4 };
      const cohorts = [simd!, oracle].map((backend) => create(name, shape, {}, 1, openEngine({ backend })));
      const task = taskOf('bits', 60, 20, (x) => x[0]! * x[1]! - x[7]!);
      const [fast, plain] = cohorts.map((cohort) => {
        cohort.initialise(0, drawsFor('initialise'));
        const attacked = cohort.pullBack && { adversary: { radius: 0.1, share: 0.5 } };
        const results = [{}, attacked ?? {}].map((more) =>
          cohort.train(0, {
            ...more,
            samples: samplesOf(task),
            steps: 3,
            batchSize: 9,
            learningRate: 0.01,
            stream: drawsFor('train'),
          }),
        );
        return { results, state: cohort.saveState(0), forecast: cohort.forecast(0, task.inputs, 60) };
      });
      expect(fast).to.deep.equal(plain);
    });
});
