import type { TrainingRequest, TrainingResult } from './cohort.js';
import { stageDerived } from './derived-inputs.js';
import { OPCODES } from './instructions.js';
import { scatter } from './layout.js';
import { wholeSamples } from './network.js';
import { allFinite, NonFinite } from './non-finite.js';
import type { Program } from './program.js';
import { inputNamed, openStage, writeCode, writeRows, type Stage } from './staging.js';
import type { Input } from './trace.js';
import type { Roster, Seat } from './traced-cohort.js';
import { RECORD, type Drill } from './training-program.js';

type Terms = NonNullable<TrainingRequest['penalties']>;

/** Lays down what penalties read. */
export function stageShared(
  roster: Roster,
  memory: Float32Array,
  program: Program,
  stage: Stage,
  terms: Terms,
): void {
  for (const [name, { weight, inputs = {} }] of Object.entries(terms)) {
    memory[stage.shared + inputNamed(program.shared, `${name}.weight`).offset] = weight;
    for (const [key, values] of Object.entries(inputs)) {
      const input = inputNamed(program.shared, `${name}.${key}`);
      if (input.layout === 'parameters')
        scatter(roster.parameters, values, memory, stage.shared + input.offset);
      else stageProbes(roster, memory, program, stage, input, values);
    }
  }
}

/** Rows that a penalty reads, with what the architecture derives from them. */
function stageProbes(
  { network }: Roster,
  memory: Float32Array,
  program: Program,
  stage: Stage,
  input: Input,
  values: Float32Array,
): void {
  writeRows(input, values, memory, stage.shared);
  for (let row = 0; row < input.rows; row += network.rowsPerSample)
    stageDerived(network, memory, program.shared, input, stage.shared, row, (derived, rows, into) =>
      derived.forecast(rows, into, 0),
    );
}

/** Where a program has the rows of a minibatch. */
interface Rows {
  readonly inputs: Input;
  readonly targets: Input;
  /** Where what happened is not what is learned. */
  readonly outcomes: Input | undefined;
}

export const rowsOf = ({ data }: Program): Rows => ({
  inputs: inputNamed(data, 'inputs'),
  targets: inputNamed(data, 'targets'),
  outcomes: data.find(({ name }) => name === 'outcomes'),
});

/** Lays down a whole sample, whose first row is `first`, from a row of the program's on. */
export function stageSample(
  { network }: Roster,
  memory: Float32Array,
  program: Program,
  { inputs, targets, outcomes }: Rows,
  at: number,
  { samples, stream }: Pick<TrainingRequest, 'samples' | 'stream'>,
  row: number,
  first: number,
): void {
  for (let k = 0; k < network.rowsPerSample; k++) {
    const to = at + inputs.offset + (row + k) * inputs.stride;
    const outcome = samples.gather(first + k, memory, to);
    if (outcomes) memory[at + outcomes.offset + (row + k) * outcomes.stride] = outcome;
    memory[at + targets.offset + (row + k) * targets.stride] = samples.taught?.[first + k] ?? outcome;
  }
  if (network.derived)
    stageDerived(network, memory, program.data, inputs, at, row, (derived, rows, into) =>
      derived.train(rows, into, stream),
    );
}

/** Draws a minibatch with replacement, a whole sample (all its rows) at a time. */
function stageBatch(
  roster: Roster,
  memory: Float32Array,
  program: Program,
  places: Rows,
  at: number,
  request: TrainingRequest,
): void {
  const { rowsPerSample } = roster.network;
  const { rows } = places.inputs;
  const groups = request.samples.count / rowsPerSample;
  for (let row = 0; row < rows; row += rowsPerSample) {
    const first = request.stream.integer(groups) * rowsPerSample;
    stageSample(roster, memory, program, places, at, request, row, first);
  }
}

function stageSteps(
  roster: Roster,
  home: Seat,
  program: Program,
  stage: Stage,
  request: TrainingRequest,
): void {
  const memory = home.memory.floats();
  const scalars = inputNamed(program.data, 'optimiser');
  const places = rowsOf(program);
  const corrections = home.state.subarray(0, 2);
  for (let step = 0; step < request.steps; step++) {
    const at = stage.data + step * program.sizes.data;
    stageBatch(roster, memory, program, places, at, request);
    roster.network.optimiser.advance(corrections, request.learningRate, memory, at + scalars.offset);
  }
}

/** Names the first thing that is no number, in the order in which trouble travels. */
function culprit(
  roster: Roster,
  memory: Float32Array,
  program: Program,
  stage: Stage,
  steps: number,
): string {
  for (let step = 0; step < steps; step++)
    for (const { name, rows, stride, offset } of program.data) {
      const at = stage.data + step * program.sizes.data + offset;
      if (!allFinite(memory, at, at + rows * stride)) return name;
    }
  for (const { name, rows, stride, offset } of roster.parameters)
    if (!allFinite(memory, stage.gradient + offset, stage.gradient + offset + rows * stride))
      return `gradient of ${name}`;
  return 'loss';
}

function requireFinite(roster: Roster, home: Seat, program: Program, stage: Stage, steps: number): void {
  const memory = home.memory.floats();
  const { block } = home;
  const records = stage.record + steps * program.sizes.record;
  if (allFinite(memory, stage.record, records) && allFinite(memory, block, block + roster.width)) return;
  const tensor = culprit(roster, memory, program, stage, steps);
  memory.copyWithin(block, stage.backup, stage.backup + 3 * roster.width);
  throw new NonFinite(roster.network.architecture, tensor);
}

/** Sets denormal numbers to 0, once a call: they cost eight times, and Adam's moments get stuck on them. */
export function flush(roster: Roster, { memory, block }: Seat, program: Program, stage: Stage): void {
  writeCode(memory, Int32Array.of(OPCODES.flush, 4, 0, 3 * roster.width, OPCODES.end, 2), stage.code);
  const job = { agents: 1, steps: 1, block, blockStride: 0, dataStride: 0, sharedStride: 0, ...stage };
  memory.bank.run({ ...job, program });
}

function means(
  memory: Float32Array,
  stage: Stage,
  program: Program,
  steps: number,
): (slot: number) => number {
  return (slot) => {
    let total = 0;
    for (let step = 0; step < steps; step++)
      total += memory[stage.record + step * program.sizes.record + slot]!;
    return total / steps;
  };
}

/** Weight of the newest call in the running variance of errors. */
const NEWEST = 0.1;

function results(
  home: Seat,
  program: Program,
  stage: Stage,
  request: TrainingRequest,
  rows: number,
): TrainingResult {
  const memory = home.memory.floats();
  const { steps, penalties = {} } = request;
  const mean = means(memory, stage, program, steps);
  home.state[2]! += NEWEST * (mean(RECORD.squaredError) - home.state[2]!);
  const last = stage.record + (steps - 1) * program.sizes.record;
  const named = Object.keys(penalties).map((name, i) => [name, mean(RECORD.penalties + i)] as const);
  return {
    loss: mean(RECORD.loss),
    gradientNorm: Math.sqrt(memory[last + RECORD.gradientSquare]!),
    examples: steps * rows,
    penalties: Object.fromEntries(named),
  };
}

/** Runs an agent's minibatch steps; on a value that is no number, puts the agent back and throws. */
export function trainAgent(
  roster: Roster,
  agent: number,
  request: TrainingRequest,
  programFor: (drill: Drill) => Program,
): TrainingResult {
  const { samples, steps, batchSize, penalties = {}, adversary } = request;
  const rows = wholeSamples(roster.network, batchSize);
  const home = roster.seat(agent);
  const before = home.state.slice();
  const program = programFor({ rows, terms: penalties, adversary, taught: samples.taught !== undefined });
  const stage = openStage(home.memory, program, steps);
  home.memory.floats().copyWithin(stage.backup, home.block, home.block + 3 * roster.width);
  stageShared(roster, home.memory.floats(), program, stage, penalties);
  stageSteps(roster, home, program, stage, request);
  const job = { agents: 1, steps, block: home.block, blockStride: 0, dataStride: 0, sharedStride: 0 };
  home.memory.bank.run({ program, ...job, ...stage });
  try {
    requireFinite(roster, home, program, stage, steps);
  } catch (failure) {
    home.state.set(before);
    throw failure;
  }
  flush(roster, home, program, stage);
  return results(home, program, stage, request, rows);
}
