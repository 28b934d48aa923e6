import type { ForecastResult } from './cohort.js';
import type { Output, Program } from './program.js';
import { inputNamed, openStage, writeRows } from './staging.js';
import type { Roster, Seat } from './traced-cohort.js';

/** Rows that one program forecasts at most: enough to amortise the call, few enough for the cache. */
const CHUNK = 128;

const NO_AGENT = { agents: 1, steps: 1, blockStride: 0, dataStride: 0, sharedStride: 0 } as const;

function read(memory: Float32Array, scratch: number, output: Output, into: Float32Array, at: number): void {
  const { rows, columns, stride, offset } = output;
  for (let row = 0; row < rows; row++) {
    const from = scratch + offset + row * stride;
    into.set(memory.subarray(from, from + columns), at + row * columns);
  }
}

function runChunk(
  { memory, block }: Seat,
  program: Program,
  inputs: Float32Array,
  result: ForecastResult,
  at: number,
): void {
  const stage = openStage(memory, program, 1);
  writeRows(inputNamed(program.data, 'inputs'), inputs, memory.floats(), stage.data);
  memory.bank.run({ program, ...NO_AGENT, block, ...stage });
  const { mean, representation } = program.outputs;
  read(memory.floats(), stage.scratch, mean!, result.mean, at);
  if (representation && result.representation)
    read(memory.floats(), stage.scratch, representation, result.representation, at * representation.columns);
}

/** Forecasts every row; the deviation is that of the agent's own recent errors in training. */
export function forecastRows(
  { network, seat }: Roster,
  agent: number,
  inputs: Float32Array,
  rows: number,
  programFor: (rows: number) => Program,
): ForecastResult {
  const { rowWidth, rowsPerSample, representationWidth } = network;
  if (inputs.length !== rows * rowWidth || rows % rowsPerSample !== 0)
    throw new RangeError(`${network.architecture}: ${inputs.length} inputs for ${rows} rows of ${rowWidth}`);
  const home = seat(agent);
  const result = {
    mean: new Float32Array(rows),
    stdDev: new Float32Array(rows).fill(Math.sqrt(home.state[2]!)),
    ...(representationWidth > 0 && { representation: new Float32Array(rows * representationWidth) }),
  };
  const most = Math.max(rowsPerSample, CHUNK - (CHUNK % rowsPerSample));
  for (let at = 0; at < rows; at += most) {
    const chunk = Math.min(most, rows - at);
    runChunk(home, programFor(chunk), inputs.subarray(at * rowWidth, (at + chunk) * rowWidth), result, at);
  }
  return result;
}
