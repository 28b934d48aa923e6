import { protocolVersion, type AnyMessage } from '../protocol.js';

type Dtype = 'f32' | 'f64' | 'i32' | 'u8';
type Layout<M> = { readonly [K in keyof M as M[K] extends ArrayBufferView ? K : never]: Dtype };

/** Typed columns of each message; every other field travels as JSON. */
const layouts: { readonly [T in AnyMessage['type']]: Layout<Extract<AnyMessage, { type: T }>> } = {
  welcome: { architecture: 'i32', historyReturns: 'f32', historySources: 'f32', publicReturns: 'f32' },
  ready: {
    parameterCounts: 'i32',
    blocks: 'i32',
    initial: 'f32',
    flopsPerForecast: 'f64',
    flopsPerStep: 'f64',
    flopsPerRefit: 'f64',
    flopsPerRefitRow: 'f64',
  },
  observe: {
    logPrices: 'f64',
    volume: 'f64',
    online: 'u8',
    generation: 'i32',
    architecture: 'i32',
    cash: 'f64',
    assetsUsd: 'f64',
    equityUsd: 'f64',
    leverageCap: 'f64',
    units: 'f64',
    atLoss: 'f64',
    sources: 'f32',
    flipped: 'u8',
  },
  invite: { asked: 'u8' },
  keys: { publicKeys: 'u8' },
  share: { publicKeys: 'u8' },
  sealed: { sealed: 'u8', sizes: 'i32' },
  unmask: { publicKeys: 'u8', stage: 'u8', sealed: 'u8' },
  revealed: { shares: 'u8', sizes: 'i32' },
  train: {
    asked: 'u8',
    probes: 'f32',
    meanForecasts: 'f32',
    bounds: 'f64',
    countNoise: 'f64',
    publicKeys: 'u8',
    present: 'u8',
    scales: 'f64',
  },
  updates: {
    architecture: 'i32',
    examples: 'i32',
    loss: 'f64',
    localSteps: 'i32',
    deltas: 'f32',
    controls: 'f32',
    within: 'f64',
    masked: 'i32',
    packed: 'u8',
    packedSizes: 'i32',
    skill: 'f64',
    readingValues: 'f64',
  },
  install: { parameters: 'f32', controls: 'f32' },
  decide: {},
  decisions: { orders: 'f64', mean: 'f32', stdDev: 'f32', acted: 'u8' },
  probe: { inputs: 'f32' },
  'probe-reply': { forecasts: 'f32', kernels: 'f32' },
  save: {},
  saved: { state: 'u8' },
  load: { state: 'u8' },
  farewell: {},
  done: {},
};

const types = Object.keys(layouts) as AnyMessage['type'][];
const arrays = { f32: Float32Array, f64: Float64Array, i32: Int32Array, u8: Uint8Array } as const;
const magic = 0x48534350; // "HSCP"
const headerBytes = 16;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const aligned = (bytes: number): number => 8 * Math.ceil(bytes / 8);

/** Thrown where received bytes are not a message of this version. */
export class MalformedMessage extends Error {
  constructor(reason: string) {
    super(`malformed message: ${reason}`);
    this.name = 'MalformedMessage';
  }
}

/** A message as bytes: header (magic, version, type, JSON length), JSON fields, then columns, each 8-byte aligned
 * after its length. */
export function encode(message: AnyMessage): Uint8Array {
  const layout = layouts[message.type] as Record<string, Dtype>;
  const fields = message as unknown as Record<string, ArrayBufferView>;
  const plain: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(message))
    if (key !== 'type' && !(key in layout)) plain[key] = value;
  const json = encoder.encode(JSON.stringify(plain));
  const columns = Object.keys(layout).map((key) => fields[key]!);
  const size = columns.reduce(
    (sum, c) => sum + 8 + aligned(c.byteLength),
    headerBytes + aligned(json.length),
  );
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic);
  view.setUint16(4, protocolVersion);
  view.setUint16(6, types.indexOf(message.type));
  view.setUint32(8, json.length);
  view.setUint32(12, size);
  bytes.set(json, headerBytes);
  let at = headerBytes + aligned(json.length);
  for (const column of columns) {
    view.setUint32(at, column.byteLength);
    if (column.byteLength > 0)
      bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at + 8);
    at += 8 + aligned(column.byteLength);
  }
  return bytes;
}

function header(bytes: Uint8Array): { type: AnyMessage['type']; jsonLength: number } {
  if (bytes.length < headerBytes)
    throw new MalformedMessage(`${bytes.length} bytes are too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== magic) throw new MalformedMessage('does not start with the protocol’s mark');
  const version = view.getUint16(4);
  if (version !== protocolVersion)
    throw new MalformedMessage(`version ${version}, but this side speaks ${protocolVersion}`);
  const type = types[view.getUint16(6)];
  if (type === undefined) throw new MalformedMessage(`unknown type ${view.getUint16(6)}`);
  if (view.getUint32(12) !== bytes.length)
    throw new MalformedMessage(`${bytes.length} bytes where its header says ${view.getUint32(12)}`);
  return { type, jsonLength: view.getUint32(8) };
}

/** Place of the first that is no number (it is not its own difference), or -1; a loop of its own for each type. */
const firstOdd = {
  f32: (column: Float32Array): number => {
    for (let i = 0; i < column.length; i++) if (column[i]! - column[i]! !== 0) return i;
    return -1;
  },
  f64: (column: Float64Array): number => {
    for (let i = 0; i < column.length; i++) if (column[i]! - column[i]! !== 0) return i;
    return -1;
  },
};

function requireFinite(name: string, column: Float32Array | Float64Array): void {
  const at = column instanceof Float32Array ? firstOdd.f32(column) : firstOdd.f64(column);
  if (at >= 0) throw new MalformedMessage(`${name}[${at}] is ${column[at]!}`);
}

/** A copy of its own, so that columns lie on multiples of eight and outlive what was received: a Buffer's slice would be
 * a view. */
const copied = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(buffer.slice(byteOffset, byteOffset + length) as ArrayBuffer);

/** Puts the columns of a message into its fields, as views of its bytes. */
function readColumns(
  bytes: Uint8Array<ArrayBuffer>,
  start: number,
  layout: Record<string, Dtype>,
  fields: Record<string, unknown>,
): void {
  const view = new DataView(bytes.buffer);
  let at = start;
  for (const name in layout) {
    const dtype = layout[name]!;
    if (at + 8 > bytes.length) throw new MalformedMessage(`ends before column ${name}`);
    const length = view.getUint32(at);
    const Type = arrays[dtype];
    if (at + 8 + aligned(length) > bytes.length || length % Type.BYTES_PER_ELEMENT !== 0)
      throw new MalformedMessage(`column ${name} cannot have ${length} bytes`);
    const column =
      length === 0 ? new Type(0) : new Type(bytes.buffer, at + 8, length / Type.BYTES_PER_ELEMENT);
    if (column instanceof Float32Array || column instanceof Float64Array) requireFinite(name, column);
    fields[name] = column;
    at += 8 + aligned(length);
  }
  if (at !== bytes.length) throw new MalformedMessage(`${bytes.length - at} bytes too many`);
}

/** The message that bytes hold; its columns share one copy of them.
 *
 * @throws {MalformedMessage} unless version, length, type, fields and finiteness are right
 */
export function decode(bytes: Uint8Array): AnyMessage {
  const { type, jsonLength } = header(bytes);
  if (headerBytes + aligned(jsonLength) > bytes.length)
    throw new MalformedMessage('ends inside its JSON fields');
  let plain: unknown;
  try {
    plain = JSON.parse(decoder.decode(bytes.subarray(headerBytes, headerBytes + jsonLength)));
  } catch {
    throw new MalformedMessage('its JSON fields cannot be read');
  }
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw new MalformedMessage('its JSON fields are not an object');
  // Fields are added to what JSON gave, in one order: spreading them makes an object that is slow to make and to read.
  const fields = plain as Record<string, unknown>;
  fields['type'] = type;
  readColumns(copied(bytes), headerBytes + aligned(jsonLength), layouts[type], fields);
  return fields as unknown as AnyMessage;
}
