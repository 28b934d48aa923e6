import { expect } from 'chai';
import fc from 'fast-check';
import type { RosterView } from '../../../coordinator/mandates/mandate.js';
import { minimumEffectiveModels } from '../../../coordinator/mandates/minimum-effective-models.js';
import { selections } from '../../../coordinator/mandates/selection.js';
import { stream } from '../../../core/random.js';
import { column, factsOf, noticesOf, smallScenario } from '../../small-run.js';

const roster = (
  architecture: readonly number[],
  aum: readonly number[],
  meanForecasts: readonly number[] = [],
  names = 2,
): RosterView => ({
  day: 1,
  ids: aum.map((_, i) => `i-${i}`),
  architectures: Array.from({ length: names }, (_, a) => `model-${a}`),
  architecture: Int32Array.from(architecture),
  mayHave: () => true,
  aum: Float64Array.from(aum),
  meanForecasts: Float32Array.from(meanForecasts),
  costUsd: (seat) => 100 - aum[seat]!,
  lot: stream({ seed: 1, purpose: 'test' }),
});
const given = (minimum: number, more: object = {}) =>
  ({ minimum, kinds: 'architectures', selectBy: 'lot', ...more }) as Parameters<
    typeof minimumEffectiveModels.assign
  >[0];
const assign = minimumEffectiveModels.assign;

/** exp of the entropy of shares, said anew. */
const effective = (architecture: readonly number[], aum: readonly number[]): number => {
  const total = aum.reduce((a, b) => a + b, 0);
  const shares = [...new Set(architecture)].map(
    (a) => aum.filter((_, i) => architecture[i] === a).reduce((s, x) => s + x, 0) / total,
  );
  return Math.exp(-shares.reduce((s, p) => s + (p > 0 ? p * Math.log(p) : 0), 0));
};

describe('minimum-effective-models', () => {
  it('moves just enough, with the reason', () => {
    // Of four equal ones: 3 to 1 is exp(0.5623) = 1.755 effective models, 2 to 2 is 2.
    const { moves, unmet } = assign(given(1.7), roster([0, 0, 0, 0], [1, 1, 1, 1]));
    expect(moves.map((m) => m.to)).deep.equal([1]);
    expect(moves[0]!.reason).equal('1.00 effective models, below 1.7; drawn by lot');
    expect(unmet).equal(undefined);
    expect(assign(given(1.8), roster([0, 0, 0, 0], [1, 1, 1, 1])).moves).length(2);
  });

  it('leaves alone what is diverse enough', () => {
    expect(assign(given(2), roster([0, 1], [1, 1]))).deep.equal({ moves: [] });
  });

  it('is met, or says why it is not, whatever the sizes; a larger minimum never leaves fewer', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 3, maxLength: 24 });
    fc.assert(
      fc.property(sizes, fc.double({ min: 1.05, max: 2.9, noNaN: true }), (aum, minimum) => {
        const view = roster(
          aum.map(() => 0),
          aum,
          [],
          3,
        );
        const { moves, unmet } = assign(given(minimum), view);
        const after = Array.from(view.architecture);
        for (const { seat, to } of moves) after[seat] = to;
        const reached = effective(after, aum);
        expect(reached >= minimum - 1e-9).equal(unmet === undefined);
        expect(reached).at.least(1 - 1e-12);
      }),
    );
  });

  it('counts architectures that forecast alike as one', () => {
    const alike = [1, 2, 3, 4, 1.1, 2.1, 3.1, 4.1];
    const apart = [1, 2, 3, 4, 4, 1, -2, 3];
    const forecasts = { kinds: 'forecasts' };
    expect(assign(given(1.5, forecasts), roster([0, 0, 0, 1], [1, 1, 1, 1], alike)).unmet).match(
      /^1\.00 effective models, below 1\.5/,
    );
    expect(assign(given(1.5, forecasts), roster([0, 0, 0, 1], [1, 1, 1, 1], apart)).unmet).equal(undefined);
  });

  it('is refused where there are too few architectures, probes or learners', () => {
    const { check } = minimumEffectiveModels;
    expect(check({ minimum: 3 }, smallScenario())[0]!.message).equal(
      '3 cannot be met by 2 architectures, which are at most 2 effective models; add architectures or lower it',
    );
    const pooled = smallScenario({ federation: { membership: 'centralised' } });
    expect(check({ minimum: 2 }, pooled)[0]!.message).contain('pooled learners');
    const blind = smallScenario({ federation: { probes: 0 } });
    expect(check({ minimum: 2, kinds: 'forecasts' }, blind)[0]!.message).contain('federation.probes');
  });
});

describe('who must move', () => {
  const view = roster([0, 0, 0], [5, 9, 7]);
  it('goes by lot, by size or by cost', () => {
    expect([...selections.lot(view, [0, 1, 2])].sort()).deep.equal([0, 1, 2]);
    expect(selections.size(view, [0, 1, 2], 1)).deep.equal([1, 2, 0]);
    expect(selections.cost(view, [0, 1, 2], 1)).deep.equal([1, 2, 0]);
  });
  it('by size moves no more institutions than by lot', () => {
    const aum = [20, 1, 1, 1, 1, 1, 1, 1, 1, 20];
    const zeros = aum.map(() => 0);
    const moves = (selectBy: string): number =>
      assign(given(1.8, { selectBy }), roster(zeros, aum)).moves.length;
    expect(moves('size')).at.most(moves('lot'));
    expect(moves('size')).equal(1);
  });
});

describe('what a move costs', () => {
  const scenario = smallScenario({
    institutions: { count: 16, sizes: { largestShare: 0.12 } },
    homogeneity: { models: 1 },
    compliance: { changeFeeBps: 20, energyPriceUsd: 1000, flopPerJoule: 1000 },
    mandates: [{ kind: 'minimum-effective-models', minimum: 1.8, selectBy: 'size' }],
  });

  it('is on record, paid by who moved, in proportion to size and to the energy of retraining', async () => {
    const days = await factsOf(scenario);
    const [{ day, columns }] = noticesOf(days, 'moved') as [ReturnType<typeof noticesOf>[number]];
    expect(day).equal(1);
    const facts = days[1]!;
    const kinds = facts.tables.payments!['kind'] as readonly string[];
    const rows = kinds.flatMap((kind, row) => (kind === 'compliance' ? [row] : []));
    const amounts = rows.map((row) => column(facts, 'payments', 'amount')[row]!);
    expect(amounts).deep.equal(columns['costUsd']);
    expect(rows.length).at.least(1);
    expect(new Set(rows.map((row) => column(facts, 'payments', 'to')[row]))).deep.equal(new Set([16]));
    const kwh = columns['energyKwh'] as number[];
    for (const energy of kwh) expect(energy).greaterThan(0);
    // What is left without energy is 20 basis points of holdings at the last close.
    const price = column(days[0]!, 'assets', 'price');
    const [who, what, units] = ['institution', 'asset', 'units'].map((c) => column(days[0]!, 'positions', c));
    rows.forEach((row, r) => {
      const seat = column(facts, 'payments', 'from')[row]!;
      let held = 0;
      for (let p = 0; p < who!.length; p++) if (who![p] === seat) held += units![p]! * price[what![p]!]!;
      expect(amounts[r]! - 1000 * kwh[r]!).closeTo(0.002 * held, 1e-6 * held);
    });
  });

  it('is nothing where nobody moves', async () => {
    const free = await factsOf(smallScenario());
    expect(free.flatMap(({ tables }) => (tables.payments?.['kind'] ?? []) as string[])).not.include(
      'compliance',
    );
  });
});
