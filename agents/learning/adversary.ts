import { reverseSweep } from './backward.js';
import type { Adversary } from './cohort.js';
import { add, constant, divide, multiply, relu, scale } from './operations/index.js';
import type { Tensor } from './tensor.js';
import type { Trace } from './trace.js';

/** Far below any slope that float32 training meets, and not yet denormal when squared into nothing else. */
const TINY = 1e-20;

/** |a|. */
const size = (a: Tensor): Tensor => add(relu(a), relu(scale(a, -1)));

/** a / |a|, and 0 where a is 0. */
const signOf = (a: Tensor): Tensor => divide(a, add(size(a), constant(a.trace, TINY, a.rows, a.columns)));

/** The slope of a loss in its inputs; the trace is afterwards as if nobody had asked. */
function inputSlope(trace: Trace, loss: Tensor, inputs: Tensor): Tensor {
  const tape = [...trace.tape];
  reverseSweep(loss);
  const slope = trace.gradients.get(inputs)!;
  trace.gradients.clear();
  trace.tape.splice(0, trace.tape.length, ...tape);
  return slope;
}

/** Inputs moved by `radius` each, in the direction that raises the loss; what is 0 (a source not subscribed to, a day
 * before the first) is absent and stays so.
 * @formula x + r sign(∂loss/∂x) |sign x|
 * @source  Goodfellow, Shlens & Szegedy 2015, Explaining and Harnessing Adversarial Examples (fast gradient sign)
 */
export function worstInputs(trace: Trace, loss: Tensor, inputs: Tensor, radius: number): Tensor {
  const given: Tensor = { ...inputs, tracked: false };
  const direction = multiply(signOf(inputSlope(trace, loss, inputs)), size(signOf(given)));
  // Under the inputs' own name: what the host derives from them (masks, graphs) is that of the inputs as they were.
  return { ...add(given, scale(direction, radius)), name: inputs.name };
}

/** The loss, part of it where the inputs hurt most.
 * @formula (1 - s) loss(x) + s loss(x'), x' the worst inputs
 */
export function robustLoss(
  trace: Trace,
  clean: Tensor,
  inputs: Tensor,
  { radius, share }: Adversary,
  lossOf: (inputs: Tensor) => Tensor,
): Tensor {
  const attacked = lossOf(worstInputs(trace, clean, inputs, radius));
  return add(scale(clean, 1 - share), scale(attacked, share));
}
