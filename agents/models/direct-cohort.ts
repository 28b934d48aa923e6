import type { Stream } from '../../core/random.js';
import type {
  Cohort,
  ForecastResult,
  ParameterTensor,
  RefitFlops,
  Samples,
  TrainingRequest,
} from '../learning/cohort.js';
import { nonFiniteTensor } from '../learning/culprit.js';
import { allFinite, NonFinite } from '../learning/non-finite.js';

/** Training rows side by side, as a model that fits all of them at once wants them. */
export interface Rows {
  readonly width: number;
  readonly count: number;
  readonly inputs: Float32Array;
  /** What the forecasts are fitted to. */
  readonly targets: Float32Array;
  /** What happened, which errors are measured on: the targets, unless a teacher has changed those. */
  readonly outcomes: Float32Array;
}

/** A model that is not differentiated: it refits its whole state, a flat vector, to all of an agent's rows. */
export interface DirectModel {
  readonly architecture: string;
  readonly rowWidth: number;
  /** What the state holds, in its order; the first `parameterCount` of its numbers are what a federation sees. */
  readonly tensors: readonly ParameterTensor[];
  readonly parameterCount: number;
  /** Trees, where the parameters are equal blocks of them. */
  readonly blocks?: number;
  readonly flopsPerForecast: number;
  readonly refit: RefitFlops;
  readonly initial: (state: Float64Array) => void;
  /** Fits the state to all rows and returns the mean loss there. */
  readonly fit: (state: Float64Array, rows: Rows, stream: Stream) => number;
  readonly forecast: (
    state: Float64Array,
    row: Float32Array,
  ) => { readonly mean: number; readonly stdDev: number };
}

/** One tensor of a state. */
export const tensor = (name: string, rows = 1, columns = 1): ParameterTensor => ({ name, rows, columns });

function rowsOf(model: DirectModel, { count, gather, taught }: Samples): Rows {
  const width = model.rowWidth;
  const inputs = new Float32Array(count * width);
  const outcomes = Float32Array.from({ length: count }, (_, i) => gather(i, inputs, i * width));
  const targets = taught ?? outcomes;
  for (const [name, values] of Object.entries({ inputs, targets, outcomes }))
    if (!allFinite(values, 0, values.length)) throw new NonFinite(model.architecture, name);
  return { width, count, inputs, targets, outcomes };
}

function fit(model: DirectModel, state: Float64Array, request: TrainingRequest) {
  const named = Object.keys(request.penalties ?? {});
  if (named.length > 0)
    throw new RangeError(`${model.architecture} is not differentiated: no penalty ${named[0]}`);
  const next = state.slice();
  const loss = model.fit(next, rowsOf(model, request.samples), request.stream);
  // What a federation sees is float32; so is what stays at home, or the two would forecast apart.
  for (let i = 0; i < model.parameterCount; i++) next[i] = Math.fround(next[i]!);
  const tensor = nonFiniteTensor(model.tensors, next) ?? (Number.isFinite(loss) ? undefined : 'loss');
  if (tensor !== undefined) throw new NonFinite(model.architecture, tensor);
  state.set(next);
  return { loss, examples: request.samples.count, penalties: {} };
}

function forecast(
  model: DirectModel,
  state: Float64Array,
  inputs: Float32Array,
  rows: number,
): ForecastResult {
  if (inputs.length !== rows * model.rowWidth)
    throw new RangeError(
      `${model.architecture}: ${inputs.length} inputs for ${rows} rows of ${model.rowWidth}`,
    );
  const result = { mean: new Float32Array(rows), stdDev: new Float32Array(rows) };
  for (let row = 0; row < rows; row++) {
    const one = model.forecast(state, inputs.subarray(row * model.rowWidth, (row + 1) * model.rowWidth));
    result.mean[row] = one.mean;
    result.stdDev[row] = one.stdDev;
  }
  return result;
}

function load(model: DirectModel, state: Float64Array, bytes: Uint8Array): void {
  if (bytes.length !== state.byteLength)
    throw new RangeError(
      `${model.architecture}: a state of ${bytes.length} bytes, expected ${state.byteLength}`,
    );
  state.set(new Float64Array(bytes.slice().buffer));
}

function replace(model: DirectModel, state: Float64Array, values: Float32Array): void {
  if (values.length !== model.parameterCount)
    throw new RangeError(
      `${values.length} parameter values where the architecture has ${model.parameterCount}`,
    );
  state.set(values);
}

/** A cohort of models that fit directly. Steps, batch size and learning rate do not apply to them. */
export function directCohort(model: DirectModel, size: number): Cohort {
  const length = model.tensors.reduce((sum, { rows, columns }) => sum + rows * columns, 0);
  const states = Array.from({ length: size }, () => {
    const state = new Float64Array(length);
    model.initial(state);
    return state;
  });
  const stateOf = (agent: number): Float64Array => {
    const state = states[agent];
    if (!state) throw new RangeError(`agent ${agent} where the cohort has ${size}`);
    return state;
  };
  return {
    parameterCount: model.parameterCount,
    ...(model.blocks === undefined ? {} : { blocks: model.blocks }),
    flopsPerForecast: model.flopsPerForecast,
    flopsPerTrainingStep: () => 0,
    refit: model.refit,
    contents: model.tensors,
    representationWidth: 0,
    rowsPerSample: 1,
    initialise: (agent) => {
      stateOf(agent).fill(0);
      model.initial(stateOf(agent));
    },
    parameters: (agent) => Float32Array.from(stateOf(agent).subarray(0, model.parameterCount)),
    setParameters: (agent, values) => replace(model, stateOf(agent), values),
    train: (agent, request) => fit(model, stateOf(agent), request),
    forecast: (agent, inputs, rows) => forecast(model, stateOf(agent), inputs, rows),
    saveState: (agent) => new Uint8Array(stateOf(agent).slice().buffer),
    loadState: (agent, bytes) => load(model, stateOf(agent), bytes),
  };
}
