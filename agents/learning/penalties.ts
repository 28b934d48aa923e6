import {
  add,
  broadcast,
  constant,
  divide,
  dot,
  mean,
  meanSquaredError,
  multiply,
  scale,
  subtract,
} from './operations/index.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';
import { input, parameterInput } from './trace.js';

/** What a penalty may build on. */
export interface PenaltyContext {
  readonly trace: Trace;
  /** All parameters as one row. */
  readonly parameters: Tensor;
  /** The architecture's own forecasts of other rows. */
  readonly predict: (inputs: Tensor) => Tensor;
  /** Columns of an input row. */
  readonly rowWidth: number;
  /** Values given for each input. */
  readonly lengths: Readonly<Record<string, number>>;
  /** A name for the trace that no other penalty uses. */
  readonly nameOf: (input: string) => string;
}

/** A term of the loss, as a function on the trace; a term's weight multiplies it outside. */
export interface Penalty {
  readonly summary: string;
  readonly source: string;
  /** Names of the extra tensors that it reads. */
  readonly inputs: readonly string[];
  readonly build: (context: PenaltyContext) => Tensor;
}

const halfSquare = (a: Tensor): Tensor => scale(dot(a, a), 0.5);

const l2: Penalty = {
  summary: '½‖w‖² over all parameters',
  source: 'Hoerl & Kennard 1970, Technometrics 12(1)',
  inputs: [],
  build: ({ parameters }) => halfSquare(parameters),
};

const proximal: Penalty = {
  summary: '½‖w - w_global‖²: keeps local training near the federation',
  source: 'Li et al. 2020, Federated Optimization in Heterogeneous Networks (FedProx)',
  inputs: ['global'],
  build: ({ trace, parameters, nameOf }) =>
    halfSquare(subtract(parameters, parameterInput(trace, nameOf('global')))),
};

const control: Penalty = {
  summary: 'w · c: adds the correction c to every gradient',
  source: 'Karimireddy et al. 2020, SCAFFOLD (arXiv 1910.06378)',
  inputs: ['correction'],
  build: ({ trace, parameters, nameOf }) => dot(parameters, parameterInput(trace, nameOf('correction'))),
};

const elasticWeightConsolidation: Penalty = {
  summary: '½ Σ F (w - w_earlier)²: holds on to what earlier regimes needed',
  source: 'Kirkpatrick et al. 2017, PNAS 114(13)',
  inputs: ['earlier', 'importance'],
  build: ({ trace, parameters, nameOf }) => {
    const away = subtract(parameters, parameterInput(trace, nameOf('earlier')));
    return scale(dot(multiply(parameterInput(trace, nameOf('importance')), away), away), 0.5);
  },
};

const centred = (a: Tensor): Tensor => subtract(a, broadcast(mean(a), a.rows, a.columns));

/** Keeps a constant forecast from dividing by zero; forecasts are in units of the target's deviation. */
const TINY = 1e-12;

const decorrelation: Penalty = {
  summary:
    "squared correlation between own forecasts on public probes and the mean forecast of its architecture's institutions",
  source: 'Liu & Yao 1999, Ensemble learning via negative correlation, Neural Networks 12(10)',
  inputs: ['probes', 'forecasts'],
  build: ({ trace, predict, rowWidth, lengths, nameOf }) => {
    const rows = lengths['forecasts']!;
    const own = centred(predict(input(trace, 'shared', nameOf('probes'), rows, rowWidth)));
    const theirs = centred(input(trace, 'shared', nameOf('forecasts'), rows, 1));
    const covariance = dot(own, theirs);
    const spread = add(multiply(dot(own, own), dot(theirs, theirs)), constant(trace, TINY));
    return divide(multiply(covariance, covariance), spread);
  },
};

const consensus: Penalty = {
  summary: 'mean squared distance of own forecasts on public probes to those that a federation agreed on',
  source: 'Li & Wang 2019, FedMD (arXiv 1910.03581)',
  inputs: ['probes', 'forecasts'],
  build: ({ trace, predict, rowWidth, lengths, nameOf }) => {
    const rows = lengths['forecasts']!;
    const own = predict(input(trace, 'shared', nameOf('probes'), rows, rowWidth));
    return meanSquaredError(own, input(trace, 'shared', nameOf('forecasts'), rows, 1));
  },
};

/** The penalties that a training request may name. */
export const penalties = {
  l2,
  proximal,
  control,
  decorrelation,
  consensus,
  'elastic-weight-consolidation': elasticWeightConsolidation,
} satisfies Record<string, Penalty>;

export type Penalties = Readonly<Record<string, Penalty>>;
