import { expect } from 'chai';
import { requireModels } from '../../cli/check-models.js';
import { CliError } from '../../cli/errors.js';
import { readScenario } from '../../cli/scenario-file.js';
import { askedOf, movedOnDay, overheard, repliesOf, type Said } from '../overheard.js';
import { chainOf, column, factsOf, smallScenario } from '../small-run.js';

type Raw = Readonly<Record<string, unknown>>;

const networks = { learning: { architectures: [{ name: 'mlp', hidden: [6, 4] }] }, roundEvery: 2 };
const with_ = (personalisation: Raw, updates = 1, more: Raw = {}) =>
  smallScenario({ ...networks, homogeneity: { updates }, federation: { personalisation }, ...more });

const spoken = async (scenario: ReturnType<typeof with_>): Promise<Said[]> => {
  const said: Said[] = [];
  await factsOf(scenario, { through: overheard(said) });
  return said;
};

/** How far apart the institutions' forecasts of the first probe are after the last round. */
async function spread(scenario: ReturnType<typeof with_>): Promise<number> {
  const last = (await factsOf(scenario)).findLast(({ tables }) => tables.probes)!;
  const first = Array.from(column(last, 'probes', 'forecast')).filter((_, r) => r % 8 === 0);
  return Math.max(...first) - Math.min(...first);
}

describe('personalisation', function () {
  this.timeout(60_000);

  for (const method of ['none', 'fedper', 'ditto'])
    it(`${method}: the record does not depend on hosts, nor on one that is saved and loaded`, async () => {
      const scenario = with_({ method }, 0.5);
      const one = await chainOf(scenario);
      expect(await chainOf(scenario, { hosts: 3 })).to.equal(one);
      expect(await chainOf(scenario, { through: movedOnDay(6) })).to.equal(one);
    });

  it('fedper: what stays at home is in no message, and makes institutions differ that share all else', async () => {
    const [all, base] = await Promise.all([
      spoken(with_({ method: 'none' })),
      spoken(with_({ method: 'fedper' })),
    ]);
    const [whole] = repliesOf(all, 'ready');
    const [shared] = repliesOf(base, 'ready');
    // The output has four weights and a bias.
    expect(whole!.parameterCounts[0]! - shared!.parameterCounts[0]!).to.equal(5);
    for (const { deltas, learners } of repliesOf(base, 'updates'))
      expect(deltas.length).to.equal(learners.length * shared!.parameterCounts[0]!);
    for (const { parameters } of askedOf(base, 'install'))
      expect(parameters.length).to.equal(shared!.parameterCounts[0]!);
    expect(await spread(with_({ method: 'none' }))).to.equal(0);
    expect(await spread(with_({ method: 'fedper' }))).to.be.above(1e-4);
  });

  it('fedper goes with fedprox and scaffold, whose pulls spare what stays at home', async () => {
    for (const rule of ['fedprox', 'scaffold'])
      expect(
        await spread(
          smallScenario({
            ...networks,
            homogeneity: { updates: 1 },
            federation: { personalisation: { method: 'fedper' }, aggregation: { rule } },
          }),
        ),
      ).to.be.above(1e-4);
  });

  it('ditto: the update is that of federated averaging, from a copy that starts at the federation’s model', async () => {
    const [plain, ditto] = await Promise.all([
      spoken(with_({ method: 'none' }, 1, { days: 4 })),
      spoken(with_({ method: 'ditto' }, 0, { days: 4 })),
    ]);
    const [first] = repliesOf(plain, 'updates');
    expect(first!.deltas.some((d) => d !== 0)).to.equal(true);
    expect(repliesOf(ditto, 'updates')[0]!.deltas).to.deep.equal(first!.deltas);
  });

  it('ditto: the stronger the pull, the more alike institutions are', async () => {
    const [free, pulled, tight] = await Promise.all(
      [0, 1, 100].map((mu) => spread(with_({ method: 'ditto', mu }, 0))),
    );
    expect(pulled).to.be.below(free!);
    expect(tight).to.be.below(pulled! / 2);
  });

  it('fedper refuses to keep everything at home, before anything runs', async () => {
    const loaded = readScenario(undefined, [
      'federation.personalisation.method=fedper',
      'federation.personalisation.tensors=6',
    ]);
    const refusal = await requireModels(loaded).catch((error: unknown) => error as CliError);
    expect(refusal).to.be.instanceOf(CliError).and.have.property('exitCode', 3);
    expect(String(refusal)).to.match(/tensors: mlp: has 6 tensors: with 6 at home nothing is shared/);
  });

  it('says which architectures it does not go with', () => {
    const of = (method: string, name: string) => () =>
      smallScenario({ learning: { architectures: [{ name }] }, federation: { personalisation: { method } } });
    expect(of('fedper', 'random-forest')).to.throw(
      '"fedper" does not go with random-forest: it learns by refitting',
    );
    expect(of('fedper', 'deep-ensemble')).to.throw(
      '"fedper" does not go with deep-ensemble: it has parts that train apart',
    );
    expect(of('ditto', 'bayesian-linear')).to.throw(
      '"ditto" does not go with bayesian-linear: it has no gradient',
    );
  });
});
