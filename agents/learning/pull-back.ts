import { concatenated } from '../../core/concatenated.js';
import { backward } from './backward.js';
import type { PulledBack } from './cohort.js';
import { stageDerived } from './derived-inputs.js';
import { collect } from './layout.js';
import type { Network } from './network.js';
import { copyTo } from './operations/emitters.js';
import { dot } from './operations/index.js';
import { assemble, type Output, type Program } from './program.js';
import { inputNamed, openStage, writeRows } from './staging.js';
import type { Tensor } from './tensor.js';
import { input, openTrace, temporary } from './trace.js';
import type { InChunks, Roster, Seat } from './traced-cohort.js';

const kept = (from: Tensor, name: string): Tensor => {
  const to = temporary(from.trace, name, from.rows, from.columns, false, 'kept');
  copyTo(from, to);
  return to;
};

/** Forward, then back from c · f to every parameter and input. */
export function pullBackProgram(network: Network, rows: number): Program {
  const trace = openTrace();
  const inputs = { ...input(trace, 'data', 'inputs', rows, network.rowWidth), tracked: true };
  const { mean } = network.forward(trace, inputs);
  const cotangent = input(trace, 'data', 'cotangent', rows, 1);
  const forecast = kept(mean, 'mean');
  backward(dot(mean, cotangent));
  return assemble(trace, { mean: forecast, inputs: kept(trace.gradients.get(inputs)!, 'input slopes') });
}

function readOutput(
  memory: Float32Array,
  at: number,
  { rows, columns, stride, offset }: Output,
): Float32Array {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const from = at + offset + row * stride;
    values.set(memory.subarray(from, from + columns), row * columns);
  }
  return values;
}

/** What one of the passes that a forecast is the mean of carries back. */
function pullBackPass(
  roster: Roster,
  { memory, block }: Seat,
  program: Program,
  inputs: Float32Array,
  cotangent: Float32Array,
  pass: number,
): PulledBack {
  const { network } = roster;
  const stage = openStage(memory, program, 1);
  const floats = memory.floats();
  const given = inputNamed(program.data, 'inputs');
  writeRows(given, inputs, floats, stage.data);
  writeRows(inputNamed(program.data, 'cotangent'), cotangent, floats, stage.data);
  for (let row = 0; row < given.rows; row += network.rowsPerSample)
    stageDerived(network, floats, program.data, given, stage.data, row, (derived, rows, into) =>
      derived.forecast(rows, into, pass),
    );
  const once = { agents: 1, steps: 1, blockStride: 0, dataStride: 0, sharedStride: 0 };
  memory.bank.run({ program, ...once, block, ...stage });
  return {
    mean: readOutput(floats, stage.scratch, program.outputs['mean']!),
    parameters: collect(roster.parameters, floats, stage.gradient),
    inputs: readOutput(floats, stage.scratch, program.outputs['inputs']!),
  };
}

/** Sums over vectors in float64, in their order, and the number that they are divided by. */
function summed(vectors: readonly Float32Array[], divisor: number): Float32Array {
  const sum = new Float64Array(vectors[0]!.length);
  for (const vector of vectors) for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]!;
  return Float32Array.from(sum, (value) => value / divisor);
}

/** The mean of what the network's passes over some rows carry back. */
function pullBackChunk(
  roster: Roster,
  seat: Seat,
  program: Program,
  inputs: Float32Array,
  cotangent: Float32Array,
): PulledBack {
  const passes = Array.from({ length: roster.network.passes ?? 1 }, (_, pass) =>
    pullBackPass(roster, seat, program, inputs, cotangent, pass),
  );
  if (passes.length === 1) return passes[0]!;
  return {
    mean: summed(
      passes.map(({ mean }) => mean),
      passes.length,
    ),
    parameters: summed(
      passes.map(({ parameters }) => parameters),
      passes.length,
    ),
    inputs: summed(
      passes.map((one) => one.inputs),
      passes.length,
    ),
  };
}

/** The vector-Jacobian product of an agent's forecasts, which are the mean of the network's passes. Rows that are too
 * many for one program are taken chunk by chunk; what the chunks carry back to the parameters is summed in float64, in
 * the order of the rows, and rounded once.
 * @formula Jᵀ c, J the Jacobian of the forecasts in parameters and in inputs
 * @shape   inputs (rows, row width), c (rows)
 * @source  Griewank & Walther 2008, Evaluating Derivatives, ch. 3
 */
export function pullBack(
  roster: Roster,
  agent: number,
  inputs: Float32Array,
  cotangent: Float32Array,
  { programFor, chunksOf }: InChunks,
): PulledBack {
  const { rowWidth } = roster.network;
  let at = 0;
  const chunks = chunksOf(cotangent.length).map((rows): PulledBack => {
    const [from, to] = [at, at + rows];
    at = to;
    const rowsOf = inputs.subarray(from * rowWidth, to * rowWidth);
    return pullBackChunk(roster, roster.seat(agent), programFor(rows), rowsOf, cotangent.subarray(from, to));
  });
  if (chunks.length === 1) return chunks[0]!;
  return {
    mean: concatenated(chunks.map(({ mean }) => mean)),
    parameters: summed(
      chunks.map(({ parameters }) => parameters),
      1,
    ),
    inputs: concatenated(chunks.map((chunk) => chunk.inputs)),
  };
}
