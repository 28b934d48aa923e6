import { expect } from 'chai';
import { createHost } from '../../agents/host.js';
import { replayed, type Authority } from '../../coordinator/authority.js';
import { liveAuthority } from '../../coordinator/live-authority.js';
import { everybody } from '../../coordinator/presence.js';
import { simulate } from '../../coordinator/simulate.js';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import { planHosts } from '../../coordinator/transport/plan.js';
import type { DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { column, factsOf, noticesOf, recordOf, smallScenario } from '../small-run.js';

const overseen = (overseer: object, more: object = {}): Scenario =>
  smallScenario({ institutions: { types: { fund: { overseer } } }, ...more });

/** A run with people in it; `each` is told of every day once it is over. */
async function runWith(
  scenario: Scenario,
  authority: Authority,
  each: (facts: DayFacts) => void = () => undefined,
): Promise<DayFacts[]> {
  const plans = planHosts(scenario.institutions.count, 1, false);
  const transport = memoryTransport(plans.map(() => createHost()));
  const days: DayFacts[] = [];
  const hosts = { transport, plans, presence: everybody };
  for await (const { day, tables, notices } of simulate(scenario, hosts, undefined, authority)) {
    days.push({ day, tables, notices });
    each({ day, tables, notices });
  }
  return days;
}

const rows = (
  days: readonly DayFacts[],
  kind: 'waits' | 'verdict' | 'ordered',
): Record<string, string | number>[] =>
  noticesOf(days, kind).flatMap(({ day, columns }) =>
    Array.from({ length: Object.values(columns)[0]!.length }, (_, row) => ({
      day,
      ...Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!])),
    })),
  );

/** First-wave fills of an institution in an asset on a day. */
const traded = (facts: DayFacts, seat: number, asset: number): number => {
  const [who, what, units, wave] = ['institution', 'asset', 'units', 'wave'].map((name) =>
    column(facts, 'fills', name),
  );
  return Array.from(units!).reduce(
    (sum, q, row) => (who![row] === seat && what![row] === asset && wave![row] === 0 ? sum + q : sum),
    0,
  );
};

describe('an overseer', () => {
  it('keeps every order waiting for its days, lets it go, and tells what that cost', async () => {
    const scenario = overseen({ beyondShare: 0, waitDays: 2 });
    const days = await factsOf(scenario);
    const waits = rows(days, 'waits');
    const verdicts = rows(days, 'verdict');
    expect(waits.length).to.be.above(20);
    expect(new Set(waits.map(({ institution }) => String(institution).split('-')[0]))).to.deep.equal(
      new Set(['fund']),
    );
    const first = verdicts.find(({ day }) => day === 3)!;
    expect(first).to.include({ placed: 1, waitedDays: 2, approved: 1, by: 'script' });
    const asset = scenario.assets.findIndex(({ id }) => id === first['asset']);
    const seat = 4 + Number(String(first['institution']).slice(-2)) - 1;
    expect(traded(days[1]!, seat, asset)).to.equal(0);
    expect(traded(days[2]!, seat, asset)).to.equal(0);
    expect(traded(days[3]!, seat, asset)).to.be.closeTo(
      Number(first['units']),
      1e-9 * Math.abs(Number(first['units'])),
    );
    const price = (day: number): number => column(days[day]!, 'assets', 'price')[asset]!;
    expect(first['costUsd']).to.be.closeTo(Number(first['units']) * (price(2) - price(0)), 1e-3);
  });

  it('that only delays makes an institution trade what it would have, later: what it wished beside an approved order is dropped', async () => {
    const one = { tradeEvery: 1, decide: { trade: 1 }, learning: { localSteps: 0, firstSteps: 0 } };
    const scenario = overseen({ beyondShare: 0, waitDays: 1 }, one);
    const days = await factsOf(scenario);
    const verdicts = rows(days, 'verdict').filter(({ approved }) => approved === 1);
    const waits = rows(days, 'waits');
    expect(verdicts.length).to.be.above(20);
    for (const { day, institution, asset } of verdicts)
      expect(
        waits.some(
          (wait) => wait['day'] === day && wait['institution'] === institution && wait['asset'] === asset,
        ),
        `${institution!} in ${asset!} on day ${day!}`,
      ).to.equal(false);
  });

  it('that rejects lets nothing through; large orders wait and small ones do not', async () => {
    const days = await factsOf(overseen({ beyondShare: 0, verdict: 'reject' }));
    for (const facts of days.slice(1))
      for (const seat of [4, 5, 6, 7]) expect(traded(facts, seat, 0)).to.equal(0);
    const some = await factsOf(overseen({ beyondShare: 0.002, verdict: 'reject' }));
    const waited = new Set(
      rows(some, 'waits').map(({ day, institution, asset }) => `${day} ${institution!} ${asset!}`),
    );
    expect(waited.size).to.be.above(0);
    expect(some.slice(1).some((facts) => [4, 5, 6, 7].some((seat) => traded(facts, seat, 0) !== 0))).to.equal(
      true,
    );
  });

  it('for stress alone changes nothing in a calm market, to the bit, and holds orders after a fall', async () => {
    const calm = overseen({ inDrawdown: 0.5 });
    expect(await factsOf(calm)).to.deep.equal(await factsOf(smallScenario()));
    const fall = { market: { fundamentals: { shocks: [{ day: 4, class: 'equity', size: -0.3 }] } } };
    const days = await factsOf(overseen({ inDrawdown: 0.08, waitDays: 3, verdict: 'when-calm' }, fall));
    expect(Math.min(...rows(days, 'waits').map(({ day }) => Number(day)))).to.equal(5);
    expect(rows(days, 'verdict').every(({ approved }) => approved === 0)).to.equal(true);
  });
});

describe('a live authority', () => {
  const scenario = overseen({ beyondShare: 0, waitDays: 5, verdict: 'reject' });

  /** Somebody who approves the first order that waits, and orders a halt and a nonsense. */
  async function live(): Promise<DayFacts[]> {
    const people = liveAuthority();
    return runWith(scenario, people, ({ day }) => {
      const [ticket] = people.waiting();
      if (day === 3 && ticket)
        people.decide({ ticket: ticket.id, approved: true, by: 'ada', reason: 'looks right' });
      if (day === 4) people.order({ by: 'ada', entry: { kind: 'halt', institution: 'bank-01', to: 7 } });
      if (day === 5) {
        people.order({ by: 'ada', entry: { kind: 'halt', institution: 'bank-01', to: 6 } });
        people.order({ by: 'bob', entry: { kind: 'halt', institution: 'bank-01', from: 2, to: 3 } });
        people.order({ by: 'bob', entry: { kind: 'hlat' } });
      }
    });
  }

  it('decides beside the script, on record with its effective day; what cannot be is refused with the reason', async () => {
    const days = await live();
    const given = rows(days, 'verdict').filter(({ by }) => by === 'ada');
    expect(given).to.have.length(1);
    expect(given[0]).to.include({ day: 4, placed: 1, approved: 1, reason: 'looks right' });
    const ordered = rows(days, 'ordered');
    expect(ordered.map(({ day, accepted }) => [day, accepted])).to.deep.equal([
      [5, 1],
      [6, 0],
      [6, 0],
      [6, 0],
    ]);
    expect(ordered[1]!['reason']).to.match(
      /halt of bank-01 from day 6 to day 6 meets halt of the same from day 5/,
    );
    expect(ordered[2]!['reason']).to.match(/day 2 is over; today is day 6/);
    expect(ordered[3]!['reason']).to.equal('"hlat" is no intervention; did you mean "halt"?');
    const halted = noticesOf(days, 'refused').map(({ day }) => day);
    expect(halted).to.deep.equal([5, 6, 7]);
  });

  it('is replayed from the record, byte for byte', async () => {
    const days = await live();
    const facts = days.flatMap(({ day, notices }) => notices.map((notice) => ({ day, ...notice })));
    const told = JSON.parse(JSON.stringify(facts)) as typeof facts;
    const again = await runWith(scenario, replayed(told));
    expect(recordOf(scenario, again).chain).to.equal(recordOf(scenario, days).chain);
    expect(recordOf(scenario, await factsOf(scenario)).chain).not.to.equal(recordOf(scenario, days).chain);
  });

  it('may not speak in the script’s name', () => {
    expect(() => liveAuthority().decide({ ticket: 't', approved: true, by: 'script', reason: '' })).to.throw(
      RangeError,
      'scripted overseers',
    );
  });
});
