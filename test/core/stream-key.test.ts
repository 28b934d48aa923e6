import { expect } from 'chai';
import { powerOfTwo } from '../../core/float-bits.js';
import { assertDistinctAddresses, streamKey, type Address } from '../../core/random.js';

const spelled = (seed: number, ...address: readonly [string, string?]): string => {
  const { low, high } = streamKey(seed, ...address);
  return `${high.toString(16)}:${low.toString(16)}`;
};

describe('streamKey', () => {
  it('tells apart addresses that spell alike, and seeds that share their lower bits', () => {
    const keys = [
      spelled(1, 'ab', 'c'),
      spelled(1, 'a', 'bc'),
      spelled(1, 'abc'),
      spelled(1, '', 'abc'),
      spelled(1, 'abc\0'),
      spelled(1, 'abc', '\0'),
      spelled(1, ''),
      spelled(1, 'c', 'ab'),
      spelled(2, 'ab', 'c'),
      spelled(1 + 2 ** 32, 'ab', 'c'),
      spelled(2 ** 53 - 1, 'ab', 'c'),
      spelled(1, 'é'),
      spelled(1, 'e\u0301'),
    ];
    expect(new Set(keys).size).to.equal(keys.length);
    expect(spelled(1, 'a')).to.equal(spelled(1, 'a', ''));
  });

  it('changes half of all its bits with any bit of the seed or of a text', () => {
    const bits = (x: number): number => x.toString(2).replaceAll('0', '').length;
    const text = 'institution-07';
    const base = streamKey(0, 'noise', text);
    const others = [
      ...Array.from({ length: 53 }, (_, bit) => streamKey(powerOfTwo(bit), 'noise', text)),
      ...Array.from(text, (_, at) => {
        const changed = String.fromCharCode(text.charCodeAt(at) ^ 1);
        return streamKey(0, 'noise', text.slice(0, at) + changed + text.slice(at + 1));
      }),
    ];
    let total = 0;
    for (const { low, high } of others) {
      const flipped = bits((low ^ base.low) >>> 0) + bits((high ^ base.high) >>> 0);
      expect(flipped).to.be.within(14, 50);
      total += flipped;
    }
    expect(total / others.length).to.be.within(30, 34);
  });

  it('refuses seeds that are not whole numbers from 0 to 2^53 - 1', () => {
    for (const seed of [-1, 0.5, NaN, Infinity, 2 ** 53])
      expect(() => streamKey(seed, 'x')).to.throw(RangeError, 'seed');
  });
});

describe('assertDistinctAddresses', () => {
  it('accepts a large roster, and one address twice', () => {
    const roster = Array.from({ length: 5000 }, (_, i): Address => ['noise', `bank-${i}`]);
    expect(() => assertDistinctAddresses(5, roster)).not.to.throw();
    expect(() => assertDistinctAddresses(5, [...roster, roster[0]!])).not.to.throw();
  });

  it('names both addresses of a collision', () => {
    // Found by running Philox backwards: no roster of readable ids is expected to hold one.
    const twin = '\u6302\uc03a\u5f0d\u6319\u5538\uf3f7\ub180\u2dc0';
    expect(streamKey(1, '', twin)).to.deep.equal(streamKey(1, '', 'bank-007'));
    const roster: Address[] = [
      ['', 'bank-007'],
      ['', twin],
    ];
    expect(() => assertDistinctAddresses(1, roster)).to.throw(
      `("", "bank-007") and ("", "${twin}") collide under seed 1`,
    );
    expect(() => assertDistinctAddresses(2, roster)).not.to.throw();
  });
});
