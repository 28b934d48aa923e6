import { expect } from 'chai';
import fc from 'fast-check';
import { NonFinite } from '../../agents/learning/non-finite.js';
import { openEngine, type Engine } from '../../agents/learning/engine.js';
import { heNormal } from '../../agents/learning/initialisers.js';
import { interpreter } from '../../agents/learning/interpreter/interpreter.js';
import { withLasso } from '../../agents/learning/lasso.js';
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
  parameter(trace, `p${trace.parameters.size} weights`, rows, columns, heNormal);

const last = (made: readonly Tensor[]): Tensor => made.at(-1)!;

const unary =
  (apply: (a: Tensor) => Tensor): Step =>
  (_trace, made, pick) =>
    apply(made[pick(made.length)]!);

const binary =
  (apply: (a: Tensor, b: Tensor) => Tensor): Step =>
  (trace, made) =>
    apply(last(made), fresh(trace, last(made).rows, last(made).columns));

/** The last tensor, brought to some width. */
const projected = (trace: Trace, made: readonly Tensor[], width: number): Tensor =>
  op.matmul(last(made), fresh(trace, last(made).columns, width));

const steps: Record<string, Step> = {
  attention: (trace, made, pick) => {
    const { rows } = last(made);
    const lengths = Array.from({ length: rows }, (_, i) => i + 1).filter((length) => rows % length === 0);
    const length = lengths[pick(lengths.length)]!;
    const heads = 1 + pick(3);
    const width = 4 * heads * (1 + pick(2));
    const [q, k, v] = [0, 1, 2].map(() => projected(trace, made, width)) as [Tensor, Tensor, Tensor];
    return op.attention(q, k, v, { length, heads, span: 1 + pick(length) });
  },
  lstmCell: (trace, made, pick) => {
    const width = 4 * (1 + pick(3));
    const gates = projected(trace, made, 4 * width);
    const { hidden, cell } = op.lstmCell(gates, fresh(trace, last(made).rows, width));
    return op.add(hidden, cell);
  },
  affineSum: (trace, made, pick) => {
    const [others, columns] = [1 + pick(19), 1 + pick(19)];
    const a = last(made);
    const own = [fresh(trace, a.columns, columns), fresh(trace, 1, columns)] as const;
    return op.affineSum(a, ...own, fresh(trace, a.rows, others), fresh(trace, others, columns));
  },
  reshape: (trace, made, pick) => {
    const [width, other] = [4 * (1 + pick(3)), 4];
    const wide = projected(trace, made, width);
    return pick(2) === 0
      ? op.reshape(wide, (wide.rows * width) / other, other)
      : op.reshape(wide, 1, wide.rows * width);
  },

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

const optimisers = [adam(0), sgd(0), withLasso(sgd(0.01), 0.1)];

/** What is read of a program's run. Scratch is compared too, except that attention leaves workings there of which nobody
 * reads more than it has just written. */
const read = ['gradient', 'parameters'] as const;

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
  optimisers[seed % optimisers.length]!.emit(trace, scalars);
  return assemble(trace);
}

const recipe: fc.Arbitrary<Recipe> = fc.record({
  rows: fc.integer({ min: 1, max: 37 }),
  columns: fc.integer({ min: 1, max: 37 }),
  names: fc.array(fc.constantFrom(...Object.keys(steps)), { minLength: 1, maxLength: 8 }),
  seed: fc.nat({ max: 10_000 }),
  delta: fc.constantFrom(0.1, 1, 10),
});

/** Sizes and options of an architecture, and how it is trained. */
const circumstances = fc.record({
  features: fc.integer({ min: 1, max: 9 }),
  window: fc.integer({ min: 3, max: 16 }),
  assets: fc.integer({ min: 2, max: 7 }),
  units: fc.integer({ min: 1, max: 5 }),
  odd: fc.integer({ min: 1, max: 21 }),
  heads: fc.integer({ min: 1, max: 3 }),
  layers: fc.integer({ min: 1, max: 2 }),
  span: fc.integer({ min: 1, max: 16 }),
  loss: fc.constantFrom('huber', 'squared-error'),
  optimiser: fc.constantFrom('sgd', 'adam'),
  batch: fc.integer({ min: 1, max: 17 }),
  size: fc.constantFrom(1, 30, 1e-30, 1e15),
  seed: fc.nat({ max: 10_000 }),
});
type Circumstances = typeof circumstances extends fc.Arbitrary<infer T> ? T : never;

/** What each architecture makes of drawn numbers. */
const options = {
  linear: () => ({}),
  mlp: ({ odd, units }) => ({ hidden: [odd, units] }),
  lstm: ({ units }) => ({ width: 4 * units }),
  gru: ({ units }) => ({ width: 4 * units }),
  transformer: ({ heads, units, layers, span, window }) => ({
    width: 4 * heads * units,
    heads,
    layers,
    span: Math.min(span, window),
  }),
  graph: ({ odd, heads, layers }) => ({ width: odd, neighbours: heads, exchanges: layers }),
  'mc-dropout': ({ odd, units }) => ({ hidden: [odd, units], passes: 3 }),
  'deep-ensemble': ({ odd, units }) => ({ hidden: [odd, units], members: 2 }),
} satisfies Partial<Record<ArchitectureName, (drawn: Circumstances) => object>>;

/** All that an agent does in a short life, as text in which every bit counts and every NaN is alike. */
function lifeOf(name: keyof typeof options, drawn: Circumstances, engine: Engine): unknown {
  const { features, window, assets, loss, optimiser, batch, size, seed } = drawn;
  const width = features * window;
  const rows = 4 * assets;
  const drawnTask = taskOf(`bits ${seed}`, rows, width, (x, draws) => size * (x[0]! + draws.normal()));
  const task = { ...drawnTask, inputs: drawnTask.inputs.map((x) => size * x) };
  const own = { loss, optimiser, ...options[name](drawn) };
  const cohort = create(name, { features, assets, window }, own, 1, engine);
  cohort.initialise(0, drawsFor('initialise', seed));
  const request = { samples: samplesOf(task), steps: 3, batchSize: batch, learningRate: 0.01 };
  const trained = [{}, { adversary: { radius: 0.1, share: 0.5 } }].map((more) => {
    try {
      return cohort.train(0, { ...request, ...more, stream: drawsFor('train', seed) });
    } catch (error) {
      if (error instanceof NonFinite) return error.message;
      throw error;
    }
  });
  const forecast = cohort.forecast(0, task.inputs, rows);
  const sample = task.inputs.subarray(0, width * cohort.rowsPerSample);
  const pulled = cohort.pullBack!(0, sample, new Float32Array(cohort.rowsPerSample).fill(1));
  const columns = {
    ...forecast,
    parameters: cohort.parameters(0),
    slopes: pulled.parameters,
    inputs: pulled.inputs,
  };
  return {
    trained,
    ...Object.fromEntries(Object.entries(columns).map(([key, values]) => [key, bitsOf(values)])),
  };
}

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
        for (const part of drawn.names.includes('attention') ? read : ([...read, 'scratch'] as const))
          expect(bitsOf(fast[part]), part).to.deep.equal(bitsOf(plain[part]));
      }),
      { numRuns: 300 },
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

  const learnsByGradient = Object.keys(options) as (keyof typeof options)[];
  for (const name of learnsByGradient)
    it(`${name}: interpreter and oracle train, forecast and pull back to the same bits in any shape`, () => {
      fc.assert(
        fc.property(circumstances, (drawn) => {
          const [fast, plain] = [simd!, oracle].map((backend) =>
            lifeOf(name, drawn, openEngine({ backend })),
          );
          expect(fast).to.deep.equal(plain);
        }),
        { numRuns: 60 },
      );
    });
});
