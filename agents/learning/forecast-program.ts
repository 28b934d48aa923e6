import type { Network, Thought } from './network.js';
import { copyTo } from './operations/emitters.js';
import type { Program } from './program.js';
import { assemble } from './program.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';
import { input, openTrace, temporary } from './trace.js';

/** A copy that outlives the program, where the host reads it. */
function kept(trace: Trace, tensor: Tensor): Tensor {
  const to = temporary(trace, tensor.name, tensor.rows, tensor.columns, false, 'kept');
  copyTo(tensor, to);
  return to;
}

function outputs(trace: Trace, { mean, representation }: Thought): Record<string, Tensor> {
  const forecast = { mean: kept(trace, mean) };
  return representation ? { ...forecast, representation: kept(trace, representation) } : forecast;
}

/** The forward pass alone, over a fixed number of rows. */
export function forecastProgram(network: Network, rows: number): Program {
  const trace = openTrace();
  const thought = network.forward(trace, input(trace, 'data', 'inputs', rows, network.rowWidth));
  return assemble(trace, outputs(trace, thought));
}
