import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createHost } from '../../../agents/host.js';
import { CliError } from '../../../cli/errors.js';
import { planSweep } from '../../../cli/sweep/plan.js';
import { memoryTransport } from '../../../coordinator/transport/memory.js';
import { toFixedPoint } from '../../../core/privacy/fixed-point.js';
import { scaleFor } from '../../../core/privacy/secure/masking.js';
import { encode } from '../../../core/protocol/codec.js';
import type { Host, Message, ReplyTo } from '../../../core/protocol.js';
import { askedOf, movedOnDay, overheard, repliesOf, type Said } from '../../overheard.js';
import { chainOf, column, factsOf, noticesOf, overlaid, smallScenario } from '../../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const open: Raw = {
  learning: { architectures: [{ name: 'linear' }] },
  roundEvery: 4,
  federation: { probes: 0 },
};
const clear = (more: Raw = {}) => smallScenario(overlaid(open, more) as Raw);
const masked = (more: Raw = {}) =>
  clear(overlaid({ federation: { secureAggregation: { protocol: 'pairwise-masks' } } }, more) as Raw);

const spoken = async (scenario: ReturnType<typeof clear>, hosts = 1): Promise<Said[]> => {
  const said: Said[] = [];
  await factsOf(scenario, { hosts, through: overheard(said) });
  return said;
};

/** Hosts whose replies of one type lack an institution from a round on, as if it were gone. */
const without = (id: string, type: string, round: number) => (hosts: readonly Host[]) =>
  memoryTransport(
    hosts.map((host): Host => ({
      async handle<M extends Message>(message: M): Promise<ReplyTo[M['type']]> {
        const reply = await host.handle(message);
        const about = reply as unknown as Record<string, unknown>;
        if (reply.type !== type || about['round'] !== round) return reply;
        const learners = about['learners'] as string[];
        const row = learners.indexOf(id);
        const cut = (value: unknown): unknown => {
          if (!ArrayBuffer.isView(value) || (value as Uint8Array).length % learners.length !== 0)
            return value;
          const array = value as Int32Array;
          const width = array.length / learners.length;
          return array.filter((_, j) => Math.floor(j / width) !== row);
        };
        const kept = ['learners', 'round', 'type', 'satOut', 'skill', 'readings', 'readingValues'];
        return {
          ...Object.fromEntries(
            Object.entries(about).map(([key, value]) => [key, kept.includes(key) ? value : cut(value)]),
          ),
          learners: learners.filter((other) => other !== id),
        } as unknown as ReplyTo[M['type']];
      },
    })),
  );

/** What is said in a run in which one reply of an institution goes missing in the first round. */
async function heardWithout(scenario: ReturnType<typeof clear>, id: string, type: string): Promise<Said[]> {
  const said: Said[] = [];
  await factsOf(scenario, {
    through: (hosts) => {
      const transport = without(id, type, 1)(hosts);
      return overheard(said)([
        { handle: async (message) => (await transport.exchange([message] as never))[0]! as never },
      ]);
    },
  });
  return said;
}

/** The models that go out after each round. */
const models = (said: readonly Said[]) => askedOf(said, 'install').map(({ parameters }) => parameters);

const bytesOf = (array: Float32Array | Uint32Array | Float64Array): Buffer =>
  Buffer.from(array.buffer, array.byteOffset, array.byteLength);

describe('secure aggregation on the wire', function () {
  this.timeout(60_000);

  it('the model is the mean by examples that is sent in the clear, to the resolution of fixed point', async () => {
    const [open_, hidden] = await Promise.all([spoken(clear()), spoken(masked())]);
    expect(models(hidden)).to.have.length(3);
    models(hidden).forEach((model, r) =>
      model.forEach((w, j) => expect(w).to.be.closeTo(models(open_)[r]![j]!, 1e-5)),
    );
  });

  it('no byte of one institution’s update is on the wire, in the clear, weighed or in fixed point', async () => {
    const days = { days: 4 };
    const [open_, hidden] = await Promise.all([spoken(clear(days)), spoken(masked(days), 3)]);
    const { deltas, learners, examples } = repliesOf(open_, 'updates')[0]!;
    const width = deltas.length / learners.length;
    const wire = Buffer.concat(
      hidden.flatMap(({ asked, reply }) => [Buffer.from(encode(asked)), Buffer.from(encode(reply))]),
    );
    const plain = Buffer.concat(open_.map(({ reply }) => Buffer.from(encode(reply))));
    const unit = 45 * 3;
    learners.forEach((_, i) => {
      const delta = deltas.slice(i * width, (i + 1) * width);
      const weighed = Float64Array.from(delta, (d) => (d * examples[i]!) / unit);
      const forms = [
        delta,
        Float64Array.from(delta),
        weighed,
        Float32Array.from(weighed),
        toFixedPoint(weighed, scaleFor(8, 16), 8),
      ];
      for (let j = 0; j + 2 <= width; j += 2) {
        expect(plain.includes(bytesOf(delta.slice(j, j + 2)))).to.equal(true);
        for (const form of forms)
          if (delta[j] !== 0 || delta[j + 1] !== 0)
            expect(wire.includes(bytesOf(form.slice(j, j + 2))), `${j} of ${i}`).to.equal(false);
      }
    });
    for (const { deltas: sent, masked: words } of repliesOf(hidden, 'updates'))
      expect([sent.length, words.length > 0]).to.deep.equal([0, true]);
  });

  it('masks are of the round and of the run: what is sent never repeats, and the record does', async () => {
    const [one, two] = await Promise.all([spoken(masked()), spoken(masked())]);
    const words = [...repliesOf(one, 'updates'), ...repliesOf(two, 'updates')].map((u) => String(u.masked));
    expect(new Set(words).size).to.equal(6);
    expect(models(one)).to.deep.equal(models(two));
  });

  for (const [name, more] of Object.entries({
    'pairwise masks': {},
    'pairwise masks and noise by institutions': {
      federation: { privacy: { mechanism: 'dp-fedavg-adaptive', noise: 'institutions', clip: 0.1 } },
    },
  }))
    it(`${name}: the record does not depend on hosts, nor on one that is saved and loaded`, async () => {
      const scenario = masked(more);
      const one = await chainOf(scenario);
      expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
      expect(await chainOf(scenario, { through: movedOnDay(6) })).to.equal(one);
    });

  for (const [type, id] of [
    ['updates', 'bank-02'],
    ['sealed', 'fund-01'],
    ['keys', 'fund-04'],
  ] as const)
    it(`who drops out before its ${type} arrive is no part of the sum: the model is that of the others`, async () => {
      const [said, others] = await Promise.all([
        heardWithout(masked({ days: 4 }), id, type),
        heardWithout(clear({ days: 4 }), id, 'updates'),
      ]);
      expect(repliesOf(said, 'updates')[0]!.learners).to.not.include(id);
      models(said)[0]!.forEach((w, j) => expect(w).to.be.closeTo(models(others)[0]![j]!, 1e-5));
    });

  it('with too few left nothing is uncovered, on record, and the model stays', async () => {
    const scenario = masked({ federation: { secureAggregation: { threshold: 1 } } });
    const days = await factsOf(scenario, { through: without('bank-02', 'updates', 2) });
    expect(
      noticesOf(days, 'not-aggregated').map(({ day, columns }) => [day, columns['reason']]),
    ).to.deep.equal([[5, ['7 of those who agreed on masks are too few to uncover their sum']]]);
    expect(days[5]!.tables.rounds!['institution']).to.have.length(7);
  });

  it('a host answers one question about a round’s sum, and none with too few delivered', async () => {
    const said = await spoken(masked({ days: 4 }));
    const asked = askedOf(said, 'unmask')[0]!;
    const host = createHost();
    await host.handle(askedOf(said, 'welcome')[0]!);
    const told = (stage: Uint8Array) => Promise.resolve(host.handle({ ...asked, stage }));
    expect((await told(asked.stage.map((s, i) => (i < 3 ? s : 1)))).learners).to.deep.equal([]);
    const again = await told(asked.stage);
    expect(again.learners).to.deep.equal([]);
    const other = createHost();
    await other.handle(askedOf(said, 'welcome')[0]!);
    const first = await Promise.resolve(other.handle(asked));
    expect(first.learners).to.deep.equal(asked.learners);
    expect(await Promise.resolve(other.handle(asked))).to.deep.equal(first);
  });

  it('an update out of range sits out; what single updates would tell is not a number', async () => {
    const scenario = masked({ federation: { secureAggregation: { range: 0.001 } } });
    const days = await factsOf(scenario);
    expect(noticesOf(days, 'sat-out')[0]!.columns['reason']).to.include(
      'its update is out of the range of secure aggregation',
    );
    const open_ = await factsOf(masked());
    for (const name of ['updateNorm', 'distance'])
      expect([...new Set(Array.from(column(open_[1]!, 'rounds', name)))]).to.deep.equal([NaN]);
    expect(new Set(open_[1]!.tables.rounds!['updateHash'] as string[])).to.deep.equal(new Set(['']));
  });
});

describe('secure aggregation that does not go with a scenario', () => {
  const refused = (more: Raw) => () => masked(more);
  const hides = 'federation.secureAggregation.protocol: "pairwise-masks"';
  it('says why, naming both', () => {
    for (const rule of ['median', 'krum', 'foolsgold', 'scaffold', 'gossip'])
      expect(refused({ federation: { aggregation: { rule } } })).to.throw(
        `${hides} gives a rule the sum of updates only, and "${rule}" needs each of them`,
      );
    expect(refused({ record: 'full' })).to.throw('record "full" would hold them');
    expect(refused({ federation: { probes: 8 } })).to.throw('federation.probes 8 ask every model');
    expect(refused({ federation: { membership: 'local' } })).to.throw('a sum is one update');
    expect(refused({ federation: { attacks: [{ kind: 'sign-flip', share: 0.2 }] } })).to.throw(
      'where attack "sign-flip" would change them',
    );
    expect(refused({ federation: { attacks: [{ kind: 'label-flip', share: 0.2 }] } })).not.to.throw();
    expect(refused({ federation: { participation: { lateShare: 0.2 } } })).to.throw('lateShare');
  });
});

describe('a sweep under secure aggregation', () => {
  it('refuses measures that need single updates or models, naming both', () => {
    const folder = mkdtempSync(join(tmpdir(), 'design-'));
    const design = join(folder, 'design.yaml');
    const points =
      'table:\n  - { label: open }\n  - { label: masked, federation.probes: 0, federation.secureAggregation: { protocol: pairwise-masks } }\n';
    const write = (metric: string): void =>
      writeFileSync(
        design,
        `name: it\nquestion: What of it?\nscenario: monoculture/baseline\ndesign: table\n${points}replications: 1\nmetrics: [crowding, ${metric}]\n`,
      );
    try {
      write('parameterDispersion');
      expect(() => planSweep(design)).to.throw(
        CliError,
        /design\.yaml:9:21: metrics: "parameterDispersion" needs single updates or models, which federation\.secureAggregation "pairwise-masks" of the point "masked"/,
      );
      write('lsv');
      expect(planSweep(design).scenarios).to.have.length(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
