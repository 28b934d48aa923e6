/** One agent as plain arrays: what is trained outside the engine's own loop. */
export interface FlatAgent {
  readonly parameters: Float32Array;
  readonly first: Float32Array;
  readonly second: Float32Array;
  /** Powers of Adam's two rates, and the running variance of errors. */
  readonly state: Float64Array;
}

const [BETA1, BETA2, EPSILON] = [0.9, 0.999, 1e-8];

/** One step of Adam (agents/learning/optimisers.ts), on plain arrays. */
export function adamStep(
  { parameters, first, second, state }: FlatAgent,
  gradient: Float32Array,
  rate: number,
): void {
  state[0]! *= BETA1;
  state[1]! *= BETA2;
  const [unbias1, unbias2] = [1 - state[0]!, 1 - state[1]!];
  for (let j = 0; j < gradient.length; j++) {
    const g = gradient[j]!;
    first[j] = BETA1 * first[j]! + (1 - BETA1) * g;
    second[j] = BETA2 * second[j]! + (1 - BETA2) * g * g;
    parameters[j]! -= (rate * (first[j]! / unbias1)) / (Math.sqrt(second[j]! / unbias2) + EPSILON);
  }
}

export const newAgent = (first: Float32Array): FlatAgent => ({
  parameters: first.slice(),
  first: new Float32Array(first.length),
  second: new Float32Array(first.length),
  state: Float64Array.of(1, 1, 1),
});

/** Takes other parameters and forgets the optimiser's moments. */
export function startAnew(agent: FlatAgent, first: Float32Array): void {
  agent.parameters.set(first);
  agent.first.fill(0);
  agent.second.fill(0);
  agent.state.fill(1);
}

const parts = ({ state, parameters, first, second }: FlatAgent) => [state, parameters, first, second];

export function saved(agent: FlatAgent): Uint8Array {
  const bytes = new Uint8Array(parts(agent).reduce((sum, part) => sum + part.byteLength, 0));
  parts(agent).reduce((at, part) => {
    bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at);
    return at + part.byteLength;
  }, 0);
  return bytes;
}

export function restore(agent: FlatAgent, bytes: Uint8Array, architecture: string): void {
  const expected = parts(agent).reduce((sum, part) => sum + part.byteLength, 0);
  if (bytes.length !== expected)
    throw new RangeError(`${architecture}: a state of ${bytes.length} bytes, expected ${expected}`);
  parts(agent).reduce((at, part) => {
    const into = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
    into.set(bytes.subarray(at, at + part.byteLength));
    return at + part.byteLength;
  }, 0);
}
