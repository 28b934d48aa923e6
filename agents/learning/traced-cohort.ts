import type { Stream } from '../../core/random.js';
import { chunksThatFit } from './chunks.js';
import type { Cohort } from './cohort.js';
import type { Engine, Placement } from './engine.js';
import { forecastProgram } from './forecast-program.js';
import { forecastRows } from './forecast-rows.js';
import { collect, parameterCount, scatter } from './layout.js';
import { derivedFlops, wholeSamples, type Network } from './network.js';
import { penalties as shippedPenalties, type Penalties } from './penalties.js';
import { Misbuilt } from './misbuilt.js';
import { ProgramTooLarge, UnknownOperation, type Program } from './program.js';
import { loadAgent, saveAgent } from './agent-state.js';
import { exampleProgram, givenGradientProgram } from './private-programs.js';
import {
  drillKey,
  termsKey,
  trainingProgram,
  type Drill,
  type OnRows,
  type Terms,
} from './training-program.js';
import { pullBack, pullBackProgram } from './pull-back.js';
import { trainAgent } from './train-agent.js';
import { trainPrivately, type PrivatePrograms } from './train-private.js';
import { ShapeMismatch } from './tensor.js';
import type { Parameter } from './trace.js';

/** One agent's place, and the numbers about it that are not float32. */
export interface Seat {
  readonly memory: Placement['memory'];
  /** First float of its parameters; two moments of the same length follow. */
  readonly block: number;
  /** The optimiser's two numbers, and the running variance of its errors. */
  readonly state: Float64Array;
}

/** Programs by their number of rows, and how many rows to give each, in order. */
export interface InChunks {
  readonly programFor: (rows: number) => Program;
  readonly chunksOf: (rows: number) => readonly number[];
}

/** What the parts of a cohort share. */
export interface Roster {
  readonly network: Network;
  readonly parameters: readonly Parameter[];
  /** Padded floats of one agent's parameters. */
  readonly width: number;
  readonly seat: (agent: number) => Seat;
}

const STATE = 3;

function seats(placements: readonly Placement[], size: number, block: number): (agent: number) => Seat {
  const states = new Float64Array(STATE * size).fill(1);
  return (agent) => {
    const home = placements.find(({ first, count }) => agent >= first && agent < first + count);
    if (!home) throw new RangeError(`agent ${agent} where the cohort has ${size}`);
    const state = states.subarray(STATE * agent, STATE * (agent + 1));
    return { memory: home.memory, block: home.at + (agent - home.first) * block, state };
  };
}

function initialise({ parameters, width, seat }: Roster, agent: number, stream: Stream): void {
  const { memory, block, state } = seat(agent);
  const floats = memory.floats();
  floats.fill(0, block, block + 3 * width);
  state.fill(1);
  for (const { rows, columns, stride, offset, initialise: initialiser } of parameters) {
    const draw = initialiser(rows, columns);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        floats[block + offset + row * stride + column] = draw(stream);
  }
}

/** Traces under the architecture's name. */
function traced(architecture: string, trace: () => Program): Program {
  try {
    return trace();
  } catch (error) {
    const own = [ShapeMismatch, UnknownOperation, ProgramTooLarge];
    if (own.some((kind) => error instanceof kind))
      throw new Misbuilt(architecture, (error as Error).message, { cause: error });
    throw error;
  }
}

function remembered<Key>(
  architecture: string,
  make: (key: Key) => Program,
): (name: string | number, key: Key) => Program {
  const known = new Map<string | number, Program>();
  return (name, key) => {
    const found = known.get(name) ?? traced(architecture, () => make(key));
    known.set(name, found);
    return found;
  };
}

/** Floats of minibatches that lie ready at a time, a step's at least: half a cache of the second level. */
const STAGED = 2 ** 17;

/** A cohort of a differentiable network on an engine. How many minibatches lie ready at a time changes no result. */
export function tracedCohort(
  network: Network,
  size: number,
  engine: Engine,
  penalties: Penalties = shippedPenalties,
  stagedFloats = STAGED,
): Cohort {
  const forecasts = remembered(network.architecture, (rows: number) => forecastProgram(network, rows));
  const single = forecasts(network.rowsPerSample, network.rowsPerSample);
  const width = single.sizes.parameter;
  const roster: Roster = {
    network,
    parameters: single.parameters,
    width,
    seat: seats(engine.place(size, 3 * width), size, 3 * width),
  };
  const trainings = remembered(network.architecture, (drill: Drill) =>
    trainingProgram(network, drill, penalties),
  );
  const training = (drill: Drill) => trainings(drillKey(drill), drill);
  const examples = remembered(network.architecture, (drill: OnRows) => exampleProgram(network, drill));
  const steps = remembered(network.architecture, (terms: Terms) =>
    givenGradientProgram(network, terms, penalties),
  );
  const privately: PrivatePrograms = {
    example: (drill) => examples(drillKey({ rows: network.rowsPerSample, terms: {}, ...drill }), drill),
    step: (terms) => steps(termsKey(terms), terms),
  };
  const pullBacks = remembered(network.architecture, (rows: number) => pullBackProgram(network, rows));
  const inRows = (programs: typeof forecasts): InChunks => {
    const programFor = (rows: number) => programs(rows, rows);
    return { programFor, chunksOf: chunksThatFit(network.rowsPerSample, programFor) };
  };
  const [forecasting, pullingBack] = [inRows(forecasts), inRows(pullBacks)];
  return {
    parameterCount: parameterCount(roster.parameters),
    flopsPerForecast:
      ((network.passes ?? 1) * (single.flops + derivedFlops(network))) / network.rowsPerSample,
    flopsPerTrainingStep: (batchSize) => {
      const rows = wholeSamples(network, batchSize);
      return training({ rows, terms: {} }).flops + (rows / network.rowsPerSample) * derivedFlops(network);
    },
    representationWidth: network.representationWidth,
    rowsPerSample: network.rowsPerSample,
    initialise: (agent, stream) => initialise(roster, agent, stream),
    parameters: (agent) => {
      const { memory, block } = roster.seat(agent);
      return collect(roster.parameters, memory.floats(), block);
    },
    setParameters: (agent, values) => {
      const { memory, block } = roster.seat(agent);
      scatter(roster.parameters, values, memory.floats(), block);
    },
    train: (agent, request) =>
      request.privacy
        ? trainPrivately(roster, agent, { ...request, privacy: request.privacy }, privately)
        : trainAgent(roster, agent, request, training, stagedFloats),
    forecast: (agent, inputs, rows) => forecastRows(roster, agent, inputs, rows, forecasting),
    tensors: roster.parameters.map(({ name, rows, columns }) => ({ name, rows, columns })),
    pullBack: (agent, inputs, cotangent) => pullBack(roster, agent, inputs, cotangent, pullingBack),
    saveState: (agent) => saveAgent(roster, agent),
    loadState: (agent, bytes) => loadAgent(roster, agent, bytes),
  };
}
