import { expect } from 'chai';
import fc from 'fast-check';
import { pack, unpack, Unreadable } from '../../core/packing.js';

describe('core/packing', () => {
  it('gives back every number, list, object and typed array', () => {
    const value = {
      numbers: [0, -0, NaN, Infinity, -Infinity, 1e-300, Number.MAX_SAFE_INTEGER],
      text: 'κόσμος',
      none: null,
      gone: undefined,
      big: 12345678901234567890n,
      columns: {
        a: Float64Array.of(NaN, -0, 1),
        b: Float32Array.of(0.1),
        c: Int32Array.of(-1),
        d: Uint8Array.of(255),
      },
      view: Float64Array.of(1, 2, 3, 4).subarray(1, 3),
      empty: new Float32Array(0),
    };
    const back = unpack<typeof value>(pack(value));
    expect(back).to.deep.equal(value);
    expect(Object.is(back.numbers[1], -0)).to.equal(true);
    expect(Object.keys(back)).to.include('gone');
  });

  it('keeps what is shared shared, and rings closed', () => {
    const shared = Float64Array.of(1);
    const ring: { self?: unknown; a: Float64Array; b: Float64Array } = { a: shared, b: shared };
    ring.self = ring;
    const back = unpack<typeof ring>(pack(ring));
    expect(back.a).to.equal(back.b);
    expect(back.self).to.equal(back);
  });

  it('reads bytes that lie in a larger buffer', () => {
    const bytes = Buffer.concat([Buffer.alloc(13), pack({ a: Float64Array.of(1, 2) })]).subarray(13);
    expect(unpack(bytes)).to.deep.equal({ a: Float64Array.of(1, 2) });
  });

  it('refuses what is not plain data', () => {
    expect(() => pack({ f: () => 1 })).to.throw(TypeError, 'a function is not plain data');
    expect(() => pack({ m: new Map() })).to.throw(TypeError, 'a Map is not plain data');
  });

  it('law: any JSON survives', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(unpack(pack(value))).to.deep.equal(value);
      }),
    );
  });

  it('law: no prefix of packed bytes is read', () => {
    const bytes = pack({ a: Float64Array.of(1, 2), b: ['x'] });
    for (let length = 0; length < bytes.length; length++)
      expect(() => unpack(bytes.slice(0, length)), `${length} bytes`).to.throw(Unreadable);
  });
});
