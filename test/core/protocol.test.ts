import { expect } from 'chai';
import fc from 'fast-check';
import { decode, encode, MalformedMessage } from '../../core/protocol/codec.js';
import { protocolVersion, type AnyMessage } from '../../core/protocol.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const f64 = fc.array(finite, { maxLength: 9 }).map((v) => Float64Array.from(v));
const f32 = fc
  .array(fc.float({ noNaN: true, noDefaultInfinity: true }), { maxLength: 9 })
  .map((v) => Float32Array.from(v));
const i32 = fc
  .array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 9 })
  .map((v) => Int32Array.from(v));
const u8 = fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 9 }).map((v) => Uint8Array.from(v));
const count = fc.nat(1_000_000);
const name = fc.string({ unit: 'grapheme', maxLength: 12 });
const said = fc.array(fc.record({ id: name, reason: name }), { maxLength: 3 });
const json = fc.jsonValue();
const names = fc.array(name, { maxLength: 4 });

/** What any message of each type may hold; fields that travel as JSON are any JSON. */
const messages: { readonly [T in AnyMessage['type']]: Readonly<Record<string, fc.Arbitrary<unknown>>> } = {
  welcome: {
    version: count,
    brief: json,
    seats: json,
    pools: json,
    architecture: i32,
    historyReturns: f32,
    historySources: f32,
    publicReturns: f32,
  },
  ready: {
    version: count,
    engine: name,
    parameterCounts: i32,
    blocks: i32,
    initial: f32,
    features: count,
    models: json,
    flopsPerForecast: f64,
    flopsPerStep: f64,
    flopsPerRefit: f64,
    flopsPerRefitRow: f64,
  },
  observe: {
    day: count,
    logPrices: f64,
    volume: f64,
    online: u8,
    generation: i32,
    architecture: i32,
    cash: f64,
    assetsUsd: f64,
    equityUsd: f64,
    leverageCap: f64,
    units: f64,
    sources: f32,
    atLoss: f64,
    flipped: u8,
  },
  train: {
    round: count,
    asked: u8,
    probes: f32,
    meanForecasts: f32,
    bounds: f64,
    countNoise: f64,
    circles: json,
    publicKeys: u8,
    present: u8,
    scales: f64,
    unitExamples: count,
  },
  invite: { round: count, asked: u8 },
  keys: { round: count, learners: names, publicKeys: u8 },
  share: { round: count, circles: json, publicKeys: u8 },
  sealed: { round: count, learners: names, sealed: u8, sizes: i32 },
  unmask: { round: count, circles: json, publicKeys: u8, stage: u8, learners: names, sealed: u8 },
  revealed: { round: count, learners: names, shares: u8, sizes: i32 },
  updates: {
    round: count,
    learners: names,
    architecture: i32,
    examples: i32,
    loss: f64,
    localSteps: i32,
    deltas: f32,
    controls: f32,
    within: f64,
    masked: i32,
    packed: u8,
    packedSizes: i32,
    accounts: json,
    satOut: said,
    skill: f64,
    readings: json,
    readingValues: f64,
  },
  install: { round: count, federations: json, parameters: f32, controls: f32 },
  decide: { day: count },
  decisions: { day: count, orders: f64, mean: f32, stdDev: f32, acted: u8, held: said },
  probe: { inputs: f32 },
  'probe-reply': { forecasts: f32, kernels: f32 },
  save: { day: count },
  saved: { hash: name, state: u8 },
  load: { day: count, hash: name, state: u8 },
  farewell: {},
  done: {},
};
const types = Object.keys(messages) as AnyMessage['type'][];
const ofType = (type: AnyMessage['type']): fc.Arbitrary<AnyMessage> =>
  fc.record({ type: fc.constant(type), ...messages[type] }) as unknown as fc.Arbitrary<AnyMessage>;
const anyMessage = fc.constantFrom(...types).chain(ofType);

/** JSON has no -0; a field that travels as JSON may lose its sign and nothing else. */
const asJson = (message: AnyMessage): unknown =>
  Object.fromEntries(
    Object.entries(message).map(([key, value]) => [
      key,
      ArrayBuffer.isView(value) ? value : (JSON.parse(JSON.stringify(value)) as unknown),
    ]),
  );

const sample: AnyMessage = {
  type: 'decisions',
  day: 7,
  orders: Float64Array.of(1.5, -2),
  mean: Float32Array.of(0.25),
  stdDev: Float32Array.of(1),
  acted: Uint8Array.of(1),
  held: [{ id: 'bank-01', reason: 'ß' }],
};

/** The sample's bytes with some of them changed. */
function spoilt(change: (view: DataView, bytes: Uint8Array) => void): Uint8Array {
  const bytes = encode(sample).slice();
  change(new DataView(bytes.buffer), bytes);
  return bytes;
}

describe('the protocol’s codec', () => {
  for (const type of types)
    it(`gives a ${type} message back, bit for bit`, () => {
      fc.assert(
        fc.property(ofType(type), (message) => {
          expect(decode(encode(message))).to.deep.equal(asJson(message));
        }),
        { numRuns: 40 },
      );
    });

  it('keeps the bits of numbers in columns, the sign of zero and subnormals included', () => {
    const orders = Float64Array.of(-0, 5e-324, 1 / 3, -Number.MAX_VALUE);
    const back = decode(encode({ ...sample, orders })) as unknown as { orders: Float64Array };
    expect(new Uint8Array(back.orders.slice().buffer)).to.deep.equal(new Uint8Array(orders.buffer));
  });

  it('gives owned copies: bytes that change later change nothing', () => {
    const bytes = encode(sample);
    const back = decode(bytes) as unknown as { orders: Float64Array };
    bytes.fill(0);
    expect(Array.from(back.orders)).to.deep.equal([1.5, -2]);
  });

  it('reads bytes that lie anywhere in a larger buffer', () => {
    const bytes = encode(sample);
    const buffer = new Uint8Array(bytes.length + 5);
    buffer.set(bytes, 3);
    expect(decode(buffer.subarray(3, 3 + bytes.length))).to.deep.equal(sample);
  });

  it('refuses every shorter message', () => {
    const bytes = encode(sample);
    for (let length = 0; length < bytes.length; length++)
      expect(() => decode(bytes.slice(0, length)), `${length} bytes`).to.throw(MalformedMessage);
  });

  it('refuses a message with bytes to spare', () => {
    const bytes = encode(sample);
    const longer = new Uint8Array(bytes.length + 8);
    longer.set(bytes);
    expect(() => decode(longer)).to.throw(MalformedMessage, 'header says');
    new DataView(longer.buffer).setUint32(12, longer.length);
    expect(() => decode(longer)).to.throw(MalformedMessage, 'too many');
  });

  it('refuses another mark, another version, and an unknown type', () => {
    expect(() => decode(spoilt((view) => view.setUint32(0, 0x47455420)))).to.throw(MalformedMessage, 'mark');
    expect(() => decode(spoilt((view) => view.setUint16(4, protocolVersion + 1)))).to.throw(
      MalformedMessage,
      `version ${protocolVersion + 1}`,
    );
    expect(() => decode(spoilt((view) => view.setUint16(6, types.length)))).to.throw(
      MalformedMessage,
      'unknown type',
    );
  });

  it('refuses numbers that are none, and says where', () => {
    for (const bad of [NaN, Infinity, -Infinity]) {
      const orders = Float64Array.of(1, bad);
      expect(() => decode(encode({ ...sample, orders }))).to.throw(MalformedMessage, 'orders[1]');
      const mean = Float32Array.of(bad);
      expect(() => decode(encode({ ...sample, mean }))).to.throw(MalformedMessage, 'mean[0]');
    }
  });

  it('refuses columns of a length that is no whole number of values, or beyond the message', () => {
    const json = new DataView(encode(sample).buffer).getUint32(8);
    const first = 16 + ((json + 7) & ~7);
    expect(() => decode(spoilt((view) => view.setUint32(first, 15)))).to.throw(MalformedMessage, 'orders');
    expect(() => decode(spoilt((view) => view.setUint32(first, 0xfffffff8)))).to.throw(MalformedMessage);
  });

  it('refuses a column that says it has half of all bytes there can be', () => {
    const first = 16 + Math.ceil(new DataView(encode(sample).buffer).getUint32(8) / 8) * 8;
    for (const length of [0x80000000, 0xfffffff8, 0x7ffffff8])
      expect(() => decode(spoilt((view) => view.setUint32(first, length)))).to.throw(MalformedMessage);
  });

  it('refuses fields that are not JSON, not an object, or not text', () => {
    expect(() => decode(spoilt((_, bytes) => bytes.fill(0x7b, 16, 18)))).to.throw(MalformedMessage, 'JSON');
    expect(() => decode(spoilt((_, bytes) => bytes.fill(0xff, 18, 20)))).to.throw(MalformedMessage, 'JSON');
    expect(() => decode(spoilt((view) => view.setUint32(8, 0xffffff)))).to.throw(MalformedMessage, 'JSON');
  });

  it('answers any bytes with a message or MalformedMessage, and nothing else', () => {
    const damaged = fc
      .tuple(anyMessage, fc.array(fc.tuple(fc.nat(400), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }))
      .map(([message, edits]) => {
        const bytes = encode(message).slice();
        for (const [at, value] of edits) bytes[at % bytes.length] = value;
        return bytes;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        try {
          expect(types).to.include(decode(bytes).type);
        } catch (error) {
          expect(error).to.be.instanceOf(MalformedMessage);
        }
      }),
      { numRuns: 500 },
    );
  });
});
