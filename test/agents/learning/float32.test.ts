import { expect } from 'chai';
import { exp, log, tanh } from '../../../core/numeric.js';
import { exp32, log32, sigmoid32, tanh32 } from '../../../agents/learning/oracle/float32.js';

const bits = new Int32Array(1);
const float = new Float32Array(bits.buffer);

function bitsOf(x: number): number {
  float[0] = x;
  return bits[0]!;
}

function floatOf(word: number): number {
  bits[0] = word;
  return float[0]!;
}

const inputs = Array.from({ length: 4001 }, (_, i) => Math.fround((i - 2000) / 100));

describe('float32 functions', () => {
  it('exp, tanh and sigmoid are right to a few last places', () => {
    for (const x of inputs) {
      expect(exp32(x) / exp(x), `exp ${x}`).to.be.closeTo(1, 3e-7);
      expect(tanh32(x), `tanh ${x}`).to.be.closeTo(tanh(x), 3e-7);
      expect(sigmoid32(x), `sigmoid ${x}`).to.be.closeTo(1 / (1 + exp(-x)), 2e-7);
    }
  });

  it('log is right to a few last places, and no number below 0', () => {
    for (const x of inputs.map((value) => Math.fround(exp(value))))
      expect(log32(x, bitsOf(x), floatOf), `log ${x}`).to.be.closeTo(log(x), 1e-6 + 2e-7 * Math.abs(log(x)));
    expect(log32(-1, bitsOf(-1), floatOf)).to.be.NaN;
    expect(log32(0, 0, floatOf)).to.be.NaN;
  });

  it('tanh stays within 1 and is odd', () => {
    for (const x of inputs) {
      expect(Math.abs(tanh32(x))).to.be.at.most(1);
      expect(tanh32(-x)).to.equal(-tanh32(x));
    }
  });
});
