import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect } from 'chai';
import type { Cohort } from '../../../agents/learning/cohort.js';
import { NonFinite } from '../../../agents/learning/non-finite.js';
import { loadLayersModel, loadTfjs, UnusableModel, type TfTensor } from '../../../agents/learning/tfjs.js';
import { tfjsCohort } from '../../../agents/learning/tfjs-cohort.js';
import { create } from '../models/create.js';
import { drawsFor, samplesOf, school, skill, taskOf } from '../models/task.js';
import { requireModels } from '../../../cli/check-models.js';
import { CliError } from '../../../cli/errors.js';
import { readScenario } from '../../../cli/scenario-file.js';
import { small } from '../../small-run.js';
import { installedTfjs, saveTo, type FullTfjs } from './tfjs-installed.js';

const [FEATURES, WINDOW, ROWS] = [3, 5, 7];

describe('tfjs where it is missing', () => {
  it('is asked for by the command that installs it', async () => {
    const nowhere = mkdtempSync(join(tmpdir(), 'herdscope-nothing-'));
    let said = '';
    await loadTfjs([nowhere]).catch((error: Error) => (said = error.message));
    rmSync(nowhere, { recursive: true });
    expect(said).to.include('npm install @tensorflow/tfjs');
  });
});

/** A folder with packages of which some do not load, as a native binding built for another machine. */
function withPackages(packages: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-packages-'));
  for (const [name, source] of Object.entries(packages)) {
    const at = join(folder, 'node_modules', name);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, 'package.json'), JSON.stringify({ name, main: 'index.cjs' }));
    writeFileSync(join(at, 'index.cjs'), source);
  }
  return folder;
}
const unloadable = "throw new Error('tfjs_binding.node: invalid ELF header\\nand more')";
const plain = "module.exports = { version: { tfjs: 'plain' }, ready: async () => {} }";

describe('tfjs whose native binding does not load', () => {
  const why = '@tensorflow/tfjs-node is installed and does not load: tfjs_binding.node: invalid ELF header';

  it('gives way to the plain package, and a note says so', async () => {
    const folder = withPackages({ '@tensorflow/tfjs-node': unloadable, '@tensorflow/tfjs': plain });
    const { tf, note } = await loadTfjs([folder]);
    rmSync(folder, { recursive: true });
    expect(tf.version.tfjs).to.equal('plain');
    expect(note).to.equal(why);
  });

  it('alone is told why, with the command that installs the plain one', async () => {
    const folder = withPackages({ '@tensorflow/tfjs-node': unloadable });
    let said: unknown;
    await loadTfjs([folder]).catch((error: unknown) => (said = error));
    rmSync(folder, { recursive: true });
    expect(said).to.be.instanceOf(UnusableModel);
    expect((said as Error).message).to.equal(
      `the architecture tfjs needs @tensorflow/tfjs-node or @tensorflow/tfjs, and ${why}: npm install @tensorflow/tfjs`,
    );
  });

  it('is not found by doctor, which says why', () => {
    const folder = withPackages({ '@tensorflow/tfjs-node': unloadable, '@tensorflow/tfjs': plain });
    const doctor = (...more: string[]) => {
      const entry = fileURLToPath(new URL('../../../cli/index.ts', import.meta.url));
      const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
      const words = ['--import', tsx, entry, 'doctor', ...more];
      return spawnSync(process.execPath, words, { cwd: folder, encoding: 'utf8' }).stdout;
    };
    const [text, json] = [doctor(), doctor('--format', 'json')];
    rmSync(folder, { recursive: true });
    expect(text).to.include(`broken    ${why.replace(' is', ': is')}\n`);
    expect(text).to.match(/found +@tensorflow\/tfjs\n/);
    const { adapters, broken } = JSON.parse(json) as Record<string, Record<string, unknown>>;
    expect(adapters).to.include({ '@tensorflow/tfjs-node': false, '@tensorflow/tfjs': true });
    expect(broken).to.deep.equal({ '@tensorflow/tfjs-node': 'tfjs_binding.node: invalid ELF header' });
  }).timeout(60_000);
});

describe('tfjs', function () {
  this.timeout(240_000);
  let tf: FullTfjs;
  let prefix: string;
  let folder: string;

  before(async function () {
    const found = await installedTfjs();
    if ('why' in found) {
      console.log(`      skipped: ${found.why}`);
      return this.skip();
    }
    ({ tf, prefix } = found);
    folder = mkdtempSync(join(tmpdir(), 'herdscope-models-'));
  });
  after(() => folder && rmSync(folder, { recursive: true, force: true }));

  /** Largest distance between two gradients, over the largest entry. */
  function expectClose(ours: Float32Array, theirs: Float32Array, within: number): void {
    expect(theirs).to.have.length(ours.length);
    const scale = Math.max(...theirs.map(Math.abs));
    expect(scale).to.be.greaterThan(0.01);
    ours.forEach((g, i) => expect(Math.abs(g - theirs[i]!) / scale, `parameter ${i}`).to.be.below(within));
  }

  /** Our parameters, the same in tfjs, and both Jacobian products of the same inputs and cotangent. */
  async function bothWays(
    ours: Cohort,
    model: { save(handler: unknown): Promise<unknown> },
    name: string,
    rows: object,
  ) {
    ours.initialise(0, drawsFor('initialise'));
    const path = await saveTo(tf, model, join(folder, name));
    const theirs = tfjsCohort(await loadLayersModel({ tf }, path), rows as never, 1);
    const draws = drawsFor(name);
    const moved = ours.parameters(0).map((w) => w + 0.1 * draws.normal());
    for (const cohort of [ours, theirs]) cohort.setParameters(0, moved);
    const inputs = Float32Array.from({ length: ROWS * FEATURES * WINDOW }, () => draws.normal());
    const cotangent = Float32Array.from({ length: ROWS }, () => draws.normal());
    return [ours, theirs].map((cohort) => cohort.pullBack!(0, inputs, cotangent));
  }

  it('differentiates an MLP as the engine does, to 3e-6 of the largest slope', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.dense({ units: 8, activation: 'relu', inputShape: [FEATURES * WINDOW] }),
        tf.layers.dense({ units: 4, activation: 'relu' }),
        tf.layers.dense({ units: 1 }),
      ],
    });
    const ours = create('mlp', { features: FEATURES * WINDOW }, { hidden: [8, 4] });
    const [a, b] = await bothWays(ours, model, 'mlp', { features: FEATURES * WINDOW, lookback: 1 });
    expectClose(a!.mean, b!.mean, 3e-6);
    expectClose(a!.parameters, b!.parameters, 3e-6);
    expectClose(a!.inputs, b!.inputs, 3e-6);
  });

  it('differentiates an LSTM as the engine does, to 3e-6 of the largest slope', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.lstm({ units: 8, recurrentActivation: 'sigmoid', inputShape: [WINDOW, FEATURES] }),
        tf.layers.dense({ units: 1 }),
      ],
    });
    const ours = create('lstm', { features: FEATURES, window: WINDOW }, { width: 8 });
    const [a, b] = await bothWays(ours, model, 'lstm', { features: FEATURES, lookback: WINDOW });
    expectClose(a!.mean, b!.mean, 3e-6);
    expectClose(a!.parameters, b!.parameters, 3e-6);
    expectClose(a!.inputs, b!.inputs, 3e-6);
  });

  describe('FLOPs of a forecast', () => {
    const [F, D] = [14, 20];
    const flopsOf = async (name: string, rows: object, ...layers: unknown[]) => {
      const path = await saveTo(tf, tf.sequential({ layers }), join(folder, `flops-${name}`));
      return tfjsCohort(await loadLayersModel({ tf }, path), rows as never, 1).flopsPerForecast;
    };
    const dense = (units: number, more: object = {}) => tf.layers.dense({ units, ...more });

    it('are those of each kernel once where the days lie side by side', async () => {
      const flat = dense(16, { inputShape: [F * D] });
      const flops = await flopsOf('flat', { features: F, lookback: D }, flat, dense(1));
      expect(flops).to.equal(2 * (F * D * 16 + 16));
    });

    it('are those of a recurrent layer once a day, and of what is behind it once', async () => {
      const lstm = tf.layers.lstm({ units: 8, inputShape: [D, F] });
      const flops = await flopsOf('lstm', { features: F, lookback: D }, lstm, dense(1));
      expect(flops).to.equal(2 * (D * (F * 32 + 8 * 32) + 8));
    });

    it('are those of a layer on every day once a day, and of what is behind it once', async () => {
      const daily = dense(4, { inputShape: [D, F] });
      const flops = await flopsOf(
        'daily',
        { features: F, lookback: D },
        daily,
        tf.layers.flatten({}),
        dense(1),
      );
      expect(flops).to.equal(2 * (D * F * 4 + 4 * D));
    });

    it('count a model inside a model', async () => {
      const inner = tf.sequential({ layers: [dense(5, { inputShape: [F] }), dense(3)] });
      const flops = await flopsOf('nested', { features: F, lookback: 1 }, inner, dense(1));
      expect(flops).to.equal(2 * (F * 5 + 5 * 3 + 3));
    });
  });

  it('differentiates a transformer as the engine does, to 1e-5 of the largest slope', () => {
    const [width, heads] = [8, 2];
    const ours = create('transformer', { features: FEATURES, window: WINDOW }, { width, heads });
    ours.initialise(0, drawsFor('initialise'));
    const draws = drawsFor('transformer');
    ours.setParameters(
      0,
      ours.parameters(0).map((w) => w + 0.1 * draws.normal()),
    );
    const inputs = Float32Array.from({ length: ROWS * FEATURES * WINDOW }, () => draws.normal());
    const cotangent = Float32Array.from({ length: ROWS }, () => draws.normal());
    const { mean, parameters } = ours.pullBack!(0, inputs, cotangent);
    const names = ours.tensors!.map(({ name }) => name);
    let at = 0;
    const given = ours.tensors!.map(({ rows, columns }) => {
      const from = at;
      at += rows * columns;
      return tf.tensor(ours.parameters(0).slice(from, at), [rows, columns]);
    });
    const forward = (weights: readonly TfTensor[]): TfTensor => {
      const w = (name: string): TfTensor => weights[names.indexOf(name)]!;
      const affine = (x: TfTensor, name: string): TfTensor =>
        tf.matMul(x, w(`${name} weights`)).add(w(`${name} bias`));
      const norm = (x: TfTensor, name: string): TfTensor => {
        const centred = x.sub(tf.mean(x, 1, true));
        const deviation = tf.sqrt(tf.mean(centred.square(), 1, true).add(1e-5));
        return centred
          .div(deviation)
          .mul(w(`${name} gain`))
          .add(w(`${name} shift`));
      };
      const split = (x: TfTensor): TfTensor =>
        tf.transpose(tf.reshape(x, [ROWS, WINDOW, heads, width / heads]), [0, 2, 1, 3]);
      const embedded = affine(tf.tensor(inputs, [ROWS * WINDOW, FEATURES]), 'embedding');
      const placed = tf.reshape(embedded, [ROWS, WINDOW * width]).add(w('places'));
      const days = tf.reshape(placed, [ROWS * WINDOW, width]);
      const normed = norm(days, 'block 1 attention norm');
      const [q, k, v] = ['queries', 'keys', 'values'].map((part) => split(affine(normed, `block 1 ${part}`)));
      // The future is masked by subtracting what no exponential survives.
      const mask = Float32Array.from({ length: WINDOW * WINDOW }, (_, i) =>
        i % WINDOW > Math.floor(i / WINDOW) ? 1e9 : 0,
      );
      const scores = tf
        .matMul(q!, k!, false, true)
        .mul(1 / Math.sqrt(width / heads))
        .sub(tf.tensor(mask, [WINDOW, WINDOW]));
      const looked = tf.transpose(tf.matMul(tf.softmax(scores, 3), v!), [0, 2, 1, 3]);
      const mixed = days.add(affine(tf.reshape(looked, [ROWS * WINDOW, width]), 'block 1 mixing'));
      const inner = tf.relu(affine(norm(mixed, 'block 1 layer norm'), 'block 1 inner'));
      const out = tf.reshape(mixed.add(affine(inner, 'block 1 outer')), [ROWS, WINDOW, width]);
      const last = tf.reshape(tf.slice(out, [0, WINDOW - 1, 0], [ROWS, 1, width]), [ROWS, width]);
      return affine(norm(last, 'last norm'), 'output');
    };
    expectClose(mean, forward(given).dataSync(), 1e-5);
    const worth = (...weights: TfTensor[]): TfTensor =>
      forward(weights)
        .mul(tf.tensor(cotangent, [ROWS, 1]))
        .sum();
    const theirs = tf
      .grads(worth)(given)
      .flatMap((g) => [...g.dataSync()]);
    expectClose(parameters, Float32Array.from(theirs), 1e-5);
  });

  const dense = (inputs: number, hidden = 16) =>
    tf.sequential({
      layers: [
        tf.layers.dense({ units: hidden, activation: 'relu', inputShape: [inputs] }),
        tf.layers.dense({ units: 1 }),
      ],
    });

  it("trains a researcher's model on a task that no linear model can do", async () => {
    const path = await saveTo(tf, dense(2), join(folder, 'product'));
    const cohort = tfjsCohort(await loadLayersModel({ tf }, path), { features: 2, lookback: 1 }, 2);
    const product = (purpose: string, rows: number) => taskOf(purpose, rows, 2, (x) => x[0]! * x[1]!);
    const untouched = cohort.saveState(1);
    school(cohort, product('train', 1000), { rounds: 4, steps: 60, learningRate: 0.03 });
    expect(skill(cohort, product('test', 300))).to.be.greaterThan(0.6);
    expect(cohort.saveState(1), 'agents take turns and leave each other alone').to.deep.equal(untouched);
    cohort.loadState(1, cohort.saveState(0));
    const rows = product('test', 9).inputs;
    expect(cohort.forecast(1, rows, 9)).to.deep.equal(cohort.forecast(0, rows, 9));
  });

  it('one step of Adam, with penalties, an adversary and a teacher, is the step of the engine', async () => {
    const path = await saveTo(tf, dense(3, 8), join(folder, 'step'));
    const theirs = tfjsCohort(await loadLayersModel({ tf }, path), { features: 3, lookback: 1 }, 1);
    const ours = create('mlp', { features: 3 }, { hidden: [8] });
    ours.setParameters(0, theirs.parameters(0));
    const task = taskOf('train', 50, 3, (x) => x[0]! - x[1]!);
    const probes = taskOf('probes', 12, 3, () => 0).inputs;
    const other = Float32Array.from({ length: ours.parameterCount }, (_, j) => 0.01 * j);
    const results = [ours, theirs].map((cohort) =>
      cohort.train(0, {
        samples: { ...samplesOf(task), taught: task.targets.map((y) => y / 2) },
        steps: 3,
        batchSize: 8,
        learningRate: 0.01,
        stream: drawsFor('train'),
        adversary: { radius: 0.1, share: 0.5 },
        penalties: {
          l2: { weight: 0.1 },
          proximal: { weight: 0.1, inputs: { global: other } },
          'elastic-weight-consolidation': { weight: 0.1, inputs: { earlier: other, importance: other } },
          decorrelation: { weight: 0.5, inputs: { probes, forecasts: probes.filter((_, i) => i % 3 === 0) } },
          consensus: { weight: 0.5, inputs: { probes, forecasts: probes.filter((_, i) => i % 3 === 1) } },
        },
      }),
    );
    expect(results[1]!.loss).to.be.closeTo(results[0]!.loss, 1e-5);
    for (const [name, value] of Object.entries(results[0]!.penalties))
      expect(results[1]!.penalties[name], name).to.be.closeTo(value, 1e-4);
    const [a, b] = [ours.parameters(0), theirs.parameters(0)];
    a.forEach((w, j) => expect(b[j], `parameter ${j}`).to.be.closeTo(w, 2e-4));
    const [said, saidToo] = [ours, theirs].map((c) => c.forecast(0, task.inputs, 50).stdDev[0]!);
    expect(said).not.to.be.closeTo(Math.sqrt(0.9 + 0.1 * results[0]!.loss), 0.01);
    expect(saidToo).to.be.closeTo(said!, 1e-5);
  });

  it('names the tensor that does not fit, or is no number, and puts the agent back', async () => {
    const load = async (model: { save(handler: unknown): Promise<unknown> }, name: string) =>
      loadLayersModel({ tf }, await saveTo(tf, model, join(folder, name)));
    const fits = await load(dense(3), 'fits');
    expect(() => tfjsCohort(fits, { features: 4, lookback: 1 }, 1)).to.throw(
      UnusableModel,
      /input "dense.*" \[any, 3\]/,
    );
    const two = await load(
      tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })] }),
      'two',
    );
    expect(() => tfjsCohort(two, { features: 3, lookback: 1 }, 1)).to.throw(
      UnusableModel,
      /output .*\[any, 2\]/,
    );
    const cohort = tfjsCohort(fits, { features: 3, lookback: 1 }, 1);
    const before = cohort.saveState(0);
    const task = { ...taskOf('train', 9, 3, () => 0), targets: new Float32Array(9).fill(NaN) };
    expect(() => school(cohort, task, { rounds: 1 })).to.throw('tfjs: targets is not finite');
    expect(cohort.saveState(0)).to.deep.equal(before);
    const fine = { ...task, targets: new Float32Array(9).fill(1) };
    const weights = cohort.parameters(0);
    const expectNamed = (at: number, value: number, message: RegExp): void => {
      cohort.setParameters(0, weights.with(at, value));
      const request = { steps: 1, batchSize: 4, learningRate: 0.01, stream: drawsFor('train') };
      expect(() => cohort.train(0, { ...request, samples: samplesOf(fine) })).to.throw(NonFinite, message);
    };
    expectNamed(3, NaN, /^tfjs: dense.*\/kernel\S* is not finite$/);
    expectNamed(weights.length - 1, Infinity, /^tfjs: dense.*\/bias\S* is not finite$/);
    expectNamed(weights.length - 1, 3e38, /^tfjs: loss is not finite$/);
    for (const [text, message] of [
      ['{', 'is not JSON'],
      ['{}', 'is not a LayersModel'],
    ] as const) {
      writeFileSync(join(folder, 'broken.json'), text);
      let said = '';
      await loadLayersModel({ tf }, join(folder, 'broken.json')).catch(
        (error: Error) => (said = error.message),
      );
      expect(said).to.include(message);
    }
  });

  it('says of weights that are missing or cut short, and of a layer that tfjs does not know, what is wrong', async () => {
    const path = await saveTo(tf, dense(3), join(folder, 'damaged'));
    const weights = join(folder, 'damaged', 'weights.bin');
    const said = async (): Promise<string> => {
      try {
        await loadLayersModel({ tf }, path);
      } catch (error) {
        expect(error).to.be.instanceOf(UnusableModel);
        return (error as Error).message;
      }
      return 'was accepted';
    };
    const whole = readFileSync(weights);
    writeFileSync(weights, whole.subarray(0, whole.length - 5));
    expect(await said()).to.match(/^tfjs: .*model\.json cannot be loaded: /);
    rmSync(weights);
    expect(await said()).to.equal(`tfjs: ${weights} cannot be read (ENOENT)`);
    writeFileSync(weights, Buffer.from(new Float32Array(new Uint8Array(whole).buffer).with(3, NaN).buffer));
    expect(await said()).to.match(/cannot be loaded: dense.*\/kernel\S* is not finite$/);
    writeFileSync(weights, whole);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('"class_name":"Dense"', '"class_name":"Wavelet"'));
    expect(await said()).to.match(/cannot be loaded: .*Wavelet/);
  });

  it('refuses a model of several inputs, naming them', async () => {
    const [a, b] = ['left', 'right'].map((name) => tf.input({ shape: [3], name }));
    const joined = (
      tf.layers as unknown as Record<string, (config: object) => { apply(x: unknown): unknown }>
    ).concatenate!({}).apply([a, b]);
    const out = (tf.layers.dense({ units: 1 }) as { apply(x: unknown): unknown }).apply(joined);
    const model = tf.model({ inputs: [a, b], outputs: out });
    const loaded = await loadLayersModel({ tf }, await saveTo(tf, model, join(folder, 'several')));
    expect(() => tfjsCohort(loaded, { features: 3, lookback: 1 }, 1)).to.throw(
      UnusableModel,
      /2 inputs \("left.*" \[any, 3\], "right.*" \[any, 3\]\) where one is read/,
    );
  });

  it('runs in the loop as any architecture, from the command line, and the manifest says what computed', async () => {
    await saveTo(tf, dense(12), join(folder, 'loop'));
    const scenario = join(prefix, 'scenario.json');
    const learning = {
      ...small.learning,
      firstSteps: 3,
      architectures: [{ name: 'tfjs', path: join(folder, 'loop/model.json') }],
    };
    writeFileSync(scenario, JSON.stringify({ ...small, days: 7, learning }));
    const entry = fileURLToPath(new URL('../../../cli/index.ts', import.meta.url));
    const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
    const out = join(folder, 'out');
    const words = ['--import', tsx, entry, 'run', scenario, '--quiet', '--workers', '1', '--out', out];
    const { status, stderr } = spawnSync(process.execPath, words, { cwd: prefix, encoding: 'utf8' });
    expect(status, stderr).to.equal(0);
    const [name] = readdirSync(out);
    const { engine } = JSON.parse(readFileSync(join(out, name!, 'manifest.json'), 'utf8')) as {
      engine: string;
    };
    expect(engine).to.match(/tfjs 4\.22\.0 \(cpu\), model [0-9a-f]{12}, to rounding/);
    const here = process.cwd();
    process.chdir(prefix);
    let refused: unknown;
    await requireModels(readScenario(scenario, ['learning.architectures.0.lookback=2'])).catch(
      (error: unknown) => (refused = error),
    );
    process.chdir(here);
    expect(refused).to.be.instanceOf(CliError).and.include({ exitCode: 3 });
    expect((refused as CliError).lines.join()).to.match(/scenario\.json:1:\d+: .*tfjs: input "dense/);
  });
});
