import { backward, gradientVector, parameterVector } from './backward.js';
import { robustLoss } from './adversary.js';
import type { Adversary, PenaltyTerm } from './cohort.js';
import { OPCODES } from './instructions.js';
import type { Network } from './network.js';
import { add, dot, meanSquaredError, scaleBy } from './operations/index.js';
import type { Penalties, Penalty } from './penalties.js';
import type { Program } from './program.js';
import { assemble } from './program.js';
import type { Tensor } from './tensor.js';
import { padded } from './tensor.js';
import type { Trace } from './trace.js';
import { at, emit, input, openTrace } from './trace.js';

/** Where each thing that a step reports lies in its record. */
export const RECORD = { loss: 0, gradientSquare: 1, squaredError: 2, penalties: 3 } as const;

function report(trace: Trace, slot: number, value: Tensor): void {
  trace.sizes.record = padded(Math.max(trace.sizes.record, slot + 1));
  const to = at({ space: 'record', size: 1, offset: slot, lifetime: 'kept' });
  emit(trace, OPCODES.record, [value.at, to]);
}

export type Terms = Readonly<Record<string, PenaltyTerm>>;

/** What a training program is made for: its rows, the penalties of its loss, and who attacks its inputs. */
export interface Drill {
  readonly rows: number;
  readonly terms: Terms;
  readonly adversary?: Adversary | undefined;
  /** Whether something else is learned than what happened. */
  readonly taught?: boolean;
}

/** What of a drill decides the loss on its rows. */
export type OnRows = Pick<Drill, 'adversary' | 'taught'>;

export const termsKey = (terms: Terms): string =>
  Object.entries(terms)
    .map(
      ([name, { inputs = {} }]) =>
        `${name}(${Object.values(inputs)
          .map((values) => values.length)
          .join()})`,
    )
    .join('+');

/** Shapes and constants decide the program: the same names, lengths and adversary share one. */
export const drillKey = ({ rows, terms, adversary, taught }: Drill): string =>
  `${rows}:${termsKey(terms)}:${adversary ? `${adversary.radius},${adversary.share}` : ''}:${taught ? 'taught' : ''}`;

function penaltyTensor(
  network: Network,
  trace: Trace,
  parameters: Tensor,
  name: string,
  penalty: Penalty,
  term: PenaltyTerm,
) {
  const lengths: Record<string, number> = {};
  for (const key of penalty.inputs) {
    const given = term.inputs?.[key];
    if (!given) throw new RangeError(`penalty ${name} needs the input ${key}`);
    lengths[key] = given.length;
  }
  return penalty.build({
    trace,
    parameters,
    lengths,
    rowWidth: network.rowWidth,
    predict: (inputs) => network.forward(trace, inputs).mean,
    nameOf: (key) => `${name}.${key}`,
  });
}

/** The loss with penalties of its terms added, each reported. */
export function addPenalties(
  network: Network,
  trace: Trace,
  loss: Tensor,
  terms: Terms,
  known: Penalties,
): Tensor {
  const names = Object.keys(terms);
  if (names.length === 0) return loss;
  const parameters = parameterVector(trace);
  return names.reduce((total, name, i) => {
    const penalty = known[name];
    if (!penalty) throw new RangeError(`unknown penalty ${name}: known are ${Object.keys(known).join(', ')}`);
    const value = penaltyTensor(network, trace, parameters, name, penalty, terms[name]!);
    report(trace, RECORD.penalties + i, value);
    return add(total, scaleBy(value, input(trace, 'shared', `${name}.weight`, 1, 1)));
  }, loss);
}

/** The loss on rows that the host lays down, reported, and the squared error, which is about what happened. */
export function lossOnRows(
  network: Network,
  trace: Trace,
  rows: number,
  { adversary, taught }: OnRows,
): Tensor {
  const given = input(trace, 'data', 'inputs', rows, network.rowWidth);
  const inputs = adversary ? { ...given, tracked: true } : given;
  const { mean } = network.forward(trace, inputs);
  const targets = input(trace, 'data', 'targets', rows, 1);
  const clean = network.loss(mean, targets);
  report(trace, RECORD.loss, clean);
  const outcomes = taught ? input(trace, 'data', 'outcomes', rows, 1) : targets;
  report(trace, RECORD.squaredError, meanSquaredError(mean, outcomes));
  const lossOf = (moved: Tensor) => network.loss(network.forward(trace, moved).mean, targets);
  return adversary ? robustLoss(trace, clean, inputs, adversary, lossOf) : clean;
}

/** The optimiser's update by the gradient, whose length is reported. */
export function descend(network: Network, trace: Trace, scalars: Tensor): void {
  const gradient = gradientVector(trace);
  report(trace, RECORD.gradientSquare, dot(gradient, gradient));
  network.optimiser.emit(trace, scalars);
}

/** One training step of a network: forward, loss and penalties, backward, update, and the step's record. */
export function trainingProgram(network: Network, drill: Drill, known: Penalties): Program {
  const { rows, terms } = drill;
  const trace = openTrace();
  const loss = lossOnRows(network, trace, rows, drill);
  const scalars = input(trace, 'data', 'optimiser', 1, 4);
  backward(addPenalties(network, trace, loss, terms, known));
  descend(network, trace, scalars);
  return assemble(trace);
}
