import { expect } from 'chai';
import fc from 'fast-check';
import { correlation } from '../../core/numeric.js';
import { openStream, stream, streamKey, type StreamAddress } from '../../core/random.js';

const address: fc.Arbitrary<StreamAddress> = fc.record({
  seed: fc.maxSafeNat(),
  purpose: fc.string({ unit: 'binary', maxLength: 20 }),
  entity: fc.string({ unit: 'binary', maxLength: 20 }),
  day: fc.nat(),
  round: fc.nat(),
});

const draws = (at: StreamAddress, count: number): Float64Array => {
  const source = stream(at);
  return Float64Array.from({ length: count }, () => source.normal());
};

describe('law: randomness is addressed', () => {
  it('an address gives the same numbers, whoever drew before or in between', () => {
    fc.assert(
      fc.property(address, address, (at, other) => {
        const alone = draws(at, 9);
        const source = stream(at);
        const between = stream(other);
        const mixed = Float64Array.from({ length: 9 }, () => {
          between.gamma(0.7);
          return source.normal();
        });
        expect(mixed).to.deep.equal(alone);
      }),
    );
  });

  it('different addresses give different numbers', () => {
    fc.assert(
      fc.property(address, address, (a, b) => {
        fc.pre(JSON.stringify(a) !== JSON.stringify(b));
        expect(draws(a, 4)).not.to.deep.equal(draws(b, 4));
      }),
    );
  });

  it('neighbouring seeds, entities, days and rounds are uncorrelated', () => {
    const base = { seed: 11, purpose: 'noise', entity: 'bank-1', day: 5, round: 1 };
    const neighbours = [
      { ...base, seed: 12 },
      { ...base, purpose: 'noisf' },
      { ...base, entity: 'bank-2' },
      { ...base, day: 6 },
      { ...base, round: 2 },
    ];
    const mine = draws(base, 20000);
    for (const neighbour of neighbours)
      expect(Math.abs(correlation(mine, draws(neighbour, 20000)))).to.be.below(0.03);
  });

  it('the first draws across entities are as random as the draws of one', () => {
    const firsts = Array.from({ length: 20000 }, (_, i) =>
      stream({ seed: 3, purpose: 'x', entity: `b${i}` }).normal(),
    );
    const squares = firsts.map((x) => x * x);
    expect(Math.abs(firsts.reduce((a, b) => a + b, 0) / 20000)).to.be.below(0.03);
    expect(squares.reduce((a, b) => a + b, 0) / 20000).to.be.closeTo(1, 0.04);
    expect(Math.abs(correlation(firsts.slice(1), firsts.slice(0, -1)))).to.be.below(0.03);
  });

  it('a key opened directly is the stream of its address', () => {
    fc.assert(
      fc.property(address, (at) => {
        const key = streamKey(at.seed, at.purpose, at.entity);
        expect(openStream(key, at.day, at.round).normal()).to.equal(stream(at).normal());
      }),
    );
  });
});
