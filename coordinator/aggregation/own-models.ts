import type { Aggregated, Round, State, Vector } from './aggregation.js';
import { move } from './move.js';

/** Each contributor's model after local training: from the model it holds itself, else from the federation's. */
export const trainedModels = (state: State, { parameters, updates }: Round<Vector>): Float64Array[] =>
  updates.map(({ institution, delta }) => move(Float64Array.from(state[institution] ?? parameters), delta));

/** Hands every contributor a model of its own and remembers it under its id. */
export function handOut<V extends Vector>(
  state: State,
  { parameters, updates }: Round<V>,
  models: readonly Float64Array[],
  common: Float64Array,
): Aggregated<V> {
  const zero = parameters.slice().fill(0) as V;
  const personal = models.map((model) => move(zero, model));
  const held = updates.map(({ institution }, i) => [institution, Float64Array.from(personal[i]!)] as const);
  return { parameters: move(zero, common), state: { ...state, ...Object.fromEntries(held) }, personal };
}
