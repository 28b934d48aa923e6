import { expect } from 'chai';
import { aggregations } from '../../../coordinator/aggregation/index.js';
import type { DayFacts } from '../../../core/events.js';
import { askedOf, movedOnDay, overheard, repliesOf, type Said } from '../../overheard.js';
import { chainOf, column, factsOf, overlaid, smallScenario } from '../../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const rows = 8;
const unlike: Raw = {
  days: 21,
  roundEvery: 2,
  homogeneity: { models: 0 },
  learning: {
    firstSteps: 60,
    architectures: [
      { name: 'mlp', hidden: [8] },
      { name: 'linear' },
      { name: 'lstm', lookback: 3, width: 4 },
    ],
  },
};
const together: Raw = { federation: { membership: 'all', aggregation: { rule: 'fedmd' }, probes: rows } };
const distilled = (more: Raw = {}) => smallScenario(overlaid(overlaid(unlike, together), more) as Raw);
const apart = () =>
  smallScenario(overlaid(unlike, { federation: { membership: 'local', probes: rows } }) as Raw);

/** Mean squared distance of all forecasts on probes to their mean, on the last day that has some. */
function spread(days: readonly DayFacts[]): number {
  const forecasts = column(
    days.findLast(({ tables }) => tables.probes)!,
    'probes',
    'forecast',
  );
  const n = forecasts.length / rows;
  let sum = 0;
  for (let r = 0; r < rows; r++) {
    const own = Array.from({ length: n }, (_, i) => forecasts[i * rows + r]!);
    const mean = own.reduce((a, b) => a + b, 0) / n;
    sum += own.reduce((a, b) => a + (b - mean) ** 2, 0);
  }
  return sum / forecasts.length;
}

const spoken = async (scenario: ReturnType<typeof distilled>, hosts = 2): Promise<Said[]> => {
  const said: Said[] = [];
  await factsOf(scenario, { hosts, through: overheard(said) });
  return said;
};

describe('fedmd', () => {
  it('agrees on the mean forecast, all counting alike', () => {
    const update = (institution: string, examples: number, delta: number[]) => ({
      institution,
      examples,
      delta: Float64Array.from(delta),
    });
    const updates = [update('a', 1, [3, -1]), update('b', 99, [1, 1])];
    const { parameters } = aggregations.fedmd.aggregate(
      {},
      { parameters: Float64Array.of(1, 2), updates },
      {},
    );
    expect([...parameters]).to.deep.equal([3, 2]);
  });
});

describe('distillation across architectures in the loop', function () {
  this.timeout(60_000);

  it('unlike architectures come closer in their forecasts than each alone', async () => {
    const [one, many] = [spread(await factsOf(distilled())), spread(await factsOf(apart()))];
    expect(one)
      .to.be.greaterThan(0)
      .and.lessThan(many / 2);
  });

  it('the more, the longer and the harder they are pulled', async () => {
    const pulled = async (weight: number, steps: number) =>
      spread(await factsOf(distilled({ federation: { aggregation: { rule: 'fedmd', weight, steps } } })));
    const usual = await pulled(10, 10);
    expect(await pulled(0.01, 10)).to.be.greaterThan(usual);
    expect(await pulled(10, 1)).to.be.greaterThan(usual);
  });

  it('only forecasts travel: updates are their distance to the consensus, models sent are the consensus', async () => {
    const said = await spoken(distilled());
    for (const { parameterCounts } of repliesOf(said, 'ready'))
      expect([...parameterCounts]).to.deep.equal([rows, rows, rows]);
    const updates = repliesOf(said, 'updates');
    const installs = askedOf(said, 'install');
    const probes = repliesOf(said, 'probe-reply');
    expect(updates).to.have.length(22);
    updates.forEach(({ deltas, learners, controls, masked, packed }, u) => {
      expect(deltas).to.have.length(rows * learners.length);
      expect(controls.length + masked.length + packed.length).to.equal(0);
      // Hosts answer in turn: before this round they were sent the consensus of the last one.
      const agreed = installs[u - 2]?.parameters ?? new Float32Array(rows);
      const { forecasts } = probes[u]!;
      deltas.forEach((d, j) => expect(d).to.equal(Math.fround(forecasts[j]! - agreed[j % rows]!)));
    });
    installs.forEach(({ parameters, federations }) => {
      expect(parameters).to.have.length(rows);
      expect(federations.map(({ mixing }) => mixing)).to.deep.equal([0]);
    });
    const [first] = installs;
    const sent = [...probes[0]!.forecasts, ...probes[1]!.forecasts];
    first!.parameters.forEach((f, r) => {
      const own = sent.filter((_, j) => j % rows === r);
      expect(f).to.be.closeTo(own.reduce((a, b) => a + b, 0) / own.length, 1e-6);
    });
  });

  it('the record does not depend on hosts, on one that is saved and loaded, or on lateness being spread', async () => {
    const scenario = distilled({ federation: { participation: { lateShare: 0.3, askedShare: 0.8 } } });
    const one = await chainOf(scenario);
    expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
    expect(await chainOf(scenario, { through: movedOnDay(8) })).to.equal(one);
  });

  it('a federation of all is one, and an institution that a mandate moves stays in it with a model of its own', async () => {
    const days = await factsOf(
      distilled({ homogeneity: { models: 1 }, mandates: [{ kind: 'architecture-cap', maxShare: 0.5 }] }),
    );
    const moved = days.flatMap(({ notices }) => notices.filter(({ kind }) => kind === 'moved'));
    expect(moved).to.have.length.greaterThan(0);
    const rounds = days.flatMap(({ tables }) => (tables.rounds ? [tables.rounds] : []));
    for (const { federation, distance, updateNorm, bytes } of rounds) {
      expect(new Set(federation as string[])).to.deep.equal(new Set(['all']));
      expect(federation).to.have.length(8);
      expect(Array.from(bytes as Int32Array)).to.deep.equal(Array.from({ length: 8 }, () => 4 * rows));
      expect(Array.from(distance as Float64Array).every(Number.isNaN)).to.equal(true);
      expect(Math.min(...(updateNorm as Float64Array))).to.be.greaterThan(0);
    }
  });

  it('reports how far each was from the consensus before it was digested, and after', async () => {
    const days = await factsOf(distilled());
    const told = (quantity: string) =>
      days.flatMap(({ tables: { training } }) =>
        ((training?.['quantity'] ?? []) as string[]).flatMap((q, i) =>
          q === quantity ? [(training!['value'] as Float64Array)[i]!] : [],
        ),
      );
    const [before, after] = [told('consensus-loss-before'), told('consensus-loss-after')];
    // Ten rounds of eleven: there is none to digest in the first.
    expect([before.length, after.length]).to.deep.equal([80, 80]);
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(after)).to.be.lessThan(mean(before));
  });

  it('federates within architectures, or within architectures and types, just as well', async () => {
    for (const membership of ['architecture', 'type']) {
      const days = await factsOf(distilled({ federation: { membership } }));
      const last = days.findLast(({ tables }) => tables.rounds)!.tables.rounds!;
      expect(new Set(last['federation'] as string[]).size).to.be.greaterThan(2);
    }
  });

  const refused = (more: Raw, ...words: string[]) => {
    for (const word of words) expect(() => distilled(more), word).to.throw(word);
  };
  const federation = (given: Raw): Raw => ({ federation: given });

  it('is refused beside what acts on parameters, both named', () => {
    const acts: [Raw, string][] = [
      [federation({ privacy: { mechanism: 'dp-fedavg' } }), 'dp-fedavg'],
      [federation({ secureAggregation: { protocol: 'pairwise-masks' } }), 'pairwise-masks'],
      [federation({ compression: { method: 'int8' } }), 'int8'],
      [federation({ personalisation: { method: 'ditto' } }), 'ditto'],
      [federation({ attacks: [{ kind: 'sign-flip', share: 0.2 }] }), 'sign-flip'],
      [{ mandates: [{ kind: 'mixing-cap', maxMixing: 0.2 }] }, 'mixing-cap'],
      [{ learning: { penalties: { proximal: 0.1 } } }, 'proximal'],
    ];
    for (const [more, name] of acts)
      refused(more, `federation.aggregation.rule: "fedmd" sends forecasts, and "${name}" acts on parameters`);
    expect(() => distilled(federation({ attacks: [{ kind: 'label-flip', share: 0.2 }] }))).not.to.throw();
  });

  it('is refused beside architectures without a forecast to pull, without probes, and where nobody could agree', () => {
    const with_ = (name: string): Raw => ({ learning: { architectures: [{ name: 'mlp' }, { name }] } });
    refused(with_('random-forest'), '"fedmd" does not go with random-forest: it learns by refitting');
    refused(with_('ppo'), '"fedmd" does not go with ppo: it learns by reward');
    refused(federation({ probes: 1 }), 'federation.probes 1 must be at least 2');
    refused(federation({ membership: 'local' }), 'one’s own forecasts');
    refused(federation({ membership: 'centralised' }), 'a pool is alone');
    refused(
      federation({ aggregation: { rule: 'fedavg' } }),
      '"all" brings architectures together',
      '"fedavg"',
    );
  });
});
