import { expect } from 'chai';
import { createBlend, judge, viewOf } from '../../agents/blend.js';
import { createMemory, remember } from '../../agents/memory.js';
import { sequence } from './allocation/problems.js';

describe('several signals in one view', () => {
  it('comes to believe the source that knows, and the model only as far as it does', () => {
    const assets = 8;
    const blend = createBlend(assets, 2, 1, 60);
    const memory = createMemory(130, new Array<number>(assets).fill(0.01));
    const next = sequence(7);
    const noise = () => Float32Array.from({ length: assets }, () => next());
    let view: Float32Array = new Float32Array(assets);
    let knowing: Float32Array = new Float32Array(assets);
    for (let day = 0; day < 200; day++) {
      remember(memory, noise());
      const outcome = noise();
      knowing = outcome.map((o) => o + 0.5 * next());
      blend.today = Float32Array.from([...noise(), ...knowing]);
      view = viewOf(blend, 0, 1, memory, noise());
      judge(blend, 0, outcome);
    }
    const skill = (s: number) => blend.total[s]! / blend.weight[s]!;
    expect(skill(2)).to.be.greaterThan(0.7);
    for (const other of [0, 1, 3]) expect(Math.abs(skill(other))).to.be.lessThan(0.2);
    const order = (x: Float32Array) => [...x.keys()].sort((a, b) => x[a]! - x[b]!);
    expect(order(view).slice(-2)).to.include(order(knowing).at(-1));
  });

  it('says nothing before anything is known, and a silent source stays unjudged', () => {
    const blend = createBlend(3, 1, 2, 10);
    const memory = createMemory(10, [0.01, 0.01, 0.01]);
    expect(Array.from(viewOf(blend, 0, 2, memory, Float32Array.of(1, 2, 3)))).to.deep.equal([0, 0, 0]);
    judge(blend, 0, Float32Array.of(0.1, 0.2, 0.3));
    expect(blend.weight[0]).to.equal(1);
    expect(blend.weight[1]).to.equal(0);
    expect(blend.total[0]).to.be.closeTo(1, 1e-12);
  });
});
