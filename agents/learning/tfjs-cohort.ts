import type {
  Cohort,
  ForecastResult,
  ParameterTensor,
  PulledBack,
  TrainingRequest,
  TrainingResult,
} from './cohort.js';
import { nonFiniteTensor } from './culprit.js';
import { adamStep, newAgent, restore, saved, startAnew, type FlatAgent } from './flat-agent.js';
import { allFinite, NonFinite } from './non-finite.js';
import { UnusableModel, type LoadedModel, type TfLayersModel, type TfTensor } from './tfjs.js';
import { tfjsFlops } from './tfjs-flops.js';
import { penaltyIn } from './tfjs-penalties.js';

/** What a row is to the model. */
export interface TfRows {
  readonly features: number;
  readonly lookback: number;
}

const shown = (name: string, shape: readonly (number | null)[]): string =>
  `"${name}" [${shape.map((n) => n ?? 'any').join(', ')}]`;

const product = (shape: readonly (number | null)[]): number =>
  shape.reduce<number>((n, m) => n * (m ?? 1), 1);

/** The shape of one row as the model reads it; throws where it reads something else. */
function rowShape({ inputs, outputs }: TfLayersModel, { features, lookback }: TfRows): number[] {
  const [input, ...others] = inputs;
  const [output, ...more] = outputs;
  const names = (all: typeof inputs) => all.map(({ name, shape }) => shown(name, shape)).join(', ');
  if (!input || others.length > 0)
    throw new UnusableModel(`tfjs: ${inputs.length} inputs (${names(inputs)}) where one is read`);
  if (!output || more.length > 0 || product(output.shape) !== 1)
    throw new UnusableModel(`tfjs: output ${names(outputs)} where a forecast is one number a row`);
  const own = input.shape.slice(1);
  const flat = own.length === 1 && own[0] === features * lookback;
  const days = own.length === 2 && own[0] === lookback && own[1] === features;
  if (!flat && !days)
    throw new UnusableModel(
      `tfjs: input ${shown(input.name, input.shape)} where a row has ${lookback} days of ${features} features: ` +
        `[any, ${lookback}, ${features}] or [any, ${lookback * features}]`,
    );
  return own as number[];
}

/** The model with one agent's numbers in it: tfjs keeps one set of variables, agents take turns in them. */
function turnOf(
  { tf, model }: LoadedModel,
  tensors: readonly ParameterTensor[],
  shapes: readonly (readonly number[])[],
) {
  const starts = tensors.reduce<number[]>((sums, t) => [...sums, sums.at(-1)! + t.rows * t.columns], [0]);
  return {
    install: (parameters: Float32Array): void =>
      tf.tidy(() =>
        model.setWeights(
          shapes.map((shape, i) => tf.tensor(parameters.slice(starts[i], starts[i + 1]), shape)),
        ),
      ),
    /** The slope of a scalar in all parameters; in those that are not trained it is 0. */
    slopes: (f: () => TfTensor): { readonly value: number; readonly gradient: Float32Array } => {
      const trained = model.weights.filter(({ trainable }) => trainable).map(({ val }) => val);
      const { value, grads } = tf.variableGrads(f, trained);
      const gradient = new Float32Array(starts.at(-1)!);
      model.weights.forEach(({ val }, i) => {
        const slope = grads[val.name];
        if (slope) gradient.set(slope.dataSync(), starts[i]);
      });
      return { value: value.dataSync()[0]!, gradient };
    },
    /** Weights that training itself moves, such as running means. */
    collect: (into: Float32Array): void =>
      model.weights.forEach((weight, i) => {
        if (!weight.trainable) into.set(weight.read().dataSync(), starts[i]);
      }),
  };
}

function requireFinite(named: Readonly<Record<string, Float32Array>>): void {
  for (const [name, values] of Object.entries(named))
    if (!allFinite(values, 0, values.length)) throw new NonFinite('tfjs', name);
}

function requireFiniteTensors(tensors: readonly ParameterTensor[], values: Float32Array, what: string): void {
  const tensor = nonFiniteTensor(tensors, values);
  if (tensor !== undefined) throw new NonFinite('tfjs', what + tensor);
}

function minibatch({ samples, batchSize, stream }: TrainingRequest, width: number) {
  const inputs = new Float32Array(batchSize * width);
  const [targets, outcomes] = [new Float32Array(batchSize), new Float32Array(batchSize)];
  for (let row = 0; row < batchSize; row++) {
    const sample = stream.integer(samples.count);
    outcomes[row] = samples.gather(sample, inputs, row * width);
    targets[row] = samples.taught?.[sample] ?? outcomes[row]!;
  }
  requireFinite({ inputs, targets, outcomes });
  return { inputs, targets, outcomes };
}

/** What one step gave: its loss, its squared error about what happened, its gradient's length, its penalties. */
interface Step {
  readonly loss: number;
  readonly error: number;
  readonly norm: number;
  readonly terms: readonly number[];
}

/** Weight of the newest call in the running variance of errors. */
const NEWEST = 0.1;

/** A researcher's model as a cohort: trained by Adam on squared error, one agent at a time, with tfjs' own gradients.
 *
 * Slower than the engine by two orders of magnitude, and reproducible to its rounding on one machine only: kernels sum
 * in the order that their backend likes. */
export function tfjsCohort(loaded: LoadedModel, rows: TfRows, size: number): Cohort {
  const { tf, model } = loaded;
  const own = rowShape(model, rows);
  const width = rows.features * rows.lookback;
  const shapes = model.weights.map(({ shape }) => shape);
  const tensors = model.weights.map(({ name, shape }): ParameterTensor => {
    const columns = shape.at(-1) ?? 1;
    return { name, rows: product(shape) / columns, columns };
  });
  const count = tensors.reduce((sum, t) => sum + t.rows * t.columns, 0);
  const first = tf.tidy(() => Float32Array.from(model.weights.flatMap((w) => [...w.read().dataSync()])));
  const turn = turnOf(loaded, tensors, shapes);
  const agents = Array.from({ length: size }, () => newAgent(first));
  const seat = (agent: number): FlatAgent => {
    const found = agents[agent];
    if (!found) throw new RangeError(`agent ${agent} where the cohort has ${size}`);
    return found;
  };
  const tensorOf = (inputs: Float32Array): TfTensor => tf.tensor(inputs, [inputs.length / width, ...own]);
  const column = (values: Float32Array): TfTensor => tf.tensor(values, [values.length, 1]);
  const predict = (x: TfTensor, training: boolean): TfTensor => model.apply(x, { training });

  function step(agent: FlatAgent, request: TrainingRequest): Step {
    const { penalties = {}, adversary, learningRate } = request;
    const { inputs, targets, outcomes } = minibatch(request, width);
    const [x, y] = [tensorOf(inputs), column(targets)];
    const errorFrom = (at: TfTensor, truth: TfTensor) => predict(at, true).sub(truth).square().mean();
    const lossAt = (at: TfTensor): TfTensor => errorFrom(at, y);
    const worst = adversary && x.add(tf.grad(lossAt)(x).sign().mul(x.sign().square()).mul(adversary.radius));
    const loss = lossAt(x).dataSync()[0]!;
    const error = request.samples.taught ? errorFrom(x, column(outcomes)).dataSync()[0]! : loss;
    const { gradient } = turn.slopes(() => {
      const clean = lossAt(x);
      const share = adversary?.share ?? 0;
      return worst ? clean.mul(1 - share).add(lossAt(worst).mul(share)) : clean;
    });
    const terms = Object.entries(penalties).map(([name, term]) => {
      const forecasts = (probes: Float32Array) => predict(tensorOf(probes), false);
      const { value, slope } = penaltyIn(name, term, agent.parameters, (f) => turn.slopes(f), {
        column,
        forecasts,
      });
      for (let j = 0; j < count; j++) gradient[j]! += term.weight * slope[j]!;
      return value;
    });
    requireFinite({ loss: Float32Array.of(loss) });
    requireFiniteTensors(tensors, gradient, 'gradient of ');
    turn.collect(agent.parameters);
    adamStep(agent, gradient, learningRate);
    turn.install(agent.parameters);
    return { loss, error, norm: Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0)), terms };
  }

  function train(agent: FlatAgent, request: TrainingRequest): TrainingResult {
    const before = [agent.parameters, agent.first, agent.second, agent.state].map((part) => part.slice());
    const names = Object.keys(request.penalties ?? {});
    try {
      requireFiniteTensors(tensors, agent.parameters, '');
      turn.install(agent.parameters);
      const taken = Array.from({ length: request.steps }, () => tf.tidy(() => step(agent, request)));
      requireFiniteTensors(tensors, agent.parameters, 'update of ');
      const mean = (of: (s: (typeof taken)[number]) => number) =>
        taken.reduce((sum, s) => sum + of(s), 0) / taken.length;
      agent.state[2]! += NEWEST * (mean((s) => s.error) - agent.state[2]!);
      return {
        loss: mean((s) => s.loss),
        gradientNorm: taken.at(-1)!.norm,
        examples: request.steps * request.batchSize,
        penalties: Object.fromEntries(names.map((name, i) => [name, mean((s) => s.terms[i]!)])),
      };
    } catch (failure) {
      [agent.parameters, agent.first, agent.second, agent.state].forEach((part, i) => part.set(before[i]!));
      throw failure;
    }
  }

  function forecast(agent: FlatAgent, inputs: Float32Array, count: number): ForecastResult {
    if (inputs.length !== count * width)
      throw new RangeError(`tfjs: ${inputs.length} inputs for ${count} rows of ${width}`);
    turn.install(agent.parameters);
    const mean =
      count === 0 ? new Float32Array(0) : tf.tidy(() => predict(tensorOf(inputs), false).dataSync().slice());
    return { mean, stdDev: new Float32Array(count).fill(Math.sqrt(agent.state[2]!)) };
  }

  function pullBack(agent: FlatAgent, inputs: Float32Array, cotangent: Float32Array): PulledBack {
    turn.install(agent.parameters);
    return tf.tidy(() => {
      const [x, c] = [tensorOf(inputs), column(cotangent)];
      const worth = (at: TfTensor): TfTensor => predict(at, false).mul(c).sum();
      return {
        mean: predict(x, false).dataSync().slice(),
        parameters: turn.slopes(() => worth(x)).gradient,
        inputs: tf.grad(worth)(x).dataSync().slice(),
      };
    });
  }

  const flops = tfjsFlops(model);
  return {
    parameterCount: count,
    flopsPerForecast: flops,
    flopsPerTrainingStep: (batchSize) => 3 * batchSize * flops,
    representationWidth: 0,
    rowsPerSample: 1,
    // Every agent starts from the weights in the file: a model that was trained elsewhere is a beginning in common.
    initialise: (agent) => startAnew(seat(agent), first),
    parameters: (agent) => seat(agent).parameters.slice(),
    setParameters: (agent, values) => {
      if (values.length !== count)
        throw new RangeError(`${values.length} parameter values where the architecture has ${count}`);
      seat(agent).parameters.set(values);
    },
    train: (agent, request) => train(seat(agent), request),
    forecast: (agent, inputs, count) => forecast(seat(agent), inputs, count),
    tensors,
    pullBack: (agent, inputs, cotangent) => pullBack(seat(agent), inputs, cotangent),
    saveState: (agent) => saved(seat(agent)),
    loadState: (agent, bytes) => restore(seat(agent), bytes, 'tfjs'),
  };
}
