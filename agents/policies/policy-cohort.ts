import type { Stream } from '../../core/random.js';
import type {
  Cohort,
  ForecastResult,
  PulledBack,
  TrainingRequest,
  TrainingResult,
} from '../learning/cohort.js';
import { nonFiniteTensor } from '../learning/culprit.js';
import { adamStep, newAgent, restore, saved, startAnew, type FlatAgent } from '../learning/flat-agent.js';
import { NonFinite } from '../learning/non-finite.js';
import { drawEpisode, type Episode } from './episode.js';
import { penalised } from './penalised.js';

/** The network of a policy with one agent's numbers in it. */
export interface Actor {
  readonly parameters: Float32Array;
  /** The network's output for rows. */
  readonly outputs: (rows: Float32Array) => Float32Array;
  /** The same for other parameters. */
  readonly outputsWith: (parameters: Float32Array, rows: Float32Array) => Float32Array;
  readonly pullBack: (rows: Float32Array, cotangent: Float32Array) => PulledBack;
}

/** What one look at an episode says: a slope in the parameters to go down, and what was gained. */
export interface Lesson {
  readonly gradient: Float32Array;
  /** The goal reached, net of penalties of the policy's own. */
  readonly gain: number;
}

/** What a policy computes, so that its FLOPs can be told. */
export interface Work {
  /** Forward passes of the network that a forecast takes. */
  readonly forecast: number;
  /** Forward passes over an episode in training, and passes forward and back again. */
  readonly forward: number;
  readonly pullBack: number;
  /** Steps of the optimiser on an episode. */
  readonly steps: number;
  /** FLOPs on each parameter beside the optimiser's. */
  readonly perParameter: number;
}

/** How a policy learns and acts. */
export interface Policy {
  readonly architecture: string;
  readonly assets: number;
  /** Numbers of one asset's row as the host gives it, and as the network reads it. */
  readonly width: number;
  readonly reads: number;
  /** Consecutive days of one episode. */
  readonly days: number;
  readonly work: Work;
  /** Lessons from one episode, each after the step of the one before. */
  readonly lessons: (actor: Actor, episode: Episode, stream: Stream) => Iterable<Lesson>;
  /** Positions in -1..1 from rows. */
  readonly positions: (actor: Actor, rows: Float32Array) => Float32Array;
}

/** A pass back costs as much as two forward: a product for the inputs and one for the weights. */
const PULL_BACK = 3;

const ADAM = 14;

/** FLOPs of training on one episode; what is done on returns is small beside the network. */
function episodeFlops({ days, assets, work }: Policy, { flopsPerForecast, parameterCount }: Cohort): number {
  const passes = work.forward + PULL_BACK * work.pullBack;
  return passes * days * assets * flopsPerForecast + parameterCount * (ADAM * work.steps + work.perParameter);
}

/** All agents take turns in one network: a policy trains on whole days, not on minibatches of rows. */
export function policyCohort(policy: Policy, network: Cohort, size: number): Cohort {
  const { architecture, assets, width } = policy;
  const count = network.parameterCount;
  const agents = Array.from({ length: size }, () => newAgent(new Float32Array(count)));
  const seat = (agent: number): FlatAgent => {
    const found = agents[agent];
    if (!found) throw new RangeError(`agent ${agent} where the cohort has ${size}`);
    return found;
  };
  const outputsWith = (parameters: Float32Array, rows: Float32Array): Float32Array => {
    network.setParameters(0, parameters);
    return network.forecast(0, rows, rows.length / policy.reads).mean;
  };
  const actorOf = ({ parameters }: FlatAgent): Actor => ({
    parameters,
    outputsWith,
    outputs: (rows) => outputsWith(parameters, rows),
    pullBack: (rows, cotangent) => {
      network.setParameters(0, parameters);
      return network.pullBack!(0, rows, cotangent);
    },
  });

  function requireFinite(values: Float32Array, what: string): void {
    const tensor = nonFiniteTensor(network.tensors!, values);
    if (tensor !== undefined) throw new NonFinite(architecture, what + tensor);
  }

  function train(agent: FlatAgent, request: TrainingRequest): TrainingResult {
    const { samples, steps, learningRate, stream, penalties = {} } = request;
    const actor = actorOf(agent);
    requireFinite(agent.parameters, '');
    let [gain, lessons, norm] = [0, 0, 0];
    const terms: Record<string, number> = {};
    for (let step = 0; step < steps; step++) {
      const episode = drawEpisode(architecture, samples, assets, width, policy.days, stream);
      for (const lesson of policy.lessons(actor, episode, stream)) {
        const { gradient, values } = penalised(agent.parameters, lesson.gradient, penalties);
        requireFinite(gradient, 'gradient of ');
        adamStep(agent, gradient, learningRate);
        gain += lesson.gain;
        lessons++;
        norm = Math.sqrt(gradient.reduce((sum, g) => sum + g * g, 0));
        for (const [name, value] of Object.entries(values)) terms[name] = (terms[name] ?? 0) + value;
      }
    }
    requireFinite(agent.parameters, 'update of ');
    const mean = (sum: number): number => sum / Math.max(1, lessons);
    return {
      loss: -mean(gain),
      gradientNorm: norm,
      examples: steps * policy.days * assets,
      penalties: Object.fromEntries(Object.entries(terms).map(([name, sum]) => [name, mean(sum)])),
    };
  }

  function trainOrPutBack(agent: FlatAgent, request: TrainingRequest): TrainingResult {
    const before = saved(agent);
    try {
      return train(agent, request);
    } catch (failure) {
      restore(agent, before, architecture);
      throw failure;
    }
  }

  function forecast(agent: FlatAgent, inputs: Float32Array, rows: number): ForecastResult {
    if (inputs.length !== rows * width)
      throw new RangeError(`${architecture}: ${inputs.length} inputs for ${rows} rows of ${width}`);
    const mean = policy.positions(actorOf(agent), inputs);
    // A policy states no error of a forecast: what happens varies by its own deviation.
    return { mean, stdDev: new Float32Array(rows).fill(1) };
  }

  return {
    parameterCount: count,
    flopsPerForecast: policy.work.forecast * network.flopsPerForecast,
    flopsPerTrainingStep: () => episodeFlops(policy, network),
    representationWidth: 0,
    rowsPerSample: assets,
    initialise: (agent, stream) => {
      network.initialise(0, stream);
      startAnew(seat(agent), network.parameters(0));
    },
    parameters: (agent) => seat(agent).parameters.slice(),
    setParameters: (agent, values) => {
      if (values.length !== count)
        throw new RangeError(`${values.length} parameter values where the architecture has ${count}`);
      seat(agent).parameters.set(values);
    },
    train: (agent, request) => trainOrPutBack(seat(agent), request),
    forecast: (agent, inputs, rows) => forecast(seat(agent), inputs, rows),
    tensors: network.tensors!,
    saveState: (agent) => saved(seat(agent)),
    loadState: (agent, bytes) => restore(seat(agent), bytes, architecture),
  };
}
