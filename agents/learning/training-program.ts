import { backward, gradientVector, parameterVector } from './backward.js';
import type { PenaltyTerm } from './cohort.js';
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

type Terms = Readonly<Record<string, PenaltyTerm>>;

/** Shapes decide the program: the same names and lengths share one. */
export const termsKey = (terms: Terms): string =>
  Object.entries(terms)
    .map(
      ([name, { inputs = {} }]) =>
        `${name}(${Object.values(inputs)
          .map((values) => values.length)
          .join()})`,
    )
    .join('+');

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

function addPenalties(network: Network, trace: Trace, loss: Tensor, terms: Terms, known: Penalties): Tensor {
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

/** One training step of a network: forward, loss and penalties, backward, update, and the step's record. */
export function trainingProgram(network: Network, rows: number, terms: Terms, known: Penalties): Program {
  const trace = openTrace();
  const { mean } = network.forward(trace, input(trace, 'data', 'inputs', rows, network.rowWidth));
  const targets = input(trace, 'data', 'targets', rows, 1);
  const scalars = input(trace, 'data', 'optimiser', 1, 4);
  const loss = network.loss(mean, targets);
  report(trace, RECORD.loss, loss);
  report(trace, RECORD.squaredError, meanSquaredError(mean, targets));
  backward(addPenalties(network, trace, loss, terms, known));
  const gradient = gradientVector(trace);
  report(trace, RECORD.gradientSquare, dot(gradient, gradient));
  network.optimiser.emit(trace, scalars);
  return assemble(trace);
}
