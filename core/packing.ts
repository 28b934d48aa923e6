/** Plain data of any shape as bytes and back: objects, lists, typed arrays, strings, bigints and every number
 * (NaN, infinities and -0 too). What was one object twice is one object again. */

const arrays = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u8: Uint8Array,
} as const;
type Dtype = keyof typeof arrays;
type TypedArray = InstanceType<(typeof arrays)[Dtype]>;

/** A primitive as it is, or: a node by number, a number that JSON cannot hold, a bigint, nothing. */
type Value = string | number | boolean | null | [number] | { s: string } | { n: string } | { u: 1 };
type Node =
  | { readonly o: Record<string, Value> }
  | { readonly l: Value[] }
  | { readonly t: Dtype; readonly at: number; readonly length: number };

const dtypeOf = (value: object): Dtype | undefined =>
  (Object.keys(arrays) as Dtype[]).find((dtype) => value.constructor === arrays[dtype]);

const aligned = (bytes: number): number => 8 * Math.ceil(bytes / 8);

/** Thrown where packed bytes cannot be read. */
export class Unreadable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Unreadable';
  }
}

/** Numbers nodes in the order in which they are first met. */
function collector() {
  const nodes: Node[] = [];
  const blocks: { readonly at: number; readonly bytes: Uint8Array }[] = [];
  const known = new Map<object, number>();
  let size = 0;
  const block = (t: Dtype, array: TypedArray): Node => {
    const at = size;
    blocks.push({ at, bytes: new Uint8Array(array.buffer, array.byteOffset, array.byteLength) });
    size += aligned(array.byteLength);
    return { t, at, length: array.length };
  };
  const nodeOf = (value: object): Node => {
    if (Array.isArray(value)) return { l: value.map(put) };
    const dtype = dtypeOf(value);
    if (dtype) return block(dtype, value as TypedArray);
    if (Object.getPrototypeOf(value) !== Object.prototype)
      throw new TypeError(`a ${value.constructor?.name ?? 'value without a class'} is not plain data`);
    return { o: Object.fromEntries(Object.entries(value).map(([key, field]) => [key, put(field)])) };
  };
  const place = (value: object): [number] => {
    const seen = known.get(value);
    if (seen !== undefined) return [seen];
    const index = nodes.length;
    known.set(value, index);
    nodes.push({ l: [] });
    nodes[index] = nodeOf(value);
    return [index];
  };
  const put = (value: unknown): Value => {
    if (value === undefined) return { u: 1 };
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'bigint') return { n: value.toString() };
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { s: Object.is(value, -0) ? '-0' : `${value}` };
    if (typeof value === 'object') return place(value);
    throw new TypeError(`a ${typeof value} is not plain data`);
  };
  return { put, nodes, blocks, size: () => size };
}

/** Plain data as bytes: the length of a JSON head, the head, then the typed arrays, each 8-byte aligned. */
export function pack(value: unknown): Uint8Array {
  const { put, nodes, blocks, size } = collector();
  const root = put(value);
  const head = new TextEncoder().encode(JSON.stringify({ root, nodes }));
  const start = 8 + aligned(head.length);
  const bytes = new Uint8Array(start + size());
  new DataView(bytes.buffer).setUint32(0, head.length);
  bytes.set(head, 8);
  for (const block of blocks) bytes.set(block.bytes, start + block.at);
  return bytes;
}

function readHead(bytes: Uint8Array): { root: Value; nodes: readonly Node[]; start: number } {
  if (bytes.length < 8) throw new Unreadable('too short');
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  if (8 + aligned(length) > bytes.length) throw new Unreadable('ends inside its head');
  try {
    const head = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length))) as {
      root: Value;
      nodes: Node[];
    };
    return { ...head, start: 8 + aligned(length) };
  } catch {
    throw new Unreadable('its head is not JSON');
  }
}

function readArray(bytes: Uint8Array, from: number, dtype: Dtype, length: number): TypedArray {
  const Type = arrays[dtype];
  const to = from + length * Type.BYTES_PER_ELEMENT;
  if (to > bytes.length) throw new Unreadable('ends inside an array');
  // Not bytes.slice(): a Buffer's gives a view.
  return new Type(Uint8Array.from(bytes.subarray(from, to)).buffer);
}

/** Sets a field of any name, `__proto__` too. */
const define = (object: object, key: string, value: unknown): unknown =>
  Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });

/** What `pack` was given.
 *
 * @throws {Unreadable} where the bytes are not such data
 */
export function unpack<T>(bytes: Uint8Array): T {
  const { root, nodes, start } = readHead(bytes);
  const made = new Map<number, object>();
  const fill = (index: number): object => {
    const node = nodes[index];
    if (!node) throw new Unreadable(`has no part ${index}`);
    if ('t' in node) {
      const array = readArray(bytes, start + node.at, node.t, node.length);
      made.set(index, array);
      return array;
    }
    const value: object = 'l' in node ? [] : {};
    made.set(index, value);
    if ('l' in node) for (const item of node.l) (value as unknown[]).push(get(item));
    else for (const [key, item] of Object.entries(node.o)) define(value, key, get(item));
    return value;
  };
  const get = (value: Value): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return made.get(value[0]) ?? fill(value[0]);
    if ('s' in value) return Number(value.s);
    if ('n' in value) return BigInt(value.n);
    return undefined;
  };
  return get(root) as T;
}
