import { expect } from 'chai';
import { measures } from '../../coordinator/aggregation/index.js';
import { shamirPrime, shamirSecret, shamirShares } from '../../core/privacy/shamir.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    x: number[][];
    modulus: string;
    pair_masks: Record<string, number[]>;
    shamir: { p: string; secret_and_coeffs: string[] };
  };
  expected: {
    masked: number[][];
    sum: number[];
    sum_after_client2_dropout: number[];
    shares: [number, string][];
    secret: string;
  };
}

describe('truth e07: secure aggregation', () => {
  const truth = (test: Mocha.Context) => sharedJson<Truth>(test, 'truth/e07_secure_aggregation.json');
  const run = (input: unknown) => measures.mask.compute(measures.mask.input.parse(input));

  for (const modulus of [4294967296, '4294967296', '2^32'])
    it(`masks cancel in the sum, modulus ${JSON.stringify(modulus)}`, function () {
      const { inputs, expected } = truth(this);
      const { masked, sum } = expected;
      expect(run({ updates: inputs.x, modulus, pairMasks: inputs.pair_masks })).to.deep.equal({
        masked,
        sum,
      });
    });

  it('a dropout’s masks come out of the sum', function () {
    const { inputs, expected } = truth(this);
    const pairMasks = inputs.pair_masks;
    const answer = run({ updates: inputs.x, modulus: 2 ** 32, pairMasks, dropped: [2] });
    expect(answer).to.have.deep.property('sum', expected.sum_after_client2_dropout);
  });

  it('Shamir shares, and the secret from any three', function () {
    const { inputs, expected } = truth(this);
    const coefficients = inputs.shamir.secret_and_coeffs.map(BigInt);
    const shares = shamirShares(coefficients, 5);
    expect(String(shamirPrime)).to.equal(inputs.shamir.p);
    expect(shares).to.deep.equal(expected.shares.map(([x, y]) => [BigInt(x), BigInt(y)]));
    for (const places of [
      [0, 1, 2],
      [4, 1, 3],
      [2, 3, 4, 0],
    ])
      expect(String(shamirSecret(places.map((k) => shares[k]!)))).to.equal(expected.secret);
  });
});
