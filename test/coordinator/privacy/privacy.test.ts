import { expect } from 'chai';
import { privacyMetrics } from '../../../analysis/metrics/privacy.js';
import { privacySection } from '../../../analysis/report/sections/privacy.js';
import type { RunData } from '../../../analysis/run-data.js';
import { defaultOrders, guarantee, spending } from '../../../core/privacy/accountant.js';
import { nextClip } from '../../../core/privacy/adaptive-clip.js';
import type { DayFacts } from '../../../core/events.js';
import { roster } from '../../../core/roster.js';
import { askedOf, movedOnDay, overheard, repliesOf, type Said } from '../../overheard.js';
import { chainOf, column, factsOf, noticesOf, overlaid, smallScenario } from '../../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const alike: Raw = { learning: { architectures: [{ name: 'linear' }] }, roundEvery: 2 };
const hiding = (privacy: Raw, more: Raw = {}) =>
  smallScenario(overlaid(overlaid(alike, { federation: { privacy } }), more) as Raw);

const spoken = async (scenario: ReturnType<typeof hiding>): Promise<Said[]> => {
  const said: Said[] = [];
  await factsOf(scenario, { through: overheard(said) });
  return said;
};
const length = (v: ArrayLike<number>): number => Math.sqrt(Array.from(v).reduce((sum, x) => sum + x * x, 0));
/** Every update of a reply, one row each. */
const rowsOf = ({ deltas, learners }: { deltas: Float32Array; learners: readonly string[] }) =>
  learners.map((_, i) =>
    deltas.subarray((i * deltas.length) / learners.length, ((i + 1) * deltas.length) / learners.length),
  );
const lastOf = (days: readonly DayFacts[]): DayFacts => days.findLast(({ tables }) => tables.privacy)!;

describe('privacy in the loop', function () {
  this.timeout(60_000);

  for (const mechanism of ['dp-fedavg', 'dp-fedavg-adaptive'])
    for (const noise of ['coordinator', 'institutions'])
      it(`${mechanism}, noise by ${noise}: the record does not depend on hosts, nor on one that is saved and loaded`, async () => {
        const scenario = hiding({ mechanism, noise, clip: 0.1 });
        const one = await chainOf(scenario);
        expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
        expect(await chainOf(scenario, { through: movedOnDay(6) })).to.equal(one);
      });

  it('no update is longer than the bound, and what was shorter is as it was', async () => {
    const [bounded, free] = await Promise.all([
      spoken(hiding({ mechanism: 'dp-fedavg', clip: 0.04 })),
      spoken(hiding({ mechanism: 'none' })),
    ]);
    const [first, honest] = [repliesOf(bounded, 'updates')[0]!, repliesOf(free, 'updates')[0]!];
    let [shortened, kept] = [0, 0];
    rowsOf(honest).forEach((delta, i) => {
      const sent = rowsOf(first)[i]!;
      expect(length(sent)).to.be.at.most(0.04 + 1e-7);
      if (length(delta) > 0.04) shortened++;
      else {
        expect(sent).to.deep.equal(delta);
        kept++;
      }
      const factor = Math.min(1, 0.04 / length(delta));
      sent.forEach((x, j) => expect(x).to.be.closeTo(factor * delta[j]!, 1e-6));
    });
    expect(shortened).to.be.above(0);
    expect(kept).to.be.above(0);
  });

  it('the model moves by the equal mean of updates and noise of zC/n', async () => {
    const said = await spoken(
      hiding(
        { mechanism: 'dp-fedavg', clip: 0.2, noiseMultiplier: 1e-5, epsilon: 1e12 },
        { homogeneity: { updates: 1 } },
      ),
    );
    const [ready] = repliesOf(said, 'ready');
    const updates = rowsOf(repliesOf(said, 'updates')[0]!);
    askedOf(said, 'install')[0]!.parameters.forEach((w, j) => {
      const mean = updates.reduce((sum, u) => sum + u[j]!, 0) / 8;
      expect(w - ready!.initial[j]!).to.be.closeTo(mean, 1e-5);
    });
  });

  it('noise has the standard deviation that the record states, whoever adds it', async () => {
    for (const noise of ['coordinator', 'institutions']) {
      const scenario = (noiseMultiplier: number) =>
        hiding(
          { mechanism: 'dp-fedavg', clip: 0.5, noise, noiseMultiplier, epsilon: 1e12 },
          { days: 3, warmUp: 1, learning: { architectures: [{ name: 'mlp', hidden: [32, 32] }] } },
        );
      const [noised, still] = await Promise.all(
        [3, 1e-6].map(async (z) => askedOf(await spoken(scenario(z)), 'install')[0]!.parameters),
      );
      const stated = column(lastOf(await factsOf(scenario(3))), 'privacy', 'noise')[0]!;
      expect(stated).to.be.closeTo((3 * 0.5) / 8, 1e-12);
      const seen = length(noised!.map((w, j) => w - still![j]!)) / Math.sqrt(noised!.length);
      expect(seen / stated, noise).to.be.within(0.93, 1.07);
    }
  });

  it('adaptive: institutions say whether they were within the bound, which follows the quantile', async () => {
    const scenario = hiding({
      mechanism: 'dp-fedavg-adaptive',
      clip: 0.01,
      learningRate: 1,
      countStdDev: 1e3,
      noiseMultiplier: 1e-4,
      epsilon: 1e12,
      noise: 'institutions',
    });
    const quiet = hiding({ ...(scenario.federation.privacy as Raw), countStdDev: 1e-3 });
    const said = await spoken(quiet);
    const bounds = askedOf(said, 'train').map(({ bounds: b }) => b[0]!);
    repliesOf(said, 'updates').forEach(({ within }, r) => {
      const share = within.reduce((sum, b) => sum + b, 0) / 8;
      if (r + 1 < bounds.length)
        expect(bounds[r + 1]).to.be.closeTo(nextClip(bounds[r]!, share, 0.5, 1), 1e-12);
    });
    expect(bounds.at(-1)).to.be.above(2 * bounds[0]!);
    expect(repliesOf(await spoken(scenario), 'updates')[0]!.within.some((b) => Math.abs(b) > 2)).to.equal(
      true,
    );
  });

  it('ε grows round by round as the accountant says, for everybody', async () => {
    const days = await factsOf(hiding({ mechanism: 'dp-fedavg', noiseMultiplier: 2, epsilon: 20 }));
    const rounds = days.filter(({ tables }) => tables.privacy);
    expect(rounds).to.have.length(6);
    rounds.forEach((facts, r) => {
      const spent = spending(defaultOrders, { noiseMultiplier: 2, sampleRate: 1, rounds: r + 1 });
      const { epsilon } = guarantee(defaultOrders, spent, 1e-5);
      const column_ = Array.from(column(facts, 'privacy', 'epsilon'));
      expect(column_).to.have.length(8);
      for (const own of column_) expect(own).to.be.closeTo(epsilon, 1e-12);
    });
  });

  it('subsampling amplifies: asked by lot, everybody pays less a round, whether asked or not', async () => {
    const scenario = hiding(
      { mechanism: 'dp-fedavg', epsilon: 50 },
      { federation: { participation: { askedShare: 0.5 } } },
    );
    const last = lastOf(await factsOf(scenario));
    const spent = spending(defaultOrders, { noiseMultiplier: 1, sampleRate: 0.5, rounds: 6 });
    for (const epsilon of Array.from(column(last, 'privacy', 'epsilon')))
      expect(epsilon).to.be.closeTo(guarantee(defaultOrders, spent, 1e-5).epsilon, 1e-9);
  });

  it('a round that would break a budget is not held: an event names everybody, once, and no update leaves', async () => {
    const scenario = hiding({ mechanism: 'dp-fedavg', noiseMultiplier: 2, epsilon: 4 });
    const affords = (rounds: number): boolean =>
      guarantee(defaultOrders, spending(defaultOrders, { noiseMultiplier: 2, sampleRate: 1, rounds }), 1e-5)
        .epsilon <= 4;
    const days = await factsOf(scenario);
    const told = noticesOf(days, 'budget-spent');
    expect(told).to.have.length(1);
    expect(told[0]!.columns['institution']).to.have.length(8);
    const from = told[0]!.day;
    expect([from, affords(2)]).to.deep.equal([5, true]);
    expect(affords(3)).to.equal(false);
    for (const { day, tables } of days)
      if (tables.rounds)
        expect(tables.rounds['institution'], `day ${day}`).to.have.length(day < from ? 8 : 0);
    const epsilons = Array.from(column(lastOf(days), 'privacy', 'epsilon'));
    for (const epsilon of epsilons) expect(epsilon).to.be.within(3, 4);
    const tables = Object.fromEntries([['privacy', lastOf(days).tables.privacy!]]);
    const notices = days.flatMap(({ day, notices: all }) => all.map((n) => ({ ...n, day })));
    const run = { scenario, roster: roster(scenario.institutions), tables, notices } as unknown as RunData;
    const [section] = privacySection(run);
    expect(String(JSON.stringify(section!.body))).to.match(/asked no more from day 5/);
    expect(privacyMetrics(run)['privacyLoss']!.value).to.equal(Math.max(...epsilons));
  });
});

describe('privacy that does not go with a scenario', () => {
  const refused =
    (privacy: Raw, more: Raw = {}) =>
    () =>
      smallScenario(overlaid({ federation: { privacy } }, more) as Raw);
  it('says why', () => {
    const mechanism = 'dp-fedavg';
    for (const rule of ['median', 'krum', 'scaffold', 'fednova', 'fedbuff', 'gossip'])
      expect(refused({ mechanism }, { federation: { aggregation: { rule } } })).to.throw(
        `federation.privacy.mechanism: "dp-fedavg" gives a rule the sum of updates only, and "${rule}" needs each of them`,
      );
    for (const rule of ['fedavg', 'fedprox', 'fedavgm', 'fedadagrad', 'fedadam', 'fedyogi'])
      expect(refused({ mechanism }, { federation: { aggregation: { rule } } })).not.to.throw();
    expect(refused({ mechanism }, { federation: { participation: { lateShare: 0.1 } } })).to.throw(
      'lateShare',
    );
    expect(refused({ mechanism }, { federation: { membership: 'centralised' } })).to.throw('a pool is alone');
    expect(refused({ mechanism }, { learning: { architectures: [{ name: 'random-forest' }] } })).to.throw(
      'trees have no sum',
    );
    expect(refused({ mechanism, epsilon: 1 })).to.throw(
      'federation.privacy.epsilon: 1 does not pay for one round, which costs 4.',
    );
    expect(refused({ mechanism: 'dp-fedavg-adaptive', noiseMultiplier: 3 })).to.throw(
      'federation.privacy.countStdDev: 1 must exceed half the noiseMultiplier, 1.5',
    );
  });
});
