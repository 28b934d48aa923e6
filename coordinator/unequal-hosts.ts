import type { Ready } from '../core/protocol.js';

/** Thrown where hosts do not compute the same models: their updates would have nothing to do with each other. */
export class UnequalHosts extends Error {
  constructor(one: string, other: string, difference: string) {
    super(`${one} and ${other} cannot take part in one run: ${difference}`);
    this.name = 'UnequalHosts';
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);

const same = (a: ArrayLike<unknown>, b: ArrayLike<unknown>): boolean =>
  a.length === b.length && Array.prototype.every.call(a, (value, i) => value === b[i]);

const modelName = ({ models }: Ready, a: number): string =>
  models[a] === '' ? 'no model' : `model ${models[a]!.slice(0, 12)}`;

/** In what two hosts' models differ, by architecture; nothing where they are the same. */
export function differenceOf(architectures: readonly string[], one: Ready, other: Ready): string | undefined {
  if (one.features !== other.features)
    return `their models read ${one.features} and ${other.features} numbers a row`;
  let at = 0;
  for (const [a, name] of architectures.entries()) {
    const [mine, theirs] = [one.parameterCounts[a]!, other.parameterCounts[a]!];
    if (one.models[a] !== other.models[a])
      return `their ${name} is ${modelName(one, a)} and ${modelName(other, a)}`;
    if (mine !== theirs || one.blocks[a] !== other.blocks[a])
      return `their ${name} has ${mine} and ${theirs} parameters`;
    const [first, second] = [one, other].map(({ initial }) => bytesOf(initial.subarray(at, at + mine)));
    if (!same(first!, second!)) return `their ${name} starts from unlike parameters`;
    at += mine;
  }
  return undefined;
}

/** @throws {UnequalHosts} where a host's models are not those of the first */
export function requireEqualHosts(
  architectures: readonly string[],
  names: readonly string[],
  replies: readonly Ready[],
): void {
  replies.forEach((reply, h) => {
    const difference = differenceOf(architectures, replies[0]!, reply);
    if (difference !== undefined) throw new UnequalHosts(names[0]!, names[h]!, difference);
  });
}
