import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { requireModels } from '../../cli/check-models.js';
import { CliError } from '../../cli/errors.js';
import { readScenario } from '../../cli/scenario-file.js';

describe('models that a scenario names', () => {
  const defaults = readScenario(undefined, []).scenario;
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-models-'));
  after(() => rmSync(folder, { recursive: true }));

  async function refusal(learning: string, settings: readonly string[] = []): Promise<string[]> {
    const file = join(folder, 'scenario.yaml');
    writeFileSync(file, `name: x\nlearning:\n${learning}\n`);
    const error = await requireModels(readScenario(file, [...settings])).catch((failure: unknown) => failure);
    if (Array.isArray(error)) return error as string[];
    expect(error).to.be.instanceOf(CliError).with.property('exitCode', 3);
    return [...(error as CliError).lines];
  }

  it('must fit the engine: named with their line and what to lower', async () => {
    const [said, ...others] = await refusal(
      '  architectures:\n    - name: linear\n    - { name: mlp, hidden: [4096, 4096] }',
    );
    expect(others).to.deep.equal([]);
    expect(said).to.match(
      /scenario\.yaml:5:\d+: learning\.architectures\[1\]: mlp: needs \d+ numbers at a time/,
    );
    expect(said).to.match(/lower its sizes, its lookback or learning\.batchSize$/);
  });

  it("must fit it in training too, on the scenario's minibatches", async () => {
    const wide = (batchSize: number) =>
      refusal(`  batchSize: ${batchSize}\n  architectures: [{ name: transformer, lookback: 60 }]`);
    expect((await wide(4096))[0]).to.match(/architectures\[0\]: transformer: needs/);
    expect(await wide(32)).to.deep.equal([]);
  });

  it('are let be however long the episodes are that a policy lives through, where one day fits', async () => {
    const onPolicies = Object.fromEntries(
      Object.entries(defaults.institutions.types).map(([type, one]) => [
        type,
        { ...one, strategy: { name: 'policy' } },
      ]),
    );
    const policy = (days: number) =>
      refusal(`  architectures: [{ name: ppo, lookback: 60, days: ${days} }]`, [
        `institutions.types=${JSON.stringify(onPolicies)}`,
      ]);
    expect(await policy(700)).to.deep.equal([]);
  });

  it('are let be where they fit, each kind', async () => {
    expect(
      await refusal(
        '  architectures: [{ name: gru }, { name: graph }, { name: deep-ensemble }, { name: random-forest }]',
      ),
    ).to.deep.equal([]);
  });

  it('read what institutions read: a column and its mask more where positions are disclosed', async () => {
    const { sources } = defaults;
    const last = 8 + 2 * Object.keys(sources).length + 1;
    const own = `  architectures: [{ name: autoregressive, returnFeature: ${last} }]`;
    expect(await refusal(own, ['mandates=[{kind: position-disclosure}]'])).to.deep.equal([]);
    expect(() =>
      readScenario(undefined, [`learning.architectures=[{name: autoregressive, returnFeature: ${last}}]`]),
    ).to.throw(`${last} where a day has ${last - 1} features`);
  });
});
