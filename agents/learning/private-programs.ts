import { backward } from './backward.js';
import type { Network } from './network.js';
import { constant } from './operations/index.js';
import type { Penalties } from './penalties.js';
import { assemble, type Program } from './program.js';
import { input, openTrace } from './trace.js';
import { addPenalties, descend, lossOnRows, type OnRows, type Terms } from './training-program.js';

/** The gradient of one example's loss, and nothing moved by it; an example is one sample, whole. */
export function exampleProgram(network: Network, drill: OnRows): Program {
  const trace = openTrace();
  backward(lossOnRows(network, trace, network.rowsPerSample, drill));
  return assemble(trace);
}

/** A step down a gradient that is given (as the correction of the penalty `control`) and those of other penalties. */
export function givenGradientProgram(network: Network, terms: Terms, known: Penalties): Program {
  const trace = openTrace();
  // Declares the parameters; what it would forecast is of no use.
  network.forward(trace, input(trace, 'data', 'inputs', network.rowsPerSample, network.rowWidth));
  trace.instructions.splice(0);
  trace.tape.splice(0);
  const scalars = input(trace, 'data', 'optimiser', 1, 4);
  backward(addPenalties(network, trace, constant(trace, 0), terms, known));
  descend(network, trace, scalars);
  return assemble(trace);
}
