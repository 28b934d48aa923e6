import { expect } from 'chai';
import { startHostWorker } from '../../../cli/host-worker.js';
import { Answering } from '../../../agents/answering.js';
import { createHost } from '../../../agents/host.js';
import { absencesOf, replayAbsences } from '../../../coordinator/presence.js';
import { simulate } from '../../../coordinator/simulate.js';
import { memoryTransport } from '../../../coordinator/transport/memory.js';
import { planHosts } from '../../../coordinator/transport/plan.js';
import { threadsTransport } from '../../../coordinator/transport/threads.js';
import type { DayFacts } from '../../../core/events.js';
import type { Message } from '../../../core/protocol.js';
import { createStage } from '../../../market/stage.js';
import { factsOf, noticesOf, recordOf, smallScenario } from '../../small-run.js';
import { conduct, joining, serving } from '../in-process.js';
import { bearing, Pretended, run, stand } from '../transport/pretended.js';

/** Breaks a host's network once, on the first message of a kind from a day on, after it is heard. */
function breaking(kind: Message['type'], fromDay: number) {
  let [day, armed] = [0, true];
  return (answer: Uint8Array, message: Message): unknown => {
    if (message.type === 'observe') day = message.day;
    if (!armed || day < fromDay || message.type !== kind) return answer;
    armed = false;
    return undefined;
  };
}

const phases = ['invite', 'share', 'train', 'unmask'] as const;

describe('secure aggregation over every transport', function () {
  this.timeout(60_000);
  const scenario = smallScenario({
    days: 5,
    roundEvery: 2,
    learning: { architectures: [{ name: 'linear' }] },
    federation: { probes: 0, secureAggregation: { protocol: 'pairwise-masks', threshold: 0.6 } },
  });
  const chain = (days: readonly DayFacts[]): string => recordOf(scenario, days).chain;
  let expected: string;
  before(async () => {
    expected = chain(await factsOf(scenario));
  });

  it('threads give the bytes of one process', async () => {
    const transport = threadsTransport([0, 1].map(startHostWorker));
    try {
      const facts = await factsOf(scenario, { hosts: 2, through: () => transport });
      expect(chain(facts)).to.equal(expected);
    } finally {
      await transport.close();
    }
  });

  it('sockets give the bytes of one process', async () => {
    const coordinator = await serving(scenario);
    const ids = createStage(scenario).institutions.map(({ id }) => id);
    const hosts = [ids.slice(0, 3), ids.slice(3)].map((own) =>
      joining(coordinator.url, { institutions: own }),
    );
    const days = await conduct(scenario, coordinator);
    await Promise.all(hosts);
    await coordinator.close();
    expect(chain(days)).to.equal(expected);
  });

  it('a host cut off in any phase that comes back in time changes no byte, whether it remembers or loads its state', async () => {
    for (const kind of phases)
      for (const savesStates of [false, true]) {
        const there = stand(scenario, 2, bearing({ savesStates }), (a, h) =>
          h === 1 ? new Pretended(a, breaking(kind, 3)) : new Pretended(a),
        );
        const line = there.remote.lines[1]!;
        const back = setInterval(() => {
          if (line.isConnected) return;
          const again = savesStates ? new Answering(createHost(), there.keepers[1]!) : there.answering[1]!;
          line.rejoin(new Pretended(again), again.holds());
        }, 5);
        const due = (day: number): boolean => savesStates && day === 2;
        const days = await run(scenario, there, { due }).finally(() => clearInterval(back));
        expect(chain(days), `${kind}, ${String(savesStates)}`).to.equal(expected);
      }
  });

  it('a host lost for good inside a round: the others’ sum is uncovered, and the record replays', async () => {
    for (const kind of phases) {
      const terms = bearing({ onLoss: 'continue', rejoinSeconds: 0.01, quorum: 0.1 });
      const there = stand(scenario, 4, terms, (a, h) =>
        h === 3 ? new Pretended(a, breaking(kind, 3)) : new Pretended(a),
      );
      const days = await run(scenario, there);
      const lost = noticesOf(days, 'absent').flatMap(({ columns }) => columns['institution']!);
      expect(lost, kind).to.have.length(2);
      expect(noticesOf(days, 'not-aggregated'), kind).to.deep.equal([]);
      expect(days[3]!.tables.rounds!['institution'], kind).to.have.length(kind === 'unmask' ? 8 : 6);
      const ids = createStage(scenario).institutions.map(({ id }) => id);
      const plans = planHosts(ids.length, 1, false);
      const inner = memoryTransport([createHost()]);
      const { transport, presence } = replayAbsences(inner, plans, ids, absencesOf(ids, days));
      const again: DayFacts[] = [];
      for await (const { day, tables, notices } of simulate(scenario, { transport, plans, presence }))
        again.push({ day, tables, notices });
      expect(chain(again), kind).to.equal(chain(days));
    }
  });
});
