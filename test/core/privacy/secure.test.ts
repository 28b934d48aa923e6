import { expect } from 'chai';
import { agreed, keyPair } from '../../../core/privacy/secure/agreement.js';
import { derive, maskWords } from '../../../core/privacy/secure/derive.js';
import { scaleFor } from '../../../core/privacy/secure/masking.js';
import { opened, seal } from '../../../core/privacy/secure/sealing.js';
import { seedOf, seedShares } from '../../../core/privacy/secure/seed-shares.js';
import { shamirWeights } from '../../../core/privacy/shamir.js';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

describe('what secure aggregation is made of', () => {
  it('X25519: the keys and the secret of RFC 7748, section 6.1', () => {
    const pair = (secret: string) => keyPair(hex(secret));
    const [a, b] = [
      pair('77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a'),
      pair('5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb'),
    ];
    expect(Buffer.from(a.publicKey).toString('hex')).to.equal(
      '8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a',
    );
    const secret = '4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742';
    expect(Buffer.from(agreed(a, b.publicKey)).toString('hex')).to.equal(secret);
    expect(Buffer.from(agreed(b, a.publicKey)).toString('hex')).to.equal(secret);
  });

  it('purposes separate keys; a mask is as long as asked, and a longer one begins with it', () => {
    const secret = hex('00'.repeat(32));
    expect(derive(secret, 'a', 32)).not.to.deep.equal(derive(secret, 'b', 32));
    const [short, long] = [maskWords(secret, 'a', 3), maskWords(secret, 'a', 5)];
    expect(long.subarray(0, 3)).to.deep.equal(short);
    expect(new Set(long).size).to.equal(5);
  });

  it('what is sealed opens with its secret and purpose only, and not where a byte was changed', () => {
    const [secret, other] = [hex('01'.repeat(32)), hex('02'.repeat(32))];
    const sealed = seal(secret, 'to bank-01', hex('c0ffee'));
    expect(Buffer.from(opened(secret, 'to bank-01', sealed)!).toString('hex')).to.equal('c0ffee');
    expect(opened(other, 'to bank-01', sealed)).to.equal(undefined);
    expect(opened(secret, 'to bank-02', sealed)).to.equal(undefined);
    sealed[0]! ^= 1;
    expect(opened(secret, 'to bank-01', sealed)).to.equal(undefined);
  });

  it('any threshold of shares gives the seed; one fewer gives none, or another', () => {
    const seed = hex('ff0102030405060708090a0b0c0d0eff');
    const shares = seedShares(seed, hex('07'.repeat(32)), 3, [0, 1, 2, 3, 4]);
    const from = (...places: number[]) =>
      seedOf(
        places.map((p) => shares[p]!),
        shamirWeights(places.map((p) => BigInt(p + 1))),
      );
    expect(from(0, 1, 2)).to.deep.equal(seed);
    expect(from(4, 1, 3)).to.deep.equal(seed);
    expect(from(4, 1)).not.to.deep.equal(seed);
    expect(seedShares(seed, hex('07'.repeat(32)), 3, [2])[0]).to.deep.equal(shares[2]);
  });

  it('the scale is the largest power of two whose sums fit', () => {
    expect(scaleFor(8, 16)).to.equal(2 ** 23);
    expect(scaleFor(100, 16)).to.equal(2 ** 20);
    expect(scaleFor(3, 1e9)).to.equal(0.5);
  });
});
