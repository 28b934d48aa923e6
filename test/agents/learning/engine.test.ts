import { expect } from 'chai';
import { openEngine } from '../../../agents/learning/engine.js';
import { interpreter } from '../../../agents/learning/interpreter/interpreter.js';
import { webAssembly } from '../../../agents/learning/interpreter/webassembly.js';
import { oracle } from '../../../agents/learning/oracle.js';
import { engineKind, preferredBackend } from '../../../agents/learning/preferred-backend.js';

describe('engine', () => {
  it('says what it runs on, and takes any backend', () => {
    expect(openEngine().kind).to.equal(engineKind());
    expect(preferredBackend.kind).to.equal(interpreter() ? 'wasm-simd' : 'oracle');
    expect(openEngine({ backend: oracle }).kind).to.equal('oracle');
  });

  it('has no interpreter where the platform has no WebAssembly, or none with SIMD', function () {
    if (!webAssembly) this.skip();
    expect(interpreter({ ...webAssembly, validate: () => false })).to.equal(undefined);
  });

  it('spreads more blocks than one memory holds over several', () => {
    const placed = openEngine({ backend: oracle, agentBytes: 4000 }).place(25, 100);
    expect(placed.map(({ first, count }) => [first, count])).to.deep.equal([
      [0, 10],
      [10, 10],
      [20, 5],
    ]);
    expect(new Set(placed.map(({ memory }) => memory)).size).to.equal(3);
  });

  it('shares one memory between cohorts as long as it has room', () => {
    const engine = openEngine({ backend: oracle });
    const [first, second] = [engine.place(3, 100), engine.place(3, 100)];
    expect(second[0]!.memory).to.equal(first[0]!.memory);
    expect(second[0]!.at).to.be.at.least(first[0]!.at + 300);
  });

  it('uses the room of one call for the next, and for agents once it has moved', () => {
    const engine = openEngine({ backend: oracle });
    const { memory } = engine.place(1, 64)[0]!;
    const room = memory.workspace(1600);
    expect(memory.workspace(800)).to.equal(room);
    expect(memory.workspace(160_000)).to.equal(room);
    const { at } = engine.place(1, 64)[0]!;
    expect(at).to.be.at.least(room + 160_000);
    const moved = memory.workspace(320_000);
    expect(moved).to.be.at.least(at + 64);
    memory.floats().fill(7, room, room + 160_000);
    const taken = engine.place(2, 64)[0]!.at;
    expect(taken).to.be.within(room, room + 160_000 - 128);
    expect(
      memory
        .floats()
        .subarray(taken, taken + 128)
        .every((value) => value === 0),
    ).to.equal(true);
    expect(engine.place(1, 64)[0]!.at).to.be.within(taken + 128, room + 160_000 - 64);
  });

  it('says how much was asked of how much', () => {
    const engine = openEngine({ backend: { ...oracle, maximumBytes: 4096 }, agentBytes: 1024 });
    const { memory } = engine.place(1, 16)[0]!;
    expect(() => memory.workspace(2048)).to.throw(/needs \d{4} bytes of a memory that holds at most 4096/);
  });

  for (const backend of [oracle, preferredBackend])
    it(`keeps what a memory holds when it grows (${backend.kind})`, () => {
      const { memory, at } = openEngine({ backend }).place(1, 4)[0]!;
      memory.floats().set([1, 2, 3, 4], at);
      const before = memory.floats();
      memory.workspace(2_000_000);
      expect(memory.floats()).not.to.equal(before);
      expect([...memory.floats().subarray(at, at + 4)]).to.deep.equal([1, 2, 3, 4]);
    });
});
