import type { TrainingRequest, TrainingResult } from './cohort.js';
import { culprit, type Call } from './culprit.js';
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

/** Lays down the next minibatches. */
function stageSteps(
  roster: Roster,
  home: Seat,
  program: Program,
  stage: Stage,
  request: TrainingRequest,
  steps: number,
): void {
  const memory = home.memory.floats();
  const scalars = inputNamed(program.data, 'optimiser');
  const places = rowsOf(program);
  const corrections = home.state.subarray(0, 2);
  for (let step = 0; step < steps; step++) {
    const at = stage.data + step * program.sizes.data;
    stageBatch(roster, memory, program, places, at, request);
    roster.network.optimiser.advance(corrections, request.learningRate, memory, at + scalars.offset);
  }
}

/** Sets denormal numbers to 0, once a call: they cost eight times, and Adam's moments get stuck on them. */
export function flush(roster: Roster, { memory, block }: Seat, program: Program, stage: Stage): void {
  writeCode(memory, Int32Array.of(OPCODES.flush, 4, 0, 3 * roster.width, OPCODES.end, 2), stage.code);
  const job = { agents: 1, steps: 1, block, blockStride: 0, dataStride: 0, sharedStride: 0, ...stage };
  memory.bank.run({ ...job, program });
}

/** What is known of the steps taken so far. */
interface Course {
  /** Sums of what steps record, by slot. */
  readonly sums: Float64Array;
  /** The last step's squared length of the gradient. */
  gradientSquare: number;
}

/** Notes what some steps have recorded, before their room is used again. */
function note(course: Course, memory: Float32Array, program: Program, stage: Stage, steps: number): void {
  const { record } = program.sizes;
  for (let step = 0; step < steps; step++)
    for (let slot = 0; slot < record; slot++)
      course.sums[slot]! += memory[stage.record + step * record + slot]!;
  course.gradientSquare = memory[stage.record + (steps - 1) * record + RECORD.gradientSquare]!;
}

/** What is no number of the steps that were taken; undefined where all are numbers. */
function wrongWith(call: Call): string | undefined {
  const { roster, home, program, stage, steps } = call;
  const memory = home.memory.floats();
  const records = stage.record + steps * program.sizes.record;
  const { block } = home;
  const fine = allFinite(memory, stage.record, records) && allFinite(memory, block, block + roster.width);
  return fine ? undefined : culprit(call);
}

/** Parameters and moments as they were at some time. */
function putBack({ width }: Roster, { memory, block }: Seat, from: number): void {
  memory.floats().copyWithin(block, from, from + 3 * width);
}

/** Takes all steps, as many at a time as lie ready. */
function takeSteps(
  roster: Roster,
  home: Seat,
  program: Program,
  stage: Stage,
  request: TrainingRequest,
  atATime: number,
): Course {
  const course: Course = { sums: new Float64Array(program.sizes.record), gradientSquare: 0 };
  const { block } = home;
  const job = { agents: 1, block, blockStride: 0, dataStride: 0, sharedStride: 0 };
  const run = (steps: number): void => home.memory.bank.run({ program, ...job, ...stage, steps });
  const penalties = Object.keys(request.penalties ?? {});
  let wrong: string | undefined;
  for (let taken = 0; taken < request.steps; taken += atATime) {
    const steps = Math.min(atATime, request.steps - taken);
    const begun = taken === 0 ? stage.backup : stage.begun;
    if (taken > 0) home.memory.floats().copyWithin(begun, block, block + 3 * roster.width);
    stageSteps(roster, home, program, stage, request, steps);
    run(steps);
    const rerun = (first: number): void => {
      putBack(roster, home, begun);
      run(first);
    };
    wrong ??= wrongWith({ roster, home, program, stage, begun, steps, penalties, rerun });
    note(course, home.memory.floats(), program, stage, steps);
  }
  // Only now, so that as much was drawn as if nothing had gone wrong.
  if (wrong !== undefined) throw new NonFinite(roster.network.architecture, wrong);
  return course;
}

/** Weight of the newest call in the running variance of errors. */
const NEWEST = 0.1;

function results(
  home: Seat,
  { sums, gradientSquare }: Course,
  { steps, penalties = {} }: TrainingRequest,
  rows: number,
): TrainingResult {
  const mean = (slot: number): number => sums[slot]! / steps;
  home.state[2]! += NEWEST * (mean(RECORD.squaredError) - home.state[2]!);
  const named = Object.keys(penalties).map((name, i) => [name, mean(RECORD.penalties + i)] as const);
  return {
    loss: mean(RECORD.loss),
    gradientNorm: Math.sqrt(gradientSquare),
    examples: steps * rows,
    penalties: Object.fromEntries(named),
  };
}

/** Runs an agent's minibatch steps; on a value that is no number, puts the agent back and throws. Minibatches lie ready
 * for `stagedFloats` at a time, which changes no result: they are drawn one after the other all the same. */
export function trainAgent(
  roster: Roster,
  agent: number,
  request: TrainingRequest,
  programFor: (drill: Drill) => Program,
  stagedFloats: number,
): TrainingResult {
  const { samples, steps, batchSize, penalties = {}, adversary } = request;
  const rows = wholeSamples(roster.network, batchSize);
  const home = roster.seat(agent);
  const before = home.state.slice();
  const program = programFor({ rows, terms: penalties, adversary, taught: samples.taught !== undefined });
  const atATime = Math.max(1, Math.min(steps, Math.floor(stagedFloats / program.sizes.data)));
  const stage = openStage(home.memory, program, atATime);
  home.memory.floats().copyWithin(stage.backup, home.block, home.block + 3 * roster.width);
  stageShared(roster, home.memory.floats(), program, stage, penalties);
  try {
    const course = takeSteps(roster, home, program, stage, request, atATime);
    flush(roster, home, program, stage);
    return results(home, course, request, rows);
  } catch (failure) {
    putBack(roster, home, stage.backup);
    home.state.set(before);
    throw failure;
  }
}
