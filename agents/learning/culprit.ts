import type { ParameterTensor } from './cohort.js';
import { collect } from './layout.js';
import { allFinite } from './non-finite.js';
import type { Program } from './program.js';
import type { Stage } from './staging.js';
import type { Input } from './trace.js';
import type { Roster, Seat } from './traced-cohort.js';
import { RECORD } from './training-program.js';

/** The first tensor of a flat vector, laid out as the parameters are, that holds what is no number. */
export function nonFiniteTensor(
  tensors: readonly ParameterTensor[],
  values: ArrayLike<number>,
): string | undefined {
  let at = 0;
  for (const { name, rows, columns } of tensors) {
    const end = at + rows * columns;
    for (; at < end; at++) if (!Number.isFinite(values[at])) return name;
  }
  return undefined;
}

/** Steps of training, with all that they were given still laid down. */
export interface Call {
  readonly roster: Roster;
  readonly home: Seat;
  readonly program: Program;
  readonly stage: Stage;
  /** Where parameters and moments lie as they were before these steps. */
  readonly begun: number;
  readonly steps: number;
  /** Names of the penalties, in the order of the record. */
  readonly penalties: readonly string[];
  /** Takes the first so many of these steps again, from where they began. */
  readonly rerun: (steps: number) => void;
}

/** The first of the inputs of a program, as they are laid down, that holds what is no number. */
export const nonFiniteInput = (
  inputs: readonly Input[],
  memory: Float32Array,
  at: number,
): string | undefined =>
  inputs.find(({ rows, stride, offset }) => !allFinite(memory, at + offset, at + offset + rows * stride))
    ?.name;

/** What was no number before anything was computed: parameters, their moments, what penalties read. */
function given({ roster, home, program, stage, begun }: Call): string | undefined {
  const memory = home.memory.floats();
  const parts = ['', 'first moment of ', 'second moment of '].map((part, i) => {
    const values = collect(roster.parameters, memory, begun + i * roster.width);
    const tensor = nonFiniteTensor(roster.parameters, values);
    return tensor === undefined ? undefined : part + tensor;
  });
  return parts.find((name) => name !== undefined) ?? nonFiniteInput(program.shared, memory, stage.shared);
}

/** What is no number in a step's record, in the order in which it is computed. */
function recorded({ home, program, stage, penalties }: Call, step: number): string | undefined {
  const record = stage.record + step * program.sizes.record;
  const names = Array.from({ length: program.sizes.record }, (): string | undefined => undefined);
  names[RECORD.loss] = 'loss';
  names[RECORD.squaredError] = 'squared error';
  penalties.forEach((name, i) => (names[RECORD.penalties + i] = `penalty ${name}`));
  const memory = home.memory.floats();
  return names.find((name, slot) => name !== undefined && !Number.isFinite(memory[record + slot]));
}

/** Slopes travel from the forecast back, so that the last tensor among those that are no numbers was the first. */
function slope({ roster, home, stage }: Call): string | undefined {
  const memory = home.memory.floats();
  return roster.parameters.findLast(
    ({ rows, stride, offset }) =>
      !allFinite(memory, stage.gradient + offset, stage.gradient + offset + rows * stride),
  )?.name;
}

/** The square of a gradient of numbers alone may be none: names the tensor that has the most of it. */
function steepest({ roster: { parameters }, home, stage }: Call): string {
  const memory = home.memory.floats();
  const squares = parameters.map(({ rows, stride, offset }) =>
    memory
      .subarray(stage.gradient + offset, stage.gradient + offset + rows * stride)
      .reduce((sum, slope) => sum + slope * slope, 0),
  );
  const { name } = parameters[squares.indexOf(Math.max(...squares))]!;
  return `squared length of the gradient, largest in ${name},`;
}

/** The first step whose record is no number; the number of steps where all are. */
function firstBadStep({ home, program, stage, steps }: Call): number {
  const memory = home.memory.floats();
  const size = program.sizes.record;
  for (let step = 0; step < steps; step++)
    if (!allFinite(memory, stage.record + step * size, stage.record + (step + 1) * size)) return step;
  return steps;
}

function updated({ roster, home }: Call): string | undefined {
  const values = collect(roster.parameters, home.memory.floats(), home.block);
  const tensor = nonFiniteTensor(roster.parameters, values);
  return tensor === undefined ? undefined : `update of ${tensor}`;
}

/** Names the first thing that is no number, in the order in which trouble travels: what was given, then in the first step
 * that went wrong its minibatch, the loss, its penalties, the gradients and the update. */
export function culprit(call: Call): string {
  const before = given(call);
  if (before !== undefined) return before;
  const { home, program, stage } = call;
  const bad = firstBadStep(call);
  call.rerun(bad);
  const moved = updated(call);
  if (moved !== undefined) return moved;
  const at = stage.data + bad * program.sizes.data;
  const read = nonFiniteInput(program.data, home.memory.floats(), at);
  if (read !== undefined) return read;
  call.rerun(bad + 1);
  const wrong = recorded(call, bad);
  if (wrong !== undefined) return wrong;
  const tensor = slope(call);
  return tensor === undefined ? steepest(call) : `gradient of ${tensor}`;
}
