import { expect } from 'chai';
import { dequantise, quantise } from '../../../core/privacy/int8.js';
import { fromTopK, topK } from '../../../core/privacy/top-k.js';
import { stream } from '../../../core/random.js';

describe('topK', () => {
  it('sends the largest, keeps the rest, and sends that when it has grown', () => {
    const first = topK(Float32Array.of(3, -4, 2, 2), new Float32Array(4), 2);
    expect([...first.indices]).to.deep.equal([0, 1]);
    expect([...first.residual]).to.deep.equal([0, 0, 2, 2]);
    expect(first.bytes).to.equal(16);
    const second = topK(Float32Array.of(1, 0, 1, 1), first.residual, 1);
    expect([...second.indices]).to.deep.equal([2]);
    expect([...fromTopK(second, 4)]).to.deep.equal([0, 0, 3, 0]);
    expect([...second.residual]).to.deep.equal([1, 0, 0, 3]);
  });

  it('loses nothing: what is sent and what is kept add up', () => {
    const update = Float32Array.of(0.5, -1, 0.25);
    const { residual, ...sent } = topK(update, Float32Array.of(1, 1, 1), 2);
    expect([...fromTopK(sent, 3)].map((value, j) => value + residual[j]!)).to.deep.equal([1.5, 0, 1.25]);
  });
});

describe('quantise', () => {
  it('keeps the ends exactly and rounds by the draw between', () => {
    const at = (uniform: number) => [...quantise(Float32Array.of(127, -127, 0.5, 0), () => uniform).levels];
    expect(at(0.25)).to.deep.equal([127, -127, 0, 0]);
    expect(at(0.75)).to.deep.equal([127, -127, 1, 0]);
    expect(quantise(new Float32Array(3), () => 0.9)).to.deep.equal({
      levels: new Int8Array(3),
      scale: 0,
      bytes: 7,
    });
  });

  it('is right on average', () => {
    const draws = stream({ seed: 1, purpose: 'test-quantise' });
    const values = Float32Array.of(1, 0.333, -0.777);
    const sums = [0, 0, 0];
    for (let k = 0; k < 20000; k++)
      dequantise(quantise(values, () => draws.uniform())).forEach((value, j) => (sums[j]! += value));
    sums.forEach((sum, j) => expect(sum / 20000).to.be.closeTo(values[j]!, 1.5e-4));
  });
});
