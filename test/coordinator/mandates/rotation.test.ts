import { expect } from 'chai';
import fc from 'fast-check';
import { federationRotation } from '../../../coordinator/mandates/federation-rotation.js';
import { stream } from '../../../core/random.js';
import { chainOf, factsOf, noticesOf, smallScenario } from '../../small-run.js';
import type { DayFacts } from '../../../core/events.js';

const lot = (entity: string) => stream({ seed: 4, purpose: 'test', entity });
const members = Array.from({ length: 9 }, (_, i) => `m${i}`);

const homogeneous = (more: object = {}) =>
  smallScenario({ days: 20, roundEvery: 2, homogeneity: { models: 1, updates: 1 }, ...more });
const rotation = (everyRounds: number): object => ({
  mandates: [{ kind: 'federation-rotation', parts: 2, everyRounds }],
});

/** Who was in which federation, round by round. */
const memberships = (days: readonly DayFacts[]): Map<string, string>[] =>
  days
    .filter(({ tables }) => (tables.rounds?.['round'] ?? []).length > 0)
    .map(
      ({ tables }) =>
        new Map(
          (tables.rounds!['institution'] as string[]).map((id, row) => [
            id,
            (tables.rounds!['federation'] as string[])[row]!,
          ]),
        ),
    );

describe('federation-rotation', () => {
  it('cuts into equal parts that hold for a term, whatever the order of members', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 2, max: 6 }), (n, parts) => {
        const ids = Array.from({ length: n }, (_, i) => `m${i}`);
        const of = (round: number, who = ids): number[] =>
          federationRotation.split({ parts, everyRounds: 3 }, { members: who, round, lot });
        const sizes = new Map<number, number>();
        for (const part of of(1)) sizes.set(part, (sizes.get(part) ?? 0) + 1);
        expect(sizes.size).equal(Math.min(parts, n));
        expect(Math.max(...sizes.values()) - Math.min(...sizes.values())).at.most(1);
        expect([of(0), of(2), of(3)]).deep.equal([of(1), of(1), of(1)]);
        expect(of(1, [...ids].reverse()).reverse()).deep.equal(of(1));
      }),
    );
    const of = (round: number): number[] =>
      federationRotation.split({ parts: 3, everyRounds: 3 }, { members, round, lot });
    expect(of(4)).not.deep.equal(of(1));
  });

  it('says before which rounds it draws anew', () => {
    const due = [1, 2, 3, 4, 5, 6, 7].filter((round) =>
      federationRotation.rotates({ parts: 2, everyRounds: 3 }, round),
    );
    expect(due).deep.equal([4, 7]);
  });

  it('is refused where nobody aggregates with anybody, and twice', () => {
    for (const membership of ['local', 'centralised'])
      expect(() => smallScenario({ federation: { membership }, ...rotation(1) })).throw('mandates.0.kind');
    const both = [
      ...(rotation(1) as { mandates: object[] }).mandates,
      { kind: 'federation-rotation', parts: 3 },
    ];
    expect(() => smallScenario({ mandates: both })).throw('rotation is already asked for');
  });

  it('moves members between federations in a run, term by term, and nobody is lost', async () => {
    const rounds = memberships(await factsOf(homogeneous(rotation(2))));
    expect(rounds).length(10);
    for (const [r, now] of rounds.entries()) {
      expect(now.size).equal(8);
      expect(new Set(now.values())).deep.equal(new Set(['mlp.1', 'mlp.2']));
      if (r % 2 === 1) expect(now).deep.equal(rounds[r - 1]);
    }
    const terms = rounds.filter((_, r) => r % 2 === 0).map((now) => JSON.stringify([...now]));
    expect(new Set(terms).size).greaterThan(2);
  });

  it('is the same on any number of hosts', async () => {
    const scenario = homogeneous(rotation(1));
    expect(await chainOf(scenario, { hosts: 3 })).equal(await chainOf(scenario));
  });

  it('refuses a late update that is a difference from the model of a federation left behind', async () => {
    const days = await factsOf(
      homogeneous({
        ...rotation(1),
        days: 40,
        federation: { participation: { lateShare: 0.5, lateRounds: 2 } },
      }),
    );
    const reasons = noticesOf(days, 'stale').flatMap(({ columns }) => columns['reason']!);
    expect(reasons).include('whoever sent it is in another federation now');
  });
});

describe('mandates together', () => {
  it('each hold; where one undoes another, that is said', async () => {
    const world = { institutions: { count: 16, sizes: { largestShare: 0.12 } }, homogeneity: { models: 1 } };
    const days = await factsOf(
      smallScenario({
        ...world,
        mandates: [
          { kind: 'architecture-cap', maxShare: 0.8 },
          { kind: 'minimum-effective-models', minimum: 1.9 },
          { kind: 'federation-rotation', parts: 2, everyRounds: 1 },
          { kind: 'federation-size-cap', maxMembers: 3 },
        ],
      }),
    );
    expect(noticesOf(days, 'unmet-mandate')).deep.equal([]);
    const kinds = noticesOf(days, 'moved').flatMap(({ columns }) => columns['mandate']!);
    expect(new Set(kinds)).deep.equal(new Set(['architecture-cap', 'minimum-effective-models']));
    for (const now of memberships(days)) {
      const sizes = new Map<string, number>();
      for (const federation of now.values()) sizes.set(federation, (sizes.get(federation) ?? 0) + 1);
      expect(Math.max(...sizes.values())).at.most(3);
    }
  });
});
