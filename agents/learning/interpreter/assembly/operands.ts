// Reading an instruction: words, floats and addresses. `c` points at its first word.

/** First byte of each of the eight spaces, for the agent and step at hand. */
export const BASES: usize = memory.data(32, 16);

// @ts-ignore: decorator
@inline
export function word(c: usize, i: usize): i32 {
  return load<i32>(c + (i << 2));
}

// @ts-ignore: decorator
@inline
export function float(c: usize, i: usize): f32 {
  return load<f32>(c + (i << 2));
}

// @ts-ignore: decorator
@inline
export function place(c: usize, i: usize): usize {
  const operand = load<u32>(c + (i << 2));
  return <usize>load<u32>(BASES + ((operand >>> 24) << 2)) + <usize>((operand & 0xffffff) << 2);
}
