// A thousand and a hundred thousand agents: one round of five steps each, and the mean of their updates.
import { openEngine } from '../agents/learning/engine.js';
import type { Samples } from '../agents/learning/cohort.js';
import { mlp } from '../agents/models/mlp.js';
import { meanDelta } from '../coordinator/aggregation/weighted-sum.js';
import { stream } from '../core/random.js';
import type { Bench } from './figure.js';

const [few, many] = [1_000, 100_000] as const;
const shape = { features: 24, assets: 1 };
const width = 24;

/** A thousand rows that every agent draws its minibatches from. */
function samplesOf(count: number): Samples {
  const draws = stream({ seed: 1, purpose: 'bench-agents' });
  const rows = Float32Array.from({ length: count * (width + 1) }, () => draws.normal());
  return {
    count,
    gather: (sample, into, offset) => {
      const from = sample * (width + 1);
      for (let j = 0; j < width; j++) into[offset + j] = rows[from + j]!;
      return rows[from + width]!;
    },
  };
}

interface Measured {
  readonly trainingMs: number;
  readonly aggregationMs: number;
  readonly bytes: number;
}

const cpuMs = (): number => process.cpuUsage().user / 1000;

/** Trains every agent for a round, takes its update and aggregates them all; the best of `rounds`. */
function roundsOf(size: number, rounds: number): Measured {
  const engine = openEngine();
  const cohort = mlp.create(shape, mlp.options.parse({}), size, engine);
  const samples = samplesOf(1000);
  for (let i = 0; i < size; i++) cohort.initialise(i, stream({ seed: 1, purpose: 'first', entity: `${i}` }));
  const count = cohort.parameterCount;
  const before = cohort.parameters(0);
  const deltas = new Float32Array(size * count);
  let [trainingMs, aggregationMs] = [Infinity, Infinity];
  for (let round = 1; round <= rounds; round++) {
    const start = cpuMs();
    for (let i = 0; i < size; i++) {
      const draws = stream({ seed: 1, purpose: 'minibatch', entity: `${i}`, round });
      cohort.train(i, { samples, steps: 5, batchSize: 32, learningRate: 1e-3, stream: draws });
      const now = cohort.parameters(i);
      for (let j = 0; j < count; j++) deltas[i * count + j] = now[j]! - before[j]!;
    }
    const trained = cpuMs();
    const updates = Array.from({ length: size }, (_, i) => ({
      examples: 1000,
      delta: deltas.subarray(i * count, (i + 1) * count),
    }));
    meanDelta(updates as never);
    trainingMs = Math.min(trainingMs, trained - start);
    aggregationMs = Math.min(aggregationMs, cpuMs() - trained);
  }
  return { trainingMs, aggregationMs, bytes: engine.bytes() + deltas.byteLength };
}

/** How the time and memory of a round grow with the number of agents. */
export const agents: Bench = () => {
  const small = roundsOf(few, 5);
  const large = roundsOf(many, 2);
  const perAgent = (of: Measured, size: number): number => (of.trainingMs + of.aggregationMs) / size;
  return [
    {
      what: `${many} MLP agents: a round of 5 steps each`,
      value: large.trainingMs / 1000,
      unit: 's',
      against: `one thread; minibatches drawn and staged, updates taken`,
    },
    { what: `${many} MLP agents: their aggregation`, value: large.aggregationMs / 1000, unit: 's' },
    {
      what: `${many} MLP agents: memory of parameters, moments and updates`,
      value: large.bytes / 2 ** 30,
      unit: 'GiB',
      against: `${(large.bytes / many / 1024).toFixed(1)} KiB an agent; the process had at most ${(process.resourceUsage().maxRSS / 2 ** 20).toFixed(1)} GiB`,
      target: { atMost: 4 },
    },
    {
      what: `time an agent at ${many}`,
      value: perAgent(large, many) / perAgent(small, few),
      unit: 'times',
      against: `time an agent at ${few}`,
      target: { atMost: 1.2 },
    },
  ];
};
