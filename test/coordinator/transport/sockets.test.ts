import { expect } from 'chai';
import fc from 'fast-check';
import { Answering } from '../../../agents/answering.js';
import { createHost } from '../../../agents/host.js';
import { memoryKeeper } from '../../../agents/host/keeper.js';
import { absencesOf, everybody, replayAbsences } from '../../../coordinator/presence.js';
import { simulate } from '../../../coordinator/simulate.js';
import { HostLost } from '../../../coordinator/transport/host-lost.js';
import { memoryTransport } from '../../../coordinator/transport/memory.js';
import { planHosts } from '../../../coordinator/transport/plan.js';
import type { DayFacts } from '../../../core/events.js';
import { endEvent } from '../../../core/handshake.js';
import type { Message, Reply } from '../../../core/protocol.js';
import { decode, encode } from '../../../core/protocol/codec.js';
import type { Scenario } from '../../../core/scenario.js';
import { createStage } from '../../../market/stage.js';
import { factsOf, noticesOf, recordOf, smallScenario } from '../../small-run.js';
import { bearing, Pretended, run, stand } from './pretended.js';

const chain = (scenario: Scenario, days: readonly DayFacts[]): string => recordOf(scenario, days).chain;

const refusal = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

type Spoil = (answer: Uint8Array, message: Message) => unknown;

/** Changes one kind of reply. */
const lying =
  <T extends Reply['type']>(type: T, change: (reply: Extract<Reply, { type: T }>) => object): Spoil =>
  (answer) => {
    const reply = decode(answer) as Reply;
    return encode(
      reply.type === type ? { ...reply, ...change(reply as Extract<Reply, { type: T }>) } : reply,
    );
  };

describe('coordinator/transport/sockets', function () {
  this.timeout(120_000);
  const scenario = smallScenario({ days: 7, roundEvery: 2 });
  let expected: string;
  before(async () => {
    expected = chain(scenario, await factsOf(scenario));
  });

  it('gives the bytes of one process', async () => {
    for (const hosts of [1, 3, 8])
      expect(chain(scenario, await run(scenario, stand(scenario, hosts, bearing())))).to.equal(expected);
  });

  const lies: readonly (readonly [string, Spoil, string])[] = [
    [
      'speaks for another’s institution',
      lying('updates', ({ learners }) => ({ learners: ['bank-01', ...learners.slice(1)] })),
      'not its own',
    ],
    [
      'sends an update twice',
      lying('updates', ({ learners }) => ({ learners: learners.map(() => learners[0]!) })),
      'comes twice',
    ],
    ['answers for another round', lying('updates', () => ({ round: 99 })), 'it is of round 99'],
    [
      'sends too short an update',
      lying('updates', ({ deltas }) => ({ deltas: deltas.slice(1) })),
      'deltas has',
    ],
    [
      'sends orders for too many seats',
      lying('decisions', ({ orders }) => ({ orders: new Float64Array(orders.length + 3) })),
      'cells of',
    ],
    [
      'sends what is no number',
      lying('decisions', ({ orders }) => ({ orders: orders.map(() => NaN) })),
      'orders[0] is NaN',
    ],
    ['answers with another type', () => encode({ type: 'done' }), 'done in answer to welcome'],
    ['answers with text', () => 'hello', 'is not bytes'],
  ];
  const brief = smallScenario({ days: 3, roundEvery: 1 });
  for (const [what, spoil, reason] of lies)
    it(`loses a host that ${what}`, async () => {
      const there = stand(brief, 2, bearing({ rejoinSeconds: 0 }), (a, h) =>
        h === 1 ? new Pretended(a, spoil) : new Pretended(a),
      );
      const error = await refusal(run(brief, there));
      expect(error).to.be.instanceOf(HostLost);
      expect((error as HostLost).message)
        .to.match(/^the host of fund-01 and 3 more was lost/)
        .and.to.contain(reason);
    });

  it('tells the process whose answer was not believed why, and does not hear it again; another may come', async () => {
    const told: unknown[] = [];
    const there = stand(brief, 2, bearing({ rejoinSeconds: 0.05 }), (a, h) => {
      const host = h === 1 ? new Pretended(a, () => encode({ type: 'done' })) : new Pretended(a);
      const hear = host.emit.bind(host);
      host.emit = (event, ...words) =>
        event === endEvent ? void told.push(...words) : hear(event, ...words);
      return host;
    });
    const ended = refusal(run(brief, there));
    await new Promise((resolve) => setTimeout(resolve, 10));
    const reason = 'its answer was not believed: its reply cannot be right: done in answer to welcome';
    expect(told).to.deep.equal([{ over: false, reason }]);
    const [, line] = there.remote.lines;
    expect(line!.refusal(there.answering[1]!.holds())).to.equal(reason);
    expect(line!.refusal(new Answering(createHost(), memoryKeeper()).holds())).to.equal(undefined);
    expect(await ended).to.be.instanceOf(HostLost);
  });

  it('law: any bytes in place of an answer lose the host, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 64 }), async (garbage) => {
        const there = stand(brief, 2, bearing({ rejoinSeconds: 0 }), (a, h) =>
          h === 1 ? new Pretended(a, () => garbage) : new Pretended(a),
        );
        expect(await refusal(run(brief, there))).to.be.instanceOf(HostLost);
      }),
      { numRuns: 20 },
    );
  });

  it('loses a host that says nothing for too long', async () => {
    const there = stand(brief, 2, bearing({ silenceSeconds: 0.05, rejoinSeconds: 0 }), (a, h) => {
      if (h === 0) return new Pretended(a);
      const frozen = new Pretended(a);
      const hear = frozen.emit.bind(frozen);
      frozen.emit = (event, ...words) =>
        words[1] instanceof Uint8Array && (decode(words[1]) as Message).type === 'train'
          ? undefined
          : hear(event, ...words);
      return frozen;
    });
    const error = await refusal(run(brief, there));
    expect((error as Error).message).to.contain('no answer for 0.05 s');
  });

  /** Exchanges of a day with a round. */
  const kinds = ['observe', 'train', 'install', 'probe', 'decide'] as const;

  /** Breaks host 1's network once, on the first message of a kind after so many days, before or after it is heard. */
  const breaking = (kind: Message['type'], fromDay: number, moment: 'before' | 'after') => {
    let [day, armed] = [0, true];
    const strikes = (message: Message): boolean => {
      if (message.type === 'observe') day = message.day;
      if (!armed || day < fromDay || message.type !== kind) return false;
      armed = false;
      return true;
    };
    return moment === 'before'
      ? ([(answer: Uint8Array) => answer, strikes] as const)
      : ([(answer: Uint8Array, m: Message) => (strikes(m) ? undefined : answer), () => false] as const);
  };

  describe('a host that comes back in time', () => {
    for (const moment of ['before', 'after'] as const)
      it(`goes on where it was: cut off ${moment} any message of a day, it gives the same bytes`, async () => {
        for (const kind of kinds) {
          const [spoil, breaks] = breaking(kind, 2, moment);
          const there = stand(scenario, 2, bearing(), (a, h) =>
            h === 1 ? new Pretended(a, spoil, breaks) : new Pretended(a),
          );
          const line = there.remote.lines[1]!;
          const back = setInterval(() => {
            if (!line.isConnected)
              line.rejoin(new Pretended(there.answering[1]!), there.answering[1]!.holds());
          }, 5);
          const days = await run(scenario, there).finally(() => clearInterval(back));
          expect(chain(scenario, days), kind).to.equal(expected);
          expect(noticesOf(days, 'absent')).to.deep.equal([]);
        }
      });

    for (const [what, saveOn] of [
      ['from the beginning, where nothing was saved yet', 99],
      ['from what it saved', 2],
    ] as const)
      it(`whose process died hears everything again ${what}, and gives the same bytes`, async () => {
        for (const kind of ['train', 'decide', 'save'] as const) {
          const [spoil, breaks] = breaking(kind, 4, 'after');
          const there = stand(scenario, 2, bearing({ savesStates: true }), (a, h) =>
            h === 1 ? new Pretended(a, spoil, breaks) : new Pretended(a),
          );
          const line = there.remote.lines[1]!;
          const back = setInterval(() => {
            if (line.isConnected) return;
            const again = new Answering(createHost(), there.keepers[1]!);
            expect(line.refusal(again.holds())).to.equal(undefined);
            line.rejoin(new Pretended(again), again.holds());
          }, 5);
          const due = (day: number): boolean => day === saveOn || day === 5;
          const days = await run(scenario, there, { due }).finally(() => clearInterval(back));
          expect(chain(scenario, days), kind).to.equal(expected);
        }
      });

    it('is told why it cannot go on where what it knew is lost', async () => {
      const [spoil, breaks] = breaking('train', 4, 'after');
      const there = stand(scenario, 2, bearing({ rejoinSeconds: 0.1 }), (a, h) =>
        h === 1 ? new Pretended(a, spoil, breaks) : new Pretended(a),
      );
      const error = await refusal(run(scenario, there));
      expect((error as Error).message).to.match(/fund-01 and 3 more was lost: the connection ended/);
      const fresh = new Answering(createHost(), memoryKeeper());
      expect(there.remote.lines[1]!.refusal(fresh.holds())).to.contain('was lost');
    });
  });

  describe('a host that stays away', () => {
    /** The run of the record again, in one process and in three parts, silent where the record says so. */
    async function replayed(days: readonly DayFacts[], hosts: number): Promise<string> {
      const ids = createStage(scenario).institutions.map(({ id }) => id);
      const plans = planHosts(ids.length, hosts, false);
      const inner = memoryTransport(plans.map(() => createHost()));
      const { transport, presence } = replayAbsences(inner, plans, ids, absencesOf(ids, days));
      const again: DayFacts[] = [];
      for await (const facts of simulate(scenario, { transport, plans, presence })) again.push(facts);
      return chain(scenario, again);
    }

    for (const kind of kinds)
      it(`from ${kind} on is away, back on a later day, recorded, and replayed to the same bytes`, async () => {
        const [spoil, breaks] = breaking(kind, 3, 'after');
        const there = stand(scenario, 3, bearing({ onLoss: 'continue', rejoinSeconds: 0.01 }), (a, h) =>
          h === 1 ? new Pretended(a, spoil, breaks) : new Pretended(a),
        );
        const line = there.remote.lines[1]!;
        const after = ({ day }: { readonly day: number }): void => {
          if (day === 5 && line.isAway)
            line.rejoin(new Pretended(there.answering[1]!), there.answering[1]!.holds());
        };
        const days = await run(scenario, there, { after });
        const absent = noticesOf(days, 'absent');
        expect(absent.map(({ day }) => day)).to.deep.equal([3]);
        expect(absent[0]!.columns['institution']).to.deep.equal(['bank-03', 'bank-04', 'fund-01']);
        expect(noticesOf(days, 'returned').map(({ day }) => day)).to.deep.equal([6]);
        expect(chain(scenario, days)).not.to.equal(expected);
        for (const hosts of [1, 4]) expect(await replayed(days, hosts)).to.equal(chain(scenario, days));
      });

    it('and never comes back leaves its institutions without orders, updates and probes', async () => {
      const [spoil, breaks] = breaking('observe', 3, 'before');
      const there = stand(scenario, 3, bearing({ onLoss: 'continue', rejoinSeconds: 0 }), (a, h) =>
        h === 1 ? new Pretended(a, spoil, breaks) : new Pretended(a),
      );
      const days = await run(scenario, there);
      expect(await replayed(days, 2)).to.equal(chain(scenario, days));
      for (const { day, tables } of days.slice(3)) {
        const who = new Set(Array.from(tables.forecasts!['institution'] as Int32Array));
        expect(
          [...who].filter((seat) => seat >= 2 && seat < 5),
          `day ${day}`,
        ).to.deep.equal([]);
        if (tables.probes)
          expect(new Set(Array.from(tables.probes['institution'] as Int32Array)).size).to.equal(5);
      }
    });

    it('ends the run where too few are left', async () => {
      const [spoil, breaks] = breaking('train', 3, 'before');
      const there = stand(
        scenario,
        2,
        bearing({ onLoss: 'continue', rejoinSeconds: 0, quorum: 0.6 }),
        (a, h) => (h === 1 ? new Pretended(a, spoil, breaks) : new Pretended(a)),
      );
      expect(await refusal(run(scenario, there))).to.be.instanceOf(HostLost);
    });

    it('is nobody where nobody can be lost', async () => {
      expect([...(await everybody.open(1))]).to.deep.equal([]);
    });
  });

  it('a host refuses a request out of order and answers one that comes again as before', async () => {
    const answering = new Answering(createHost(), memoryKeeper());
    const there = stand(brief, 1, bearing(), () => new Pretended(answering));
    await run(brief, there);
    const { answered } = answering.holds();
    const again = await answering.answer(answered, encode({ type: 'farewell' }));
    expect(decode(again)).to.deep.equal({ type: 'done' });
    expect(await refusal(answering.answer(1e6, encode({ type: 'farewell' })))).to.be.instanceOf(Error);
  });
});
