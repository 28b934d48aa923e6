import { addClipped } from '../../core/privacy/clip.js';
import { addNoise } from '../../core/privacy/noise.js';
import type { PrivateTraining, TrainingRequest, TrainingResult } from './cohort.js';
import { nonFiniteInput, nonFiniteTensor } from './culprit.js';
import { collect } from './layout.js';
import { drawLot, lotOf, type Lot } from './lot.js';
import { NonFinite } from './non-finite.js';
import type { Program } from './program.js';
import { inputNamed, openStage, type Stage } from './staging.js';
import { flush, rowsOf, stageSample, stageShared } from './train-agent.js';
import type { Roster, Seat } from './traced-cohort.js';
import { RECORD, type OnRows, type Terms } from './training-program.js';

/** What training by noised gradients runs. */
export interface PrivatePrograms {
  readonly example: (drill: OnRows) => Program;
  readonly step: (terms: Terms) => Program;
}

/** A request that asks for privacy. */
export type PrivateRequest = TrainingRequest & { readonly privacy: PrivateTraining };

/** What is noted along the way. */
interface Tally {
  loss: number;
  squaredError: number;
  examples: number;
  gradientNorm: number;
  readonly penalties: Map<string, number>;
}

const once = { agents: 1, steps: 1, blockStride: 0, dataStride: 0, sharedStride: 0 };

/** Gradient of one example's loss at the agent's parameters; the tally takes its loss. */
function exampleGradient(
  roster: Roster,
  { memory, block }: Seat,
  program: Program,
  stage: Stage,
  request: PrivateRequest,
  first: number,
  tally: Tally,
): Float32Array {
  const floats = memory.floats();
  stageSample(roster, floats, program, rowsOf(program), stage.data, request, 0, first);
  memory.bank.run({ program, ...once, block, ...stage });
  tally.loss += floats[stage.record + RECORD.loss]!;
  tally.squaredError += floats[stage.record + RECORD.squaredError]!;
  tally.examples++;
  const gradient = collect(roster.parameters, floats, stage.gradient);
  const tensor = nonFiniteTensor(roster.parameters, gradient);
  if (tensor !== undefined) {
    const given = nonFiniteInput(program.data, floats, stage.data);
    throw new NonFinite(roster.network.architecture, given ?? `gradient of ${tensor} in an example`);
  }
  return gradient;
}

/** The noised mean gradient of a lot.
 * @formula g = (Σ_{i in lot} g_i min(1, C/‖g_i‖) + N(0, σ²C²)) / (q N)
 * @shape   g_i (d); result (d)
 * @source  Abadi et al. 2016, CCS (arXiv 1607.00133), algorithm 1
 * @pitfall divided by the lot's expected size, not by its own: that would tell how many were drawn
 */
function lotGradient(
  roster: Roster,
  home: Seat,
  program: Program,
  request: PrivateRequest,
  lot: Lot,
  tally: Tally,
): Float32Array {
  const { clip: bound, noiseMultiplier, noise } = request.privacy;
  const { rowsPerSample } = roster.network;
  const stage = openStage(home.memory, program, 1);
  const sum = new Float64Array(roster.parameters.reduce((n, { rows, columns }) => n + rows * columns, 0));
  for (const example of drawLot(lot, request.stream)) {
    const gradient = exampleGradient(roster, home, program, stage, request, example * rowsPerSample, tally);
    addClipped(sum, gradient, bound);
  }
  const noised = noiseMultiplier > 0 ? addNoise(sum, noiseMultiplier * bound, () => noise.normal()) : sum;
  return Float32Array.from(noised, (g) => g / lot.expected);
}

/** One step of the agent's optimiser down a given gradient and those of the penalties. */
function descendAlong(
  roster: Roster,
  home: Seat,
  programs: PrivatePrograms,
  request: PrivateRequest,
  gradient: Float32Array,
  tally: Tally,
): void {
  const { penalties = {}, learningRate } = request;
  const terms = { ...penalties, control: { weight: 1, inputs: { correction: gradient } } };
  const program = programs.step(terms);
  const stage = openStage(home.memory, program, 1);
  const floats = home.memory.floats();
  stageShared(roster, floats, program, stage, terms);
  const scalars = inputNamed(program.data, 'optimiser');
  roster.network.optimiser.advance(
    home.state.subarray(0, 2),
    learningRate,
    floats,
    stage.data + scalars.offset,
  );
  home.memory.bank.run({ program, ...once, block: home.block, ...stage });
  tally.gradientNorm = Math.sqrt(floats[stage.record + RECORD.gradientSquare]!);
  Object.keys(penalties).forEach((name, i) => {
    const value = floats[stage.record + RECORD.penalties + i]!;
    tally.penalties.set(name, (tally.penalties.get(name) ?? 0) + value / request.steps);
  });
  flush(roster, home, program, stage);
}

function requireFiniteParameters({ network, parameters }: Roster, home: Seat, what: string): void {
  const tensor = nonFiniteTensor(parameters, collect(parameters, home.memory.floats(), home.block));
  if (tensor !== undefined) throw new NonFinite(network.architecture, what + tensor);
}

/** Lets an agent train; puts it back as it was where anything is no number. */
function orAsBefore<T>({ memory, block, state }: Seat, width: number, train: () => T): T {
  const numbers = state.slice();
  const floats = memory.floats().slice(block, block + 3 * width);
  try {
    return train();
  } catch (failure) {
    state.set(numbers);
    memory.floats().set(floats, block);
    throw failure;
  }
}

/** Weight of the newest call in the running variance of errors. */
const NEWEST = 0.1;

/** Runs an agent's steps of differentially private gradient descent: lots in place of minibatches, every example's
 * gradient shortened, their sum noised. Penalties see no example, and are added as they are.
 * @source Abadi et al. 2016, CCS (arXiv 1607.00133)
 */
export function trainPrivately(
  roster: Roster,
  agent: number,
  request: PrivateRequest,
  programs: PrivatePrograms,
): TrainingResult {
  const home = roster.seat(agent);
  const { steps, adversary, batchSize, samples } = request;
  const lot = lotOf(samples.count, roster.network.rowsPerSample, batchSize);
  const tally: Tally = { loss: 0, squaredError: 0, examples: 0, gradientNorm: 0, penalties: new Map() };
  requireFiniteParameters(roster, home, '');
  return orAsBefore(home, roster.width, () => {
    const example = programs.example({ adversary, taught: samples.taught !== undefined });
    for (let step = 0; step < steps; step++) {
      const gradient = lotGradient(roster, home, example, request, lot, tally);
      descendAlong(roster, home, programs, request, gradient, tally);
    }
    requireFiniteParameters(roster, home, 'update of ');
    const seen = Math.max(1, tally.examples);
    if (tally.examples > 0) home.state[2]! += NEWEST * (tally.squaredError / seen - home.state[2]!);
    return {
      loss: tally.loss / seen,
      gradientNorm: tally.gradientNorm,
      examples: tally.examples * roster.network.rowsPerSample,
      penalties: Object.fromEntries(tally.penalties),
    };
  });
}
