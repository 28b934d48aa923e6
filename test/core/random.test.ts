import { expect } from 'chai';
import { openStream, stream, streamKey, type StreamAddress } from '../../core/random.js';

/** The first draws of every kind at an address, in one order. */
function firstDraws(address: StreamAddress): unknown[] {
  const source = stream(address);
  return [
    source.uint32(),
    source.uint32(),
    source.uniform(),
    source.normal(),
    source.studentT(4),
    source.exponential(),
    source.gamma(2.5),
    source.gamma(0.3),
    source.poisson(3),
    source.poisson(300),
    source.integer(10),
    source.integer(2 ** 40),
    source.shuffle([1, 2, 3, 4, 5, 6]).join(''),
  ];
}

describe('random: golden draws', () => {
  it('of a seed and a purpose', () => {
    expect(firstDraws({ seed: 0, purpose: 'returns' })).to.deep.equal([
      0xfdf75ba7,
      0x651cf569,
      0.18254003882715686,
      -1.1760046112263536,
      0.5071966508181709,
      0.9516417481027586,
      0.883079644312703,
      0.10706537089067335,
      3,
      297,
      8,
      616660893477,
      '451326',
    ]);
  });

  it('of an entity on a day', () => {
    const address = { seed: 42, purpose: 'signal-noise', entity: 'bank-07', day: 3 };
    expect(firstDraws(address)).to.deep.equal([
      0x2df9478d,
      0x74697709,
      0.3115751126533398,
      0.14671663235029128,
      0.3276758164818157,
      0.6552481507746856,
      1.4097801582930565,
      0.00012799731991895423,
      2,
      284,
      7,
      676630235531,
      '352641',
    ]);
  });

  it('of the largest seed, in a round', () => {
    const address = { seed: 2 ** 53 - 1, purpose: 'participation', entity: 'fund-é', day: 250, round: 2 };
    expect(firstDraws(address)).to.deep.equal([
      0x0abbcc78,
      0xdefd9fb0,
      0.591402563209496,
      2.0206965617984274,
      0.4317230436679247,
      0.11796113292552976,
      3.3561598062240616,
      0.00045536016210157503,
      1,
      294,
      9,
      804492023375,
      '216354',
    ]);
  });
});

describe('stream', () => {
  const key = streamKey(7, 'words');

  it('takes the documented number of words for each draw', () => {
    const counts = [
      ['uint32', 1, (s: ReturnType<typeof openStream>) => s.uint32()],
      ['uniform', 2, (s: ReturnType<typeof openStream>) => s.uniform()],
      ['normal', 2, (s: ReturnType<typeof openStream>) => s.normal()],
      ['studentT', 4, (s: ReturnType<typeof openStream>) => s.studentT(3)],
      ['unitStudentT', 4, (s: ReturnType<typeof openStream>) => s.unitStudentT(3)],
      ['exponential', 2, (s: ReturnType<typeof openStream>) => s.exponential()],
      ['small poisson', 2, (s: ReturnType<typeof openStream>) => s.poisson(4)],
      ['narrow integer', 1, (s: ReturnType<typeof openStream>) => s.integer(256)],
      ['wide integer', 2, (s: ReturnType<typeof openStream>) => s.integer(2 ** 53)],
    ] as const;
    for (const [name, words, draw] of counts) {
      const drawn = openStream(key, 1);
      const counted = openStream(key, 1);
      draw(drawn);
      for (let word = 0; word < words; word += 1) counted.uint32();
      expect(drawn.uint32(), name).to.equal(counted.uint32());
    }
  });

  it('differs by day and by round, and starts anew when opened anew', () => {
    const first = (day: number, round: number): number => openStream(key, day, round).uint32();
    const words = [first(0, 0), first(1, 0), first(0, 1), first(1, 1), first(2 ** 32 - 1, 0)];
    expect(new Set(words).size).to.equal(words.length);
    expect(first(1, 1)).to.equal(words[3]);
    expect(openStream(key).uint32()).to.equal(words[0]);
  });

  it('refuses days and rounds that are not whole numbers in range', () => {
    for (const day of [-1, 0.5, 2 ** 32, NaN]) expect(() => openStream(key, day)).to.throw(RangeError, 'day');
    expect(() => openStream(key, 0, -1)).to.throw(RangeError, 'round -1');
  });

  it('refuses laws that do not exist', () => {
    const source = openStream(key);
    for (const df of [0, -1, NaN, Infinity]) expect(() => source.studentT(df)).to.throw(RangeError);
    expect(() => source.unitStudentT(2)).to.throw(RangeError, 'variance is infinite');
    for (const shape of [0, -1, NaN]) expect(() => source.gamma(shape)).to.throw(RangeError);
    for (const mean of [-1, NaN, Infinity]) expect(() => source.poisson(mean)).to.throw(RangeError);
    for (const n of [0, -1, 1.5, NaN, 2 ** 54]) expect(() => source.integer(n)).to.throw(RangeError);
    expect(() => source.choice([])).to.throw(RangeError, 'no items');
  });

  it('shuffles in place and keeps every item', () => {
    const items = Float64Array.from({ length: 50 }, (_, i) => i);
    const shuffled = openStream(key).shuffle(items);
    expect(shuffled).to.equal(items);
    expect([...items]).not.to.deep.equal([...items].sort((a, b) => a - b));
    expect([...items].sort((a, b) => a - b)).to.deep.equal(Array.from({ length: 50 }, (_, i) => i));
    expect(openStream(key).shuffle([])).to.deep.equal([]);
  });
});
