import { expect } from 'chai';
import { compressions, compressionOf } from '../../core/compression/index.js';
import { stream } from '../../core/random.js';
import { overheard, movedOnDay, repliesOf, type Said } from '../overheard.js';
import { chainOf, column, factsOf, overlaid, smallScenario } from '../small-run.js';
import { checkReply } from '../../coordinator/transport/check-reply.js';
import type { Updates, Welcome } from '../../core/protocol.js';

type Raw = Readonly<Record<string, unknown>>;

const alike: Raw = { learning: { architectures: [{ name: 'linear' }] }, roundEvery: 2 };
const sending = (compression: Raw, more: Raw = {}) =>
  smallScenario(overlaid(overlaid(alike, { federation: { compression } }), more) as Raw);
const spoken = async (scenario: ReturnType<typeof sending>): Promise<Said[]> => {
  const said: Said[] = [];
  await factsOf(scenario, { through: overheard(said) });
  return said;
};
/** What each update of a reply stands for. */
const unpacked = (method: string, { packed, packedSizes }: Updates, length: number): Float32Array[] => {
  let at = 0;
  return Array.from(packedSizes, (size) =>
    compressionOf({ method }).unpack(packed.subarray(at, (at += size)), length)!,
  );
};
/** Deltas of a reply in the clear, one row each. */
const rowsOf = ({ deltas, learners }: Updates): Float32Array[] => {
  const width = deltas.length / learners.length;
  return learners.map((_, i) => deltas.subarray(i * width, (i + 1) * width));
};
const bytesIn = async (compression: Raw): Promise<number[]> => [
  ...new Set(Array.from(column((await factsOf(sending(compression)))[1]!, 'rounds', 'bytes'))),
];

describe('compression of updates', function () {
  this.timeout(60_000);

  for (const method of Object.keys(compressions))
    it(`${method}: the record does not depend on hosts, nor on one that is saved and loaded`, async () => {
      const scenario = sending({ method });
      const one = await chainOf(scenario);
      expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
      expect(await chainOf(scenario, { through: movedOnDay(6) })).to.equal(one);
    });

  it('bytes on the wire are those in the table of rounds, and fewer', async () => {
    const [whole] = await bytesIn({ method: 'none' });
    const d = whole! / 4;
    expect(await bytesIn({ method: 'int8' })).to.deep.equal([d + 4]);
    expect(await bytesIn({ method: 'top-k', share: 0.25 })).to.deep.equal([8 * Math.ceil(d / 4)]);
    for (const method of ['int8', 'top-k'])
      for (const { packed, packedSizes, deltas } of repliesOf(await spoken(sending({ method })), 'updates')) {
        expect(deltas).to.have.length(0);
        expect(packed).to.have.length(packedSizes.reduce((sum, size) => sum + size, 0));
      }
  });

  it('top-k sends the largest numbers as they are, and owes the rest to the next round', async () => {
    const [plain, sparse] = await Promise.all([
      spoken(sending({ method: 'none' })),
      spoken(sending({ method: 'top-k', share: 0.25 })),
    ]);
    const whole = rowsOf(repliesOf(plain, 'updates')[0]!);
    unpacked('top-k', repliesOf(sparse, 'updates')[0]!, whole[0]!.length).forEach((sent, i) => {
      const sizes = whole[i]!.map(Math.abs).sort().reverse();
      const least = sizes[Math.ceil(sizes.length / 4) - 1]!;
      expect(sent.filter((x) => x !== 0)).to.have.length(Math.ceil(sizes.length / 4));
      sent.forEach((x, j) => {
        if (x === 0) expect(Math.abs(whole[i]![j]!)).to.be.at.most(least);
        else expect(x).to.equal(whole[i]![j]);
      });
    });
    const { pack } = compressionOf({ method: 'top-k' });
    const draws = stream({ seed: 1, purpose: 'none' });
    const first = pack(Float32Array.of(3, 1, 2), new Float32Array(3), { share: 0.3 }, draws);
    expect(first.residual).to.deep.equal(Float32Array.of(0, 1, 2));
    const second = pack(Float32Array.of(0, 0, 1), first.residual, { share: 0.3 }, draws);
    expect(compressionOf({ method: 'top-k' }).unpack(second.bytes, 3)).to.deep.equal(
      Float32Array.of(0, 0, 3),
    );
  });

  it('int8 is within a unit of the update, and right on average over coordinates', async () => {
    const [plain, rounded] = await Promise.all(['none', 'int8'].map((method) => spoken(sending({ method }))));
    const whole = rowsOf(repliesOf(plain!, 'updates')[0]!);
    let [off, units, count] = [0, 0, 0];
    unpacked('int8', repliesOf(rounded!, 'updates')[0]!, whole[0]!.length).forEach((sent, i) => {
      const unit = Math.max(...whole[i]!.map(Math.abs)) / 127;
      sent.forEach((x, j) => {
        expect(Math.abs(x - whole[i]![j]!)).to.be.at.most(unit * 1.0001);
        off += (x - whole[i]![j]!) / unit;
        units += Math.abs(x - whole[i]![j]!) / unit;
        count++;
      });
    });
    expect(units / count).to.be.above(0.1);
    expect(Math.abs(off / count)).to.be.below(0.2);
  });

  it('bytes that stand for no update are refused at the door', async () => {
    const said = await spoken(sending({ method: 'top-k' }, { days: 3 }));
    const find = <T extends string>(type: T) => said.find(({ asked }) => asked.type === type)!;
    const [welcome, train] = [find('welcome'), find('train')];
    const terms = { welcome: welcome.asked as Welcome, ready: welcome.reply as never };
    const reply = train.reply as Updates;
    const changed = (change: (bytes: Uint8Array) => void): Updates => {
      const packed = reply.packed.slice();
      change(packed);
      return { ...reply, packed };
    };
    const door = (r: Updates) => () => checkReply(r, train.asked, terms);
    expect(door(reply)).not.to.throw();
    expect(door(changed((b) => b.fill(255, 0, 4)))).to.throw('the bytes of update 0 stand for none');
    const size = reply.packedSizes[0]!;
    const nan = changed((b) => new DataView(b.buffer).setFloat32(size / 2, NaN, true));
    expect(door(nan)).to.throw('the bytes of update 0 stand for none');
    expect(door({ ...reply, packed: reply.packed.slice(8) })).to.throw('stand for none');
    expect(door({ ...reply, deltas: new Float32Array(3) })).to.throw('deltas has 3 values of 0');
  });

  it('says what it does not go with', () => {
    const refused = (more: Raw) => () => sending({ method: 'int8' }, more);
    const at = 'federation.compression.method: "int8"';
    expect(refused({ federation: { privacy: { mechanism: 'dp-fedavg' } } })).to.throw(
      `${at} changes the length`,
    );
    expect(
      refused({ federation: { probes: 0, secureAggregation: { protocol: 'pairwise-masks' } } }),
    ).to.throw(`${at} leaves nothing to save beside "pairwise-masks"`);
    expect(refused({ learning: { architectures: [{ name: 'random-forest' }] } })).to.throw(
      `${at} does not go with random-forest`,
    );
  });
});
