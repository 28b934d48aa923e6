import { expect } from 'chai';
import fc from 'fast-check';
import { measures } from '../../../coordinator/aggregation/index.js';
import { fromFixedPoint, toFixedPoint } from '../../../core/privacy/fixed-point.js';
import { mask, modularRing, unmask, wordRing } from '../../../core/privacy/masks.js';
import { shamirPrime, shamirSecret, shamirShares } from '../../../core/privacy/shamir.js';

const word = fc.nat(0xffffffff);

describe('pairwise masks', () => {
  it('the lower place adds, the higher subtracts, mod 2³²', () => {
    const [low, high] = [Uint32Array.of(1), Uint32Array.of(10)];
    mask(wordRing, low, 0, new Map([[1, Uint32Array.of(4294967295)]]));
    mask(wordRing, high, 1, new Map([[0, Uint32Array.of(4294967295)]]));
    expect([low[0], high[0]]).to.deep.equal([0, 11]);
  });

  it('law: words and big integers agree, and survivors’ sums are exact whoever drops out', () => {
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 4, maxLength: 4 }),
        fc.array(word, { minLength: 6, maxLength: 6 }),
        fc.subarray([0, 1, 2, 3], { minLength: 1 }),
        (values, masks, survivors) => {
          const pairs = [0, 1, 2, 3].flatMap((i) => [0, 1, 2, 3].filter((j) => j > i).map((j) => [i, j]));
          const shared = (i: number, j: number) =>
            masks[pairs.findIndex(([a, b]) => a === Math.min(i, j) && b === Math.max(i, j))]!;
          const others = (i: number, among: readonly number[]) => among.filter((j) => j !== i);
          const dropped = others(-1, [0, 1, 2, 3]).filter((i) => !survivors.includes(i));
          const [words, ring] = [Uint32Array.of(0), modularRing(2n ** 32n)];
          const big = [0n];
          for (const i of survivors) {
            const [a, b] = [Uint32Array.of(values[i]!), [BigInt(values[i]!)]];
            const mine = others(i, [0, 1, 2, 3]);
            mask(wordRing, a, i, new Map(mine.map((j) => [j, Uint32Array.of(shared(i, j))])));
            mask(ring, b, i, new Map(mine.map((j) => [j, [BigInt(shared(i, j))]])));
            wordRing.add(words, a);
            ring.add(big, b);
            unmask(wordRing, words, i, new Map(dropped.map((j) => [j, Uint32Array.of(shared(i, j))])));
            unmask(ring, big, i, new Map(dropped.map((j) => [j, [BigInt(shared(i, j))]])));
          }
          const exact = survivors.reduce((sum, i) => sum + BigInt(values[i]!), 0n) % 2n ** 32n;
          expect([BigInt(words[0]!), big[0]]).to.deep.equal([exact, exact]);
        },
      ),
    );
  });

  it('measure: big moduli in quotes, bad pairs and places named', () => {
    const run = (input: unknown) => measures.mask.compute(measures.mask.input.parse(input));
    const big = { updates: [['2305843009213693950'], [3]], modulus: '2^61', pairMasks: { '0-1': [5] } };
    expect(run(big)).to.deep.equal({ masked: [['3'], ['2305843009213693950']], sum: ['1'] });
    const paths = (input: object) =>
      measures.mask.input
        .safeParse({ updates: [[1], [2]], modulus: 7, pairMasks: {}, ...input })
        .error!.issues.map(({ path }) => path.join('.'));
    expect(paths({ pairMasks: { '1-0': [1] } })).to.deep.equal(['pairMasks.1-0']);
    expect(paths({ pairMasks: { '0-2': [1] } })).to.deep.equal(['pairMasks.0-2']);
    expect(paths({ pairMasks: { '0-1': [1, 2] } })).to.deep.equal(['pairMasks.0-1']);
    expect(paths({ dropped: [0, 0] })).to.deep.equal(['dropped.1']);
    expect(paths({ updates: [[1], [2.5]] })).to.deep.equal(['updates.1.0']);
    expect(paths({ modulus: 1 })).to.deep.equal(['modulus']);
  });
});

describe('fixed point', () => {
  it('sums come back signed', () => {
    const sum = toFixedPoint([-1.5, 2.25], 1024, 2);
    wordRing.add(sum, toFixedPoint([0.5, -3], 1024, 2));
    expect([...fromFixedPoint(sum, 1024)]).to.deep.equal([-1, -0.75]);
  });

  it('refuses what could overflow the sum, and what is no number', () => {
    expect(() => toFixedPoint([2 ** 21], 1024, 1)).to.throw(RangeError, /does not fit/);
    expect(() => toFixedPoint([NaN], 1024, 1)).to.throw(RangeError);
  });
});

describe('Shamir', () => {
  const element = fc.bigInt({ min: 0n, max: shamirPrime - 1n });

  it('law: any threshold of shares gives the secret', () => {
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 4 }),
        fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 4 }),
        (coefficients, places) => {
          const shares = shamirShares(coefficients, 5);
          expect(shamirSecret(places.map((k) => shares[k]!))).to.equal(coefficients[0]);
        },
      ),
    );
  });

  it('one share too few says nothing of the secret; one place twice is refused', () => {
    const shares = shamirShares([7n, 1n], 3);
    expect(shamirSecret(shares.slice(0, 1))).to.not.equal(7n);
    expect(() => shamirSecret([shares[0]!, shares[0]!])).to.throw(RangeError);
  });
});
