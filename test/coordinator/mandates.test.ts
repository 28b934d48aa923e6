import { expect } from 'chai';
import { architectureCap } from '../../coordinator/mandates/architecture-cap.js';
import { minimumEffectiveModels } from '../../coordinator/mandates/minimum-effective-models.js';
import type { RosterView } from '../../coordinator/mandates/mandate.js';
import { groupShares } from '../../core/diversity.js';
import { stream } from '../../core/random.js';
import { column, factsOf, noticesOf, smallScenario } from '../small-run.js';

const view = (architecture: readonly number[], aum: readonly number[], names = 2): RosterView => ({
  day: 1,
  ids: aum.map((_, i) => `i-${i}`),
  architectures: Array.from({ length: names }, (_, a) => `model-${a}`),
  architecture: Int32Array.from(architecture),
  mayHave: () => true,
  aum: Float64Array.from(aum),
  meanForecasts: new Float32Array(0),
  costUsd: (seat) => aum[seat]!,
  lot: stream({ seed: 1, purpose: 'test' }),
});
const after = ({ architecture }: RosterView, moves: readonly { seat: number; to: number }[]): Int32Array => {
  const next = architecture.slice();
  for (const { seat, to } of moves) next[seat] = to;
  return next;
};

describe('architecture-cap', () => {
  it('leaves a roster below the cap alone', () => {
    expect(architectureCap.assign({ maxShare: 0.5, selectBy: 'lot' }, view([0, 1], [1, 1]))).to.deep.equal({
      moves: [],
    });
  });

  it('moves just enough institutions, with the reason', () => {
    const roster = view([0, 0, 0, 0], [1, 1, 1, 1]);
    const { moves, unmet } = architectureCap.assign({ maxShare: 0.5, selectBy: 'lot' }, roster);
    expect(moves).to.have.length(2);
    expect(moves[0]!.reason).to.equal('model-0 holds 100.0% of assets, above 50.0%; drawn by lot');
    expect(unmet).to.equal(undefined);
    expect(Array.from(groupShares(after(roster, moves), roster.aum, 2))).to.deep.equal([0.5, 0.5]);
  });

  it('says so where the only holders are too large to move', () => {
    const { moves, unmet } = architectureCap.assign({ maxShare: 0.6, selectBy: 'lot' }, view([0, 1], [9, 1]));
    expect(moves).to.deep.equal([]);
    expect(unmet).to.equal(
      'model-0 still holds 90.0% of assets: no institution left to move is small enough',
    );
  });

  it('never moves those out of business, who hold nothing', () => {
    const { moves } = architectureCap.assign({ maxShare: 0.5, selectBy: 'lot' }, view([0, 0, 0], [1, 1, 0]));
    expect(moves.map((m) => m.seat)).not.to.include(2);
  });

  it('moves nobody to an architecture that its type may not have', () => {
    const open = view([0, 0, 0, 0], [1, 1, 1, 1], 3);
    const tied = { ...open, mayHave: (seat: number, a: number) => a === 0 || (seat > 1 && a === 2) };
    const { moves } = architectureCap.assign({ maxShare: 0.5, selectBy: 'lot' }, tied);
    expect(moves.map(({ seat, to }) => [seat, to]).sort()).to.deep.equal([
      [2, 2],
      [3, 2],
    ]);
    const { moves: none, unmet } = minimumEffectiveModels.assign(
      { minimum: 2, kinds: 'architectures', selectBy: 'lot' },
      { ...open, mayHave: (_: number, a: number) => a === 0 },
    );
    expect([none, unmet]).to.deep.equal([
      [],
      '1.00 effective models, below 2: no move from the most ordinary architecture to the least adds diversity',
    ]);
  });

  it('is met over many architectures at once', () => {
    const roster = view(
      new Array<number>(30).fill(0),
      Array.from({ length: 30 }, (_, i) => 1 + (i % 5)),
      3,
    );
    const { moves } = architectureCap.assign({ maxShare: 0.4, selectBy: 'lot' }, roster);
    expect(Math.max(...groupShares(after(roster, moves), roster.aum, 3))).to.be.at.most(0.4);
  });
});

describe('a binding mandate in a run', () => {
  const scenario = smallScenario({
    institutions: { count: 16, sizes: { largestShare: 0.12 } },
    homogeneity: { models: 1 },
    mandates: [{ kind: 'architecture-cap', maxShare: 0.6 }],
  });

  it('moves institutions on the first round, and then holds', async () => {
    const days = await factsOf(scenario);
    const [first] = noticesOf(days, 'moved');
    expect(first!.day).to.equal(1);
    expect(first!.columns['mandate']).to.satisfy((kinds: string[]) =>
      kinds.every((k) => k === 'architecture-cap'),
    );
    expect(new Set(first!.columns['from'])).to.deep.equal(new Set(['mlp']));
    expect(new Set(first!.columns['to'])).to.deep.equal(new Set(['linear']));
    expect(first!.columns['reason']![0]).to.match(/^mlp holds 100\.0% of assets, above 60\.0%/);
    for (const facts of days.slice(1)) {
      const [who, what, units] = ['institution', 'asset', 'units'].map((c) => column(facts, 'positions', c));
      const price = column(facts, 'assets', 'price');
      const held = new Float64Array(16);
      for (let row = 0; row < who!.length; row++) held[who![row]!]! += units![row]! * price[what![row]!]!;
      const shares = groupShares(Int32Array.from(column(facts, 'institutions', 'architecture')), held, 2);
      // Between rounds prices and trades may carry it a little over.
      expect(Math.max(...shares), `day ${facts.day}`).to.be.below(0.62);
    }
  });

  it('gives those moved the model of their new federation', async () => {
    const days = await factsOf(scenario);
    const moved = noticesOf(days, 'moved')[0]!.columns['institution'] as string[];
    const round = days[1]!.tables.rounds!;
    const federations = new Map(
      (round['institution'] as readonly string[]).map((id, row) => [
        id,
        (round['federation'] as string[])[row],
      ]),
    );
    for (const id of moved) expect(federations.get(id), id).to.equal('linear');
  });
});
