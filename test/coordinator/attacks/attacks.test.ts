import { expect } from 'chai';
import { deviationsHidden } from '../../../coordinator/attacks/a-little-is-enough.js';
import { plotsOf } from '../../../coordinator/attacks/attackers.js';
import { attacks } from '../../../coordinator/attacks/index.js';
import type { DayFacts } from '../../../core/events.js';
import { chainOf, factsOf, noticesOf, overlaid, smallScenario } from '../../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const alike: Raw = {
  learning: { architectures: [{ name: 'linear' }] },
  roundEvery: 5,
  days: 6,
  record: 'full',
};
const under = (attack: Raw | undefined, more: Raw = {}) =>
  smallScenario(overlaid(overlaid(alike, { federation: { attacks: attack ? [attack] : [] } }), more) as Raw);

/** What everybody sent in a round, by institution. */
function updatesOf(days: readonly DayFacts[], round: number): Map<string, number[]> {
  const { institution, delta } = days.find(({ day }) => day === 1 + (round - 1) * 5)!.tables.updates!;
  const sent = new Map<string, number[]>();
  (institution as string[]).forEach((id, r) =>
    sent.set(id, [...(sent.get(id) ?? []), (delta as Float32Array)[r]!]),
  );
  return sent;
}

const villains = ['bank-02', 'fund-01', 'fund-03'];
const by = (kind: string, more: Raw = {}): Raw => ({ kind, institutions: villains, ...more });
/** The first round under an attack, and without one. */
async function firstRound(attack: Raw) {
  const [attacked, peaceful] = await Promise.all(
    [attack, undefined].map(async (a) => updatesOf(await factsOf(under(a)), 1)),
  );
  return { attacked: attacked!, peaceful: peaceful! };
}

describe('attacks on a federation', function () {
  this.timeout(60_000);

  for (const kind of Object.keys(attacks))
    it(`${kind}: attackers’ updates change, nobody else’s; events say who; one host or three, the record is the same`, async () => {
      const { attacked, peaceful } = await firstRound(by(kind));
      for (const [id, delta] of peaceful)
        if (villains.includes(id)) expect(attacked.get(id), id).not.to.deep.equal(delta);
        else expect(attacked.get(id), id).to.deep.equal(delta);
      const scenario = under({ kind, share: 0.4 });
      const told = noticesOf(await factsOf(scenario), 'attack').map(({ columns }) => columns);
      const drawn = [...plotsOf(scenario, [...peaceful.keys()])[0]!.attackers].sort();
      expect(drawn).to.have.length(3);
      expect(told.map((c) => c['institution'])).to.deep.equal([drawn, drawn]);
      expect(told.map((c) => c['round'])).to.deep.equal([
        [1, 1, 1],
        [2, 2, 2],
      ]);
      expect(new Set(told.flatMap((c) => c['attack']))).to.deep.equal(new Set([kind]));
      expect(await chainOf(scenario, { hosts: 3 })).to.equal(await chainOf(scenario));
    });

  it('sign-flip sends −s Δ', async () => {
    const { attacked, peaceful } = await firstRound(by('sign-flip', { strength: 2 }));
    for (const id of villains) expect(attacked.get(id)).to.deep.equal(peaceful.get(id)!.map((d) => -2 * d));
  });

  it('scaled-update sends what label-flip sends times n/m, or a given factor', async () => {
    const [flipped, replaced, threefold] = await Promise.all(
      [by('label-flip'), by('scaled-update'), by('scaled-update', { factor: 3 })].map(
        async (attack) => (await firstRound(attack)).attacked,
      ),
    );
    for (const id of villains) {
      const honest = flipped!.get(id)!;
      expect(replaced!.get(id)).to.deep.equal(honest.map((d) => Math.fround((8 / 3) * d)));
      expect(threefold!.get(id)).to.deep.equal(honest.map((d) => Math.fround(3 * d)));
    }
  });

  it('label-flip learns the opposite: from the same start the mean update points the other way', async () => {
    const { attacked, peaceful } = await firstRound(by('label-flip'));
    const cosine = (a: number[], b: number[]): number => {
      const dot = (x: number[], y: number[]) => x.reduce((sum, v, j) => sum + v * y[j]!, 0);
      return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    };
    for (const id of villains) expect(cosine(attacked.get(id)!, peaceful.get(id)!)).to.be.below(0.5);
  });

  it('sybils all send what the first of them learned of turned labels; noise hides it and cancels', async () => {
    const [flipped, open, hidden] = await Promise.all(
      [by('label-flip'), by('sybils'), by('sybils', { noise: 1 })].map(
        async (attack) => (await firstRound(attack)).attacked,
      ),
    );
    const first = flipped!.get('bank-02')!;
    for (const id of villains) expect(open!.get(id)).to.deep.equal(first);
    for (const id of villains) expect(hidden!.get(id)).not.to.deep.equal(first);
    first.forEach((d, j) => {
      const sum = villains.reduce((total, id) => total + hidden!.get(id)![j]!, 0);
      expect(sum / 3).to.be.closeTo(d, 1e-6);
    });
  });

  it('a-little-is-enough sends μ + z σ of the updates known', async () => {
    for (const [knowledge, known] of [
      ['colluders', villains],
      ['everybody', undefined],
    ] as const) {
      const { attacked, peaceful } = await firstRound(
        by('a-little-is-enough', { deviations: 1.5, knowledge }),
      );
      const seen = (known ?? [...peaceful.keys()]).map((id) => peaceful.get(id)!);
      for (const id of villains)
        attacked.get(id)!.forEach((d, j) => {
          const mean = seen.reduce((sum, v) => sum + v[j]!, 0) / seen.length;
          const variance = seen.reduce((sum, v) => sum + (v[j]! - mean) ** 2, 0) / seen.length;
          expect(d).to.be.closeTo(mean + 1.5 * Math.sqrt(variance), 1e-6);
        });
    }
  });

  it('a-little-is-enough deviates by 1.43 where 24 of 50 attack, and not at all where few do or all', () => {
    expect(deviationsHidden(50, 24)).to.be.closeTo(1.4261, 1e-4);
    expect(deviationsHidden(10, 1)).to.equal(0);
    expect(deviationsHidden(3, 3)).to.equal(0);
    expect(deviationsHidden(10, 7)).to.be.closeTo(0.4307, 1e-4);
  });

  it('goes on from its first round to its last', async () => {
    const days = await factsOf(under(by('sign-flip', { from: 2, to: 2 }), { days: 11 }));
    expect(noticesOf(days, 'attack').map(({ day }) => day)).to.deep.equal([6]);
    const peaceful = await factsOf(under(undefined, { days: 11 }));
    expect(updatesOf(days, 1)).to.deep.equal(updatesOf(peaceful, 1));
    const late = await factsOf(under(by('label-flip', { from: 2 })));
    expect(updatesOf(late, 1)).to.deep.equal(updatesOf(peaceful, 1));
    expect(updatesOf(late, 2).get('bank-01')).to.deep.equal(updatesOf(peaceful, 2).get('bank-01'));
    expect(updatesOf(late, 2).get('bank-02')).not.to.deep.equal(updatesOf(peaceful, 2).get('bank-02'));
  });

  it('a larger share has everybody that a smaller one has, and nobody attacks twice', () => {
    const ids = Array.from({ length: 20 }, (_, i) => `i${i}`);
    const drawn = (...shares: number[]) =>
      plotsOf(
        smallScenario({
          federation: { attacks: shares.map((share) => ({ kind: 'sign-flip', share })) },
        }),
        ids,
      ).map(({ attackers }) => [...attackers]);
    expect(drawn(0.6)[0]).to.include.members(drawn(0.2)[0]!);
    const [one, two] = drawn(0.5, 0.5);
    expect(new Set([...one!, ...two!]).size).to.equal(20);
  });

  it('updates that lead nowhere leave the model as it was, on record', async () => {
    const scenario = under(by('sign-flip', { strength: 1e4 }), {
      federation: { aggregation: { rule: 'fedavgm', learningRate: 1e38 } },
    });
    const [refused] = noticesOf(await factsOf(scenario), 'not-aggregated');
    expect(refused!.columns['reason']).to.deep.equal(['the next model would not be finite']);
  });
});

describe('attacks that do not go with a scenario', () => {
  const refused =
    (attack: Raw, more: Raw = {}) =>
    () =>
      smallScenario(overlaid({ federation: { attacks: [attack] } }, more) as Raw);
  it('say why', () => {
    expect(refused({ kind: 'sybils' })).to.throw(
      'federation.attacks.0: says who attacks by a share or by institutions: give one of them',
    );
    expect(refused(by('sybils', { share: 0.1 }))).to.throw('give one of them');
    expect(refused({ kind: 'sybils', institutions: ['bank-1'] })).to.throw(
      'federation.attacks.0.institutions.0: "bank-1" is not an institution; did you mean "bank-01"?',
    );
    expect(refused({ kind: 'sybils', institutions: ['bank-01', 'bank-01'] })).to.throw(
      'federation.attacks.0.institutions.1: "bank-01" is listed twice',
    );
    expect(refused(by('sybils', { from: 9 }))).to.throw('round 9 is after the last round, 3');
    expect(refused(by('sybils', { from: 3, to: 2 }))).to.throw('round 2 is before from, 3');
    expect(refused(by('sybils'), { federation: { membership: 'centralised' } })).to.throw(
      '"sybils" needs institutions that send updates',
    );
    expect(refused(by('sign-flip'), { learning: { architectures: [{ name: 'random-forest' }] } })).to.throw(
      '"sign-flip" does not go with random-forest',
    );
    expect(
      refused(by('label-flip'), { learning: { architectures: [{ name: 'random-forest' }] } }),
    ).not.to.throw();
  });
});
