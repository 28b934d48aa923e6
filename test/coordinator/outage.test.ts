import { expect } from 'chai';
import { createHost } from '../../agents/host.js';
import { memoryTransport } from '../../coordinator/transport/memory.js';
import type { Transport } from '../../coordinator/transport/transport.js';
import type { DayFacts } from '../../core/events.js';
import type { AnyMessage, Host, Install } from '../../core/protocol.js';
import { stream } from '../../core/random.js';
import { column, factsOf, noticesOf, smallScenario } from '../small-run.js';

const away = { institution: 'bank-02', from: 6, to: 9 };
const seat = 1;
const scenario = smallScenario({ days: 20, institutions: { outages: [away] } });

const rowsOf = (who: ArrayLike<number>): number => Array.from(who).filter((i) => i === seat).length;

describe('an outage', () => {
  it('stops an institution’s own orders, forecasts and training, and nothing before or after', async () => {
    const days = await factsOf(scenario);
    for (const facts of days.slice(1)) {
      const down = facts.day >= away.from && facts.day <= away.to;
      const who = column(facts, 'fills', 'institution');
      const waves = column(facts, 'fills', 'wave');
      const own = Array.from(who).filter((i, row) => i === seat && waves[row] === 0).length;
      expect(own > 0, `orders on day ${facts.day}`).to.equal(!down);
      expect(rowsOf(column(facts, 'forecasts', 'institution')) > 0, `forecasts on day ${facts.day}`).to.equal(
        !down,
      );
      const trained = facts.tables.rounds?.['institution'] as readonly string[] | undefined;
      if (trained) expect(trained.includes('bank-02'), `round on day ${facts.day}`).to.equal(!down);
    }
  });

  it('is told when it begins and when it ends, and the round counts the absent', async () => {
    const days = await factsOf(scenario);
    expect(
      noticesOf(days, 'outage').map(({ day, columns }) => [day, columns['institution'], columns['reason']]),
    ).to.deep.equal([
      [6, ['bank-02'], ['model down until day 9']],
      [10, ['bank-02'], ['model up again']],
    ]);
    const absent = noticesOf(days, 'round').map(({ columns }) =>
      (columns['absent'] as number[]).reduce((a, b) => a + b, 0),
    );
    expect(absent).to.deep.equal([0, 1, 0, 0]);
  });

  it('leaves the institution the federation’s model on its return: mixing 1 makes all models one again', async () => {
    const shared = smallScenario({
      days: 12,
      institutions: { outages: [{ ...away, to: 7 }] },
      homogeneity: { updates: 1, models: 1 },
    });
    let host: Host | undefined;
    const installs: Install[] = [];
    const forecasts: Float32Array[] = [];
    const spy = (): Transport => {
      host = createHost();
      const inner = memoryTransport([host]);
      return {
        ...inner,
        exchange: async (messages) => {
          const [first] = messages as readonly AnyMessage[];
          if (first!.type === 'install') installs.push(first);
          const replies = await inner.exchange(messages);
          if (first!.type === 'observe' && (first.day === 7 || first.day === 8)) {
            const draw = stream({ seed: 3, purpose: 'test-probe' });
            const width = 8 + 2 * 2;
            const inputs = Float32Array.from({ length: 4 * width }, () => draw.normal());
            const reply = await host!.handle({ type: 'probe', inputs });
            forecasts.push((reply as { forecasts: Float32Array }).forecasts);
          }
          return replies;
        },
      };
    };
    await factsOf(shared, { through: spy });
    const ofSeat = (all: Float32Array, i: number): number[] => Array.from(all.subarray(4 * i, 4 * i + 4));
    const [during, after] = forecasts as [Float32Array, Float32Array];
    expect(ofSeat(during, seat)).not.to.deep.equal(ofSeat(during, 0));
    expect(ofSeat(after, seat)).to.deep.equal(ofSeat(after, 0));
    expect(installs[0]!.federations[0]!.seats).to.include(seat);
  });
});

describe('the standby of one institution', () => {
  const short = { institution: 'bank-02', from: 3, to: 5, failoverDays: 1 };
  const covered = async (seed: number, redundancy: number): Promise<boolean> => {
    const outages = [{ ...short, redundancy }];
    const days = await factsOf(smallScenario({ seed, days: 7, institutions: { outages } }));
    const [notice] = noticesOf(days, 'outage');
    return String(notice!.columns['reason']![0]).includes('standby');
  };

  it('is there by a draw of its own: at half, in some runs and not in others; at 0 never, at 1 always', async () => {
    const count = async (redundancy: number): Promise<number> => {
      let times = 0;
      for (let seed = 1; seed <= 12; seed++) times += Number(await covered(seed, redundancy));
      return times;
    };
    expect([await count(0), await count(1)]).to.deep.equal([0, 12]);
    expect(await count(0.5)).to.be.within(2, 10);
  });

  it('is the same, whatever other outages there are', async () => {
    const reasons = async (seed: number, others: readonly object[]): Promise<unknown[]> => {
      const outages = [...others, { ...short, redundancy: 0.5 }];
      const days = await factsOf(smallScenario({ seed, days: 7, institutions: { outages } }));
      return noticesOf(days, 'outage').flatMap(({ day, columns }) =>
        columns['institution']!.flatMap((id, row) =>
          id === 'bank-02' ? [[day, columns['reason']![row]]] : [],
        ),
      );
    };
    for (let seed = 1; seed <= 6; seed++) {
      const alone = await reasons(seed, []);
      expect(alone).not.to.deep.equal([]);
      expect(await reasons(seed, [{ institution: 'bank-01', from: 1, to: 2 }])).to.deep.equal(alone);
    }
  });
});

describe('an outage of a region', () => {
  const regions = { east: 0.5, west: 0.5 };
  const struck = (more: object = {}): Promise<DayFacts[]> =>
    factsOf(
      smallScenario({ institutions: { regions, outages: [{ region: 'east', from: 6, to: 9, ...more }] } }),
    );
  const told = (days: readonly DayFacts[]): (readonly [number, string, string])[] =>
    noticesOf(days, 'outage').flatMap(({ day, columns }) =>
      columns['institution']!.map((id, row) => [day, String(id), String(columns['reason']![row])] as const),
    );
  const traders = (facts: DayFacts): Set<number> =>
    new Set(
      Array.from(column(facts, 'fills', 'institution')).filter(
        (_, row) => column(facts, 'fills', 'wave')[row] === 0,
      ),
    );

  it('blinds half of the institutions together, and only them', async () => {
    const days = await struck();
    expect(told(days).filter(([day]) => day === 6)).to.have.length(4);
    expect(traders(days[5]!).size).to.equal(8);
    expect(traders(days[7]!).size).to.equal(4);
    expect(traders(days[10]!).size).to.equal(8);
  });

  it('with redundancy blinds fewer, or for fewer days', async () => {
    expect(traders((await struck({ redundancy: 1 }))[6]!).size).to.equal(8);
    const half = await struck({ redundancy: 0.5, failoverDays: 2 });
    expect([6, 7, 8, 9, 10].map((day) => traders(half[day]!).size)).to.deep.equal([4, 4, 6, 6, 8]);
    expect(told(half).map(([, , reason]) => reason)).to.include(
      'model down until day 7, when its standby takes over',
    );
  });

  it('of which one institution has an outage of its own: that governs, whichever is listed first', async () => {
    const all = await struck();
    const id = told(all)[0]![1];
    const own = { institution: id, from: 8, to: 10, fallback: 'benchmark' };
    const runs = [0, 1].map((first) => {
      const region = { region: 'east', from: 6, to: 9 };
      const outages = first === 0 ? [region, own] : [own, region];
      return factsOf(smallScenario({ institutions: { regions, outages } }));
    });
    const [one, other] = (await Promise.all(runs)) as [DayFacts[], DayFacts[]];
    for (const days of [one, other])
      expect(told(days).filter(([, who]) => who === id)).to.deep.equal([
        [6, id, 'model down until day 9'],
        [8, id, 'model down until day 10; it falls back to benchmark'],
        [11, id, 'model up again'],
      ]);
    const seatOf = [...traders(one[5]!)].filter((i) => !traders(one[8]!).has(i));
    expect(seatOf, 'the rest of the region holds').to.have.length(3);
    expect(one.map((facts) => facts.tables)).to.deep.equal(other.map((facts) => facts.tables));
  });

  it('spares an institution whose own outage has a standby, once that has taken over', async () => {
    const id = told(await struck())[0]![1];
    const days = await factsOf(
      smallScenario({
        institutions: {
          regions,
          outages: [
            { institution: id, from: 6, to: 9, redundancy: 1, failoverDays: 2 },
            { region: 'east', from: 6, to: 9 },
          ],
        },
      }),
    );
    expect(told(days).filter(([, who]) => who === id)).to.deep.equal([
      [6, id, 'model down until day 7, when its standby takes over'],
      [8, id, 'model up again'],
    ]);
    expect([6, 7, 8, 9, 10].map((day) => traders(days[day]!).size)).to.deep.equal([4, 4, 5, 5, 8]);
  });

  it('that begins while an own standby is at work tells nothing of that institution until the own outage is over', async () => {
    const id = told(await struck())[0]![1];
    const own = { institution: id, from: 3, to: 6, redundancy: 1, failoverDays: 2 };
    const days = await factsOf(
      smallScenario({ institutions: { regions, outages: [own, { region: 'east', from: 5, to: 9 }] } }),
    );
    expect(told(days).filter(([, who]) => who === id)).to.deep.equal([
      [3, id, 'model down until day 4, when its standby takes over'],
      [5, id, 'model up again'],
      [7, id, 'model down until day 9'],
      [10, id, 'model up again'],
    ]);
    for (const atOnce of [
      [
        { ...own, failoverDays: 0 },
        { region: 'east', from: 3, to: 6 },
      ],
      [
        { region: 'east', from: 3, to: 6 },
        { ...own, failoverDays: 0 },
      ],
    ])
      expect(
        told(await factsOf(smallScenario({ institutions: { regions, outages: atOnce } }))).filter(
          ([, who]) => who === id,
        ),
      ).to.deep.equal([[3, id, 'model down: its standby takes over at once']]);
  });

  it('lets who is blind follow a rule: no forecasts, but orders', async () => {
    for (const fallback of ['benchmark', 'unwind']) {
      const [facts] = (await struck({ fallback })).slice(7);
      expect(traders(facts!).size, fallback).to.equal(8);
      expect(new Set(Array.from(column(facts!, 'forecasts', 'institution'))).size).to.equal(4);
    }
    const unwound = (await struck({ fallback: 'unwind' }))[7]!;
    const blind = (await struck())[7]!;
    const holders = traders(blind);
    Array.from(column(unwound, 'fills', 'units')).forEach((units, row) => {
      const seat = column(unwound, 'fills', 'institution')[row]!;
      if (!holders.has(seat)) expect(units).to.be.below(0);
    });
  });
});
