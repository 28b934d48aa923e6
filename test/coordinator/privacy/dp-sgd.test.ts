import { expect } from 'chai';
import { privacyMetrics } from '../../../analysis/metrics/privacy.js';
import { privacySection } from '../../../analysis/report/sections/privacy.js';
import type { RunData } from '../../../analysis/run-data.js';
import type { DayFacts } from '../../../core/events.js';
import { addSpending, defaultOrders, guarantee, spending } from '../../../core/privacy/accountant.js';
import { roster } from '../../../core/roster.js';
import { movedOnDay } from '../../overheard.js';
import { chainOf, column, factsOf, noticesOf, overlaid, smallScenario } from '../../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

/** Rounds of five steps on lots of 16, ten steps in the first. */
const base: Raw = {
  roundEvery: 2,
  learning: {
    localSteps: 5,
    firstSteps: 10,
    architectures: [{ name: 'mlp', hidden: [8] }, { name: 'linear' }],
  },
};
const hiding = (privacy: Raw = {}, more: Raw = {}) =>
  smallScenario(
    overlaid(
      overlaid(base, { federation: { privacy: { mechanism: 'dp-sgd', epsilon: 1e6, ...privacy } } }),
      more,
    ) as Raw,
  );

const roundsOf = (days: readonly DayFacts[]): DayFacts[] => days.filter(({ tables }) => tables.rounds);

/** ε of each round as the accountant has it, if so many steps were made on lots of 16 of so many examples. */
function reckoned(examples: readonly number[], steps: readonly number[], noiseMultiplier = 1): number[] {
  let spent: Float64Array = new Float64Array(defaultOrders.length);
  return examples.map((n, r) => {
    const made = { noiseMultiplier, sampleRate: Math.min(1, 16 / n), rounds: steps[r]! };
    spent = addSpending(spent, spending(defaultOrders, made));
    return guarantee(defaultOrders, spent, 1e-5).epsilon;
  });
}

describe('DP-SGD in the loop', function () {
  this.timeout(60_000);

  it('the record does not depend on hosts, nor on one that is saved and loaded', async () => {
    const scenario = hiding({ epsilon: 20 });
    const one = await chainOf(scenario);
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
    expect(await chainOf(scenario, { through: movedOnDay(6) })).to.equal(one);
  });

  it('bound and noise are what changes: without either, lots and nothing else', async () => {
    const forecasts = async (privacy: Raw) =>
      Array.from(column((await factsOf(hiding(privacy))).at(-1)!, 'forecasts', 'mean'));
    const [quiet, same, loud, bound] = await Promise.all([
      forecasts({ clip: 1e6, noiseMultiplier: 1e-12, epsilon: 1e300 }),
      forecasts({ clip: 2e6, noiseMultiplier: 1e-12, epsilon: 1e300 }),
      forecasts({ clip: 1, noiseMultiplier: 50 }),
      forecasts({ clip: 1e-6, noiseMultiplier: 1e-12, epsilon: 1e300 }),
    ]);
    const apart = (a: number[], b: number[]) => Math.max(...a.map((x, i) => Math.abs(x - b[i]!)));
    expect(apart(quiet, same)).to.be.lessThan(1e-3);
    expect(apart(quiet, loud)).to.be.greaterThan(0.02);
    expect(apart(quiet, bound)).to.be.greaterThan(1e-3);
  });

  it('ε grows round by round with the steps and the examples that each has', async () => {
    const days = roundsOf(await factsOf(hiding()));
    expect(days).to.have.length(6);
    const examples = days.map((facts) => column(facts, 'rounds', 'examples')[0]!);
    expect(examples[5]).to.be.greaterThan(60);
    const expected = reckoned(examples, [10, 5, 5, 5, 5, 5]);
    days.forEach((facts, r) => {
      const told = Array.from(column(facts, 'privacy', 'epsilon'));
      expect(told).to.have.length(8);
      for (const epsilon of told) expect(epsilon).to.be.closeTo(expected[r]!, 1e-12);
    });
    const last = days.at(-1)!;
    expect([column(last, 'privacy', 'clip')[0], column(last, 'privacy', 'noise')[0]]).to.deep.equal([1, 1]);
  });

  it('Ditto’s two models and a digest of forecasts are paid for too', async () => {
    const spent = async (more: Raw) => {
      const days = roundsOf(await factsOf(hiding({}, more)));
      return [
        days.map((d) => column(d, 'rounds', 'examples')[0]!),
        days.map((d) => column(d, 'privacy', 'epsilon')[0]!),
      ] as const;
    };
    const [examples, ditto] = await spent({ federation: { personalisation: { method: 'ditto' } } });
    reckoned(examples, [20, 10, 10, 10, 10, 10]).forEach((e, r) => expect(ditto[r]).to.be.closeTo(e, 1e-12));
    const agreeing = { federation: { membership: 'all', aggregation: { rule: 'fedmd', steps: 3 } } };
    const [again, fedmd] = await spent(agreeing);
    reckoned(again, [10, 8, 8, 8, 8, 8]).forEach((e, r) => expect(fedmd[r]).to.be.closeTo(e, 1e-12));
    const scenario = hiding({}, agreeing);
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(await chainOf(scenario));
  });

  it('a round that would break a budget is not trained: told once, and the others go on', async () => {
    const outages = [{ institution: 'bank-02', from: 3, to: 6 }];
    const free = await factsOf(hiding({}, { institutions: { outages } }));
    const examples = roundsOf(free).map((facts) => column(facts, 'rounds', 'examples')[0]!);
    const whole = reckoned(examples, [10, 5, 5, 5, 5, 5]);
    // Pays for three rounds and not for four.
    const budget = (whole[2]! + whole[3]!) / 2;
    const scenario = hiding({ epsilon: budget }, { institutions: { outages } });
    const days = await factsOf(scenario);
    const told = noticesOf(days, 'budget-spent');
    // Round 4 is on day 7; who was away for two rounds gets two more.
    expect(told.map(({ day }) => day)).to.deep.equal([7, 11]);
    expect(told[0]!.columns['institution']).to.have.length(7);
    expect(told[1]!.columns['institution']).to.deep.equal(['bank-02']);
    for (const epsilon of told.flatMap(({ columns }) => columns['epsilon'] as number[]))
      expect(epsilon).to.be.at.most(budget);
    const trained = roundsOf(days).map(({ tables }) => tables.rounds!['institution']);
    expect(trained.map((ids) => (ids as string[]).length)).to.deep.equal([8, 7, 7, 1, 1, 0]);
    expect(trained[4]).to.deep.equal(['bank-02']);
    expect(noticesOf(days, 'sat-out')).to.deep.equal([]);
    const notices = days.flatMap(({ day, notices: all }) => all.map((n) => ({ ...n, day })));
    const tables = { privacy: days.findLast(({ tables: t }) => t.privacy)!.tables.privacy! };
    const run = { scenario, roster: roster(scenario.institutions), tables, notices } as unknown as RunData;
    const body = JSON.stringify(privacySection(run)[0]!.body);
    expect(body)
      .to.match(/any one example/)
      .and.match(/did not train from day 7/);
    expect(privacyMetrics(run)['privacyLoss']!.value).to.be.within(budget / 2, budget);
  });

  it('goes with masks, compression, robust rules, late updates and pools, which see noised models only', async () => {
    for (const federation of [
      { probes: 0, secureAggregation: { protocol: 'pairwise-masks' } },
      { compression: { method: 'int8' } },
      { aggregation: { rule: 'median' }, participation: { lateShare: 0.3 } },
      { membership: 'centralised' },
    ]) {
      const days = roundsOf(await factsOf(hiding({}, { days: 4, federation })));
      const last = days.at(-1)!;
      expect(last.tables.privacy!['institution'], JSON.stringify(federation)).to.have.length.greaterThan(0);
    }
  });
});

describe('DP-SGD that does not go with a scenario', () => {
  const refused = (more: Raw, ...words: string[]) => {
    for (const word of words) expect(() => hiding({}, more), word).to.throw(word);
  };
  const learning = (given: Raw): Raw => ({ learning: given });

  it('says why, with both names', () => {
    const gradient = 'federation.privacy.mechanism: "dp-sgd" needs the gradient of every single example, and';
    const with_ = (name: string) => learning({ architectures: [{ name }] });
    refused(with_('random-forest'), `${gradient} random-forest learns by refitting`);
    refused(with_('ppo'), `${gradient} ppo learns by reward`);
    refused(with_('deep-ensemble'), `${gradient} deep-ensemble has parts that train apart`);
    refused(
      learning({ architectures: [{ name: 'tfjs', path: 'model.json' }] }),
      `${gradient} tfjs is not computed by the engine`,
    );
    for (const name of ['replay', 'elastic-weight-consolidation', 'distillation', 'early-stopping'])
      refused(learning({ regimes: [{ name }] }), `regime "${name}" learns from examples otherwise`);
    for (const name of ['adversarial', 'quantized'])
      expect(() => hiding({}, learning({ regimes: [{ name }] }))).not.to.throw();
    refused(
      { federation: { aggregation: { rule: 'scaffold' } } },
      '"dp-sgd" noises every gradient, and "scaffold" sends others without noise',
    );
    refused(learning({ targets: 'shuffled' }), 'learning.targets shuffled');
  });

  it('nor a budget that cannot pay for a first round', () => {
    const least = guarantee(
      defaultOrders,
      spending(defaultOrders, { noiseMultiplier: 0.5, sampleRate: 16 / (40 * 3), rounds: 10 }),
      1e-5,
    ).epsilon;
    expect(() => hiding({ noiseMultiplier: 0.5, epsilon: least * 0.99 })).to.throw(
      `federation.privacy.epsilon: ${least * 0.99} does not pay for a first round, which costs at least ${least.toFixed(2)}`,
    );
    expect(() => hiding({ noiseMultiplier: 0.5, epsilon: least * 1.01 })).not.to.throw();
  });
});
