import { z } from 'zod';
import { concatenated } from '../../core/concatenated.js';
import { field } from '../../core/scenario/field.js';
import type {
  Cohort,
  ForecastResult,
  PulledBack,
  TrainingRequest,
  TrainingResult,
} from '../learning/cohort.js';
import { NonFinite } from '../learning/non-finite.js';
import { architecture } from './architecture.js';
import { hiddenOption, mlpCohort } from './mlp.js';
import { trainedOptions } from './training-options.js';

/** Members of one agent lie side by side in a cohort of networks. */
interface Ensemble {
  readonly networks: Cohort;
  readonly members: number;
}

const membersOf = ({ members }: Ensemble, agent: number): number[] =>
  Array.from({ length: members }, (_, i) => agent * members + i);

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

function trainMember(ensemble: Ensemble, seat: number, request: TrainingRequest, i: number): TrainingResult {
  try {
    return ensemble.networks.train(seat, memberRequest(ensemble, request, i));
  } catch (failure) {
    if (!(failure instanceof NonFinite)) throw failure;
    throw new NonFinite(failure.architecture, `${failure.tensor} of member ${i + 1}`);
  }
}

/** Every member trains on minibatches of its own; no member is changed unless all stay finite. */
function train(ensemble: Ensemble, agent: number, request: TrainingRequest): TrainingResult {
  const seats = membersOf(ensemble, agent);
  const before = seats.map((seat) => ensemble.networks.saveState(seat));
  try {
    const results = seats.map((seat, i) => trainMember(ensemble, seat, request, i));
    const named = Object.keys(results[0]!.penalties);
    return {
      loss: meanOf(results.map(({ loss }) => loss)),
      gradientNorm: Math.sqrt(results.reduce((sum, { gradientNorm = 0 }) => sum + gradientNorm ** 2, 0)),
      examples: results.reduce((sum, { examples }) => sum + examples, 0),
      penalties: Object.fromEntries(
        named.map((name) => [name, meanOf(results.map(({ penalties }) => penalties[name]!))]),
      ),
    };
  } catch (failure) {
    seats.forEach((seat, i) => ensemble.networks.loadState(seat, before[i]!));
    throw failure;
  }
}

/** A penalty's input that spans all members is cut into theirs; any other goes to each whole. */
function memberRequest(
  { networks, members }: Ensemble,
  request: TrainingRequest,
  member: number,
): TrainingRequest {
  const length = networks.parameterCount;
  const own = (values: Float32Array) =>
    values.length === length * members ? values.subarray(member * length, (member + 1) * length) : values;
  const penalties = Object.entries(request.penalties ?? {}).map(([name, { weight, inputs = {} }]) => {
    const cut = Object.entries(inputs).map(([key, values]) => [key, own(values)] as const);
    return [name, { weight, inputs: Object.fromEntries(cut) }] as const;
  });
  return { ...request, penalties: Object.fromEntries(penalties) };
}

/** Each member's vote: the inverse of its error variance, over all. */
function votesOf(forecasts: readonly ForecastResult[]): number[] {
  const precisions = forecasts.map(({ stdDev }) => 1 / Math.max(1e-12, stdDev[0]! ** 2));
  const total = precisions.reduce((sum, value) => sum + value, 0);
  return precisions.map((precision) => precision / total);
}

/** Weighs members by the inverse of their error variance; the spread is theirs around the consensus. */
function consensus(forecasts: readonly ForecastResult[], rows: number): ForecastResult {
  const votes = votesOf(forecasts);
  const weighted = (value: (forecast: ForecastResult) => number) =>
    forecasts.reduce((sum, forecast, i) => sum + votes[i]! * value(forecast), 0);
  const result = { mean: new Float32Array(rows), stdDev: new Float32Array(rows) };
  for (let row = 0; row < rows; row++) {
    const mean = weighted((forecast) => forecast.mean[row]!);
    result.mean[row] = mean;
    result.stdDev[row] = Math.sqrt(
      weighted(({ mean: own, stdDev }) => stdDev[row]! ** 2 + (own[row]! - mean) ** 2),
    );
  }
  return result;
}

/** Each member carries its vote's part of the cotangent back. */
function pullBack(
  ensemble: Ensemble,
  agent: number,
  inputs: Float32Array,
  cotangent: Float32Array,
): PulledBack {
  const { networks } = ensemble;
  const seats = membersOf(ensemble, agent);
  const votes = votesOf(seats.map((seat) => networks.forecast(seat, inputs, cotangent.length)));
  const parts = seats.map((seat, i) =>
    networks.pullBack!(
      seat,
      inputs,
      cotangent.map((c) => c * votes[i]!),
    ),
  );
  return {
    mean: cotangent.map((_, row) => parts.reduce((sum, { mean }, i) => sum + votes[i]! * mean[row]!, 0)),
    parameters: concatenated(parts.map(({ parameters }) => parameters)),
    inputs: inputs.map((_, j) => parts.reduce((sum, part) => sum + part.inputs[j]!, 0)),
  };
}

/** Members' hidden layers side by side. */
function representations(forecasts: readonly ForecastResult[], rows: number, width: number): Float32Array {
  const whole = new Float32Array(rows * width * forecasts.length);
  forecasts.forEach(({ representation }, i) => {
    for (let row = 0; row < rows; row++)
      whole.set(
        representation!.subarray(row * width, (row + 1) * width),
        (row * forecasts.length + i) * width,
      );
  });
  return whole;
}

function ensembleCohort(ensemble: Ensemble): Cohort {
  const { networks, members } = ensemble;
  const { parameterCount, representationWidth } = networks;
  return {
    parameterCount: members * parameterCount,
    flopsPerForecast: members * networks.flopsPerForecast,
    flopsPerTrainingStep: (batchSize) => members * networks.flopsPerTrainingStep(batchSize),
    representationWidth: members * representationWidth,
    rowsPerSample: 1,
    initialise: (agent, stream) =>
      membersOf(ensemble, agent).forEach((seat) => networks.initialise(seat, stream)),
    parameters: (agent) => concatenated(membersOf(ensemble, agent).map((seat) => networks.parameters(seat))),
    setParameters: (agent, values) => {
      if (values.length !== members * parameterCount)
        throw new RangeError(
          `${values.length} parameter values where the ensemble has ${members * parameterCount}`,
        );
      membersOf(ensemble, agent).forEach((seat, i) =>
        networks.setParameters(seat, values.subarray(i * parameterCount, (i + 1) * parameterCount)),
      );
    },
    train: (agent, request) => train(ensemble, agent, request),
    forecast: (agent, inputs, rows) => {
      const forecasts = membersOf(ensemble, agent).map((seat) => networks.forecast(seat, inputs, rows));
      return {
        ...consensus(forecasts, rows),
        representation: representations(forecasts, rows, representationWidth),
      };
    },
    tensors: membersOf(ensemble, 0).flatMap((member) =>
      networks.tensors!.map((tensor) => ({ ...tensor, name: `member ${member + 1} ${tensor.name}` })),
    ),
    pullBack: (agent, inputs, cotangent) => pullBack(ensemble, agent, inputs, cotangent),
    saveState: (agent) => {
      const states = membersOf(ensemble, agent).map((seat) => networks.saveState(seat));
      const length = states[0]!.length;
      const whole = new Uint8Array(members * length);
      states.forEach((state, i) => whole.set(state, i * length));
      return whole;
    },
    loadState: (agent, bytes) => {
      const length = bytes.length / members;
      membersOf(ensemble, agent).forEach((seat, i) =>
        networks.loadState(seat, bytes.subarray(i * length, (i + 1) * length)),
      );
    },
  };
}

/** Independent networks and their weighted consensus. */
export const deepEnsemble = architecture({
  summary: 'Feed-forward networks from unlike starts, and their consensus weighted by past accuracy',
  source: 'Lakshminarayanan, Pritzel & Blundell 2017, Simple and Scalable Predictive Uncertainty Estimation',
  interpretability: 'black-box',
  uncertainty: "members' errors in training, and their spread around the consensus",
  federates: 'average',
  learns: 'by gradient',
  trainsApart: true,
  options: trainedOptions({
    ...hiddenOption,
    members: field(z.int().min(2).max(50).default(5), 'Networks', 'count'),
  }),
  create: (shape, { members, ...options }, size, engine) =>
    ensembleCohort({ networks: mlpCohort('deep-ensemble', shape, options, members * size, engine), members }),
});
