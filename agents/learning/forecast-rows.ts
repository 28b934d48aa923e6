import { float64 } from '../../core/slab.js';
import type { ForecastResult } from './cohort.js';
import { stageDerived } from './derived-inputs.js';
import type { Network } from './network.js';
import type { Output, Program } from './program.js';
import { inputNamed, openStage, writeRows } from './staging.js';
import type { InChunks, Roster, Seat } from './traced-cohort.js';

/** Rows that one program forecasts at most: enough to amortise the call, few enough for the cache. A large network takes
 * fewer, as many as fit; how many changes no forecast. */
const CHUNK = 128;

const NO_AGENT = { agents: 1, steps: 1, blockStride: 0, dataStride: 0, sharedStride: 0 } as const;

function read(memory: Float32Array, scratch: number, output: Output, into: Float32Array, at: number): void {
  const { rows, columns, stride, offset } = output;
  for (let row = 0; row < rows; row++) {
    const from = scratch + offset + row * stride;
    for (let column = 0; column < columns; column++)
      into[at + row * columns + column] = memory[from + column]!;
  }
}

/** One pass over a chunk of rows; adds the forecasts and their squares. */
function runChunk(
  network: Network,
  { memory, block }: Seat,
  program: Program,
  inputs: Float32Array,
  sums: Sums,
  at: number,
  pass: number,
): void {
  const stage = openStage(memory, program, 1);
  const floats = memory.floats();
  const rows = inputNamed(program.data, 'inputs');
  writeRows(rows, inputs, floats, stage.data);
  for (let row = 0; row < rows.rows; row += network.rowsPerSample)
    stageDerived(network, floats, program.data, rows, stage.data, row, (derived, own, into) =>
      derived.forecast(own, into, pass),
    );
  memory.bank.run({ program, ...NO_AGENT, block, ...stage });
  const { mean, representation } = program.outputs;
  const means = new Float32Array(rows.rows);
  read(floats, stage.scratch, mean!, means, 0);
  for (let row = 0; row < means.length; row++) {
    const value = means[row]!;
    sums.mean[at + row]! += value;
    sums.square[at + row]! += value ** 2;
  }
  // Where there are several passes, the last one's representation is shown.
  if (representation)
    read(floats, stage.scratch, representation, sums.representation, at * representation.columns);
}

interface Sums {
  readonly mean: Float64Array;
  readonly square: Float64Array;
  readonly representation: Float32Array;
}

/** Mean over the passes; their variance joins that of the agent's own recent errors in training. */
function summarise({ mean, square }: Sums, passes: number, errorVariance: number): ForecastResult {
  const variance = (i: number) => Math.max(0, square[i]! / passes - (mean[i]! / passes) ** 2);
  const forecast = { mean: new Float32Array(mean.length), stdDev: new Float32Array(mean.length) };
  for (let i = 0; i < mean.length; i++) {
    forecast.mean[i] = mean[i]! / passes;
    forecast.stdDev[i] = Math.sqrt(errorVariance + (passes > 1 ? variance(i) : 0));
  }
  return forecast;
}

const inStrides = (rows: number, most: number): number[] =>
  Array.from({ length: Math.ceil(rows / most) }, (_, i) => Math.min(most, rows - i * most));

/** Forecasts every row, over as many passes as the network asks for. */
export function forecastRows(
  { network, seat }: Roster,
  agent: number,
  inputs: Float32Array,
  rows: number,
  { programFor, chunksOf }: InChunks,
): ForecastResult {
  const { rowWidth, rowsPerSample, representationWidth, passes = 1 } = network;
  if (inputs.length !== rows * rowWidth || rows % rowsPerSample !== 0)
    throw new RangeError(`${network.architecture}: ${inputs.length} inputs for ${rows} rows of ${rowWidth}`);
  const home = seat(agent);
  const sums: Sums = {
    mean: float64(rows),
    square: float64(rows),
    representation: new Float32Array(rows * representationWidth),
  };
  const most = Math.max(rowsPerSample, CHUNK - (CHUNK % rowsPerSample));
  const chunks = inStrides(rows, most).flatMap(chunksOf);
  for (let pass = 0; pass < passes; pass++)
    chunks.reduce((at, chunk) => {
      const part = inputs.subarray(at * rowWidth, (at + chunk) * rowWidth);
      runChunk(network, home, programFor(chunk), part, sums, at, pass);
      return at + chunk;
    }, 0);
  const forecast = summarise(sums, passes, home.state[2]!);
  return representationWidth > 0 ? { ...forecast, representation: sums.representation } : forecast;
}
