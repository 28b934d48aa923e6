import { expect } from 'chai';
import { arrivals, isAsked, type Holder, type Lateness, type Underway } from '../../coordinator/lateness.js';
import { aggregate } from '../../coordinator/round/aggregate.js';
import type { Contribution } from '../../coordinator/round/contribution.js';
import { formFederations } from '../../coordinator/federations.js';
import type { DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { createStage } from '../../market/stage.js';
import { factsOf, hashesOf, noticesOf, smallScenario } from '../small-run.js';

const here: Holder = { generation: 0, architecture: 0, federation: 'mlp' };

const lateness = (round: number, underway: readonly Underway[] = [], holder = here): Lateness => ({
  round,
  underway,
  holder: () => holder,
});

const update = (institution: string, delta = [1, 2]): Contribution => ({
  institution,
  architecture: 0,
  examples: 1,
  loss: 0,
  bytes: 4,
  staleness: 0,
  delta: Float32Array.from(delta),
});

const with_ = (participation: object, more: object = {}): Scenario =>
  smallScenario({ ...more, federation: { participation } });

const sent = (round: number, due: number): Underway => ({
  contribution: update('bank-01'),
  round,
  due,
  generation: 0,
  federation: 'mlp',
});

/** Rows of notices of one kind as records with their day. */
const rowsOf = (days: readonly DayFacts[], kind: Parameters<typeof noticesOf>[1]) =>
  noticesOf(days, kind).flatMap(({ columns }) => {
    const names = Object.keys(columns);
    return columns[names[0]!]!.map((_, r) =>
      Object.fromEntries(names.map((name) => [name, columns[name]![r]!])),
    );
  });

describe('late updates', () => {
  it('are none where none are drawn', () => {
    const { contributions, underway, notices } = arrivals(smallScenario(), lateness(1), [update('bank-01')]);
    expect([contributions.length, underway, notices]).to.deep.equal([1, [], []]);
  });

  it('arrive in the round they are due, with their staleness, and only then', () => {
    const scenario = smallScenario();
    const early = arrivals(scenario, lateness(3, [sent(2, 4)]), []);
    expect([early.contributions, early.underway.length]).to.deep.equal([[], 1]);
    const due = arrivals(scenario, lateness(4, [sent(2, 4)]), []);
    expect(due.contributions.map((c) => [c.institution, c.staleness])).to.deep.equal([['bank-01', 2]]);
    expect(due.underway).to.deep.equal([]);
  });

  const refusals: readonly (readonly [string, Lateness, string])[] = [
    ['too old', lateness(9, [sent(3, 9)]), 'of round 3, in round 9: later than maxStaleness 5'],
    [
      'of an institution that failed',
      lateness(4, [sent(3, 4)], { ...here, generation: 1 }),
      'whoever sent it is out of business',
    ],
    [
      'of another architecture',
      lateness(4, [sent(3, 4)], { ...here, architecture: 1 }),
      'whoever sent it has another architecture now',
    ],
    [
      'relative to another federation',
      lateness(4, [sent(3, 4)], { ...here, federation: 'mlp.2' }),
      'whoever sent it is in another federation now',
    ],
  ];
  for (const [what, at, reason] of refusals)
    it(`that are ${what} are refused by round, with the reason`, () => {
      const { contributions, underway, notices } = arrivals(smallScenario(), at, []);
      expect([contributions, underway]).to.deep.equal([[], []]);
      expect(notices).to.deep.equal([
        { kind: 'stale', columns: { institution: ['bank-01'], round: [3], reason: [reason] } },
      ]);
    });

  it('count (1 + s)^−a in the mean', () => {
    const scenario = with_({ stalenessExponent: 1 }, { homogeneity: { models: 1 } });
    const stage = createStage(scenario);
    const seats = Int32Array.from(stage.institutions, () => 0);
    const start = [Float32Array.of(0, 0), Float32Array.of(0, 0)];
    const federations = formFederations(scenario, stage, seats, start, [], 0);
    const contributions = [update('bank-01', [4, 8]), { ...update('bank-02', [4, 8]), staleness: 1 }];
    const pooling = { round: 5, blocks: Int32Array.of(0, 0), regions: new Map<string, string>() };
    const [outcome] = aggregate(scenario, federations, contributions, pooling);
    // Half of the late one counts: ((4, 8) + (2, 4)) / 2.
    expect(Array.from(outcome!.federation.parameters)).to.deep.equal([3, 6]);
  });

  it('nobody is asked while an update of its own is under way', () => {
    const scenario = smallScenario();
    expect(isAsked(scenario, lateness(4, [sent(3, 5)]), 'bank-01')).to.equal(false);
    expect(isAsked(scenario, lateness(4, [sent(3, 5)]), 'bank-02')).to.equal(true);
  });

  describe('in a run', () => {
    const scenario = with_({ lateShare: 0.4, lateRounds: 3, maxStaleness: 2 }, { days: 40, roundEvery: 1 });
    let days: DayFacts[];
    before(async () => {
      days = await factsOf(scenario);
    });

    it('are each used once or refused, and never lost without a word', () => {
      const late = rowsOf(days, 'late');
      const key = (row: Record<string, string | number>): string => `${row['institution']} ${row['round']}`;
      const ends = [...rowsOf(days, 'arrived-late'), ...rowsOf(days, 'stale')].map(key);
      expect(late.length).to.be.greaterThan(20);
      expect(rowsOf(days, 'stale').length).to.be.greaterThan(0);
      const due = late.filter((row) => Number(row['due']) <= 40).map(key);
      expect(ends.sort()).to.deep.equal(due.sort());
    });

    it('nobody contributes twice to a round, and nobody whose update is under way at all', () => {
      const busy = new Set(
        rowsOf(days, 'late').flatMap(({ institution, round, due }) =>
          Array.from(
            { length: Number(due) - Number(round) },
            (_, r) => `${institution} ${Number(round) + r}`,
          ),
        ),
      );
      for (const { tables } of days) {
        const names = (tables.rounds?.['institution'] ?? []) as readonly string[];
        const rounds = (tables.rounds?.['round'] ?? []) as Int32Array;
        expect(new Set(names).size).to.equal(names.length);
        names.forEach((name, r) => expect(busy.has(`${name} ${rounds[r]!}`)).to.equal(false));
      }
    });

    it('gives the same bytes however institutions are spread over hosts', async () => {
      expect(await hashesOf(scenario, { hosts: 3 })).to.deep.equal(await hashesOf(scenario));
    });
  });

  it('feed buffered averaging, which discounts them itself', async () => {
    const days = await factsOf(
      smallScenario({
        days: 20,
        roundEvery: 1,
        federation: { participation: { lateShare: 0.4 }, aggregation: { rule: 'fedbuff', bufferSize: 3 } },
      }),
    );
    expect(rowsOf(days, 'arrived-late').length).to.be.greaterThan(5);
  });
});

describe('who takes part', () => {
  it('is drawn by lot where only a share is asked', async () => {
    const days = await factsOf(with_({ askedShare: 0.5 }, { days: 60, roundEvery: 1 }));
    const asked = days.reduce((sum, { tables }) => sum + (tables.rounds?.['day']?.length ?? 0), 0);
    // 480 draws of one half: within four standard deviations.
    expect(asked).to.be.within(240 - 44, 240 + 44);
  });

  it('leaves a model as it was where there is no quorum, and says so', async () => {
    const days = await factsOf(with_({ askedShare: 0.3, quorum: 0.9 }, { days: 10, roundEvery: 1 }));
    const reasons = rowsOf(days, 'not-aggregated').map(({ reason }) => reason);
    expect(reasons.length).to.be.greaterThan(5);
    for (const reason of reasons) expect(reason).to.match(/^the quorum needs at least \d updates/);
  });
});
