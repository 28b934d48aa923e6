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

  const onPolicies = Object.fromEntries(
    Object.entries(defaults.institutions.types).map(([type, one]) => [
      type,
      { ...one, strategy: { name: 'policy' } },
    ]),
  );
  const policies = [`institutions.types=${JSON.stringify(onPolicies)}`];

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
    expect(said).to.match(/16777216 is the most: lower its hidden$/);
  });

  it("must fit it in training too, on the scenario's minibatches", async () => {
    const wide = (batchSize: number) =>
      refusal(`  batchSize: ${batchSize}\n  architectures: [{ name: transformer, lookback: 60 }]`);
    expect(await wide(4096)).to.have.length(1);
    expect((await wide(4096))[0]).to.match(
      /scenario\.yaml:3:\d+: learning\.batchSize: transformer: needs \d+ numbers .* is the most: lower it$/,
    );
    expect(await wide(32)).to.deep.equal([]);
  });

  it('are let be however long the episodes are that a policy lives through, where one day fits', async () => {
    const policy = (days: number) =>
      refusal(`  architectures: [{ name: ppo, lookback: 60, days: ${days} }]`, policies);
    expect(await policy(700)).to.deep.equal([]);
  });

  it('must fit it in counting what a minibatch costs, where training takes example by example', async () => {
    const hidden = (batchSize: number) =>
      refusal(`  batchSize: ${batchSize}\n  architectures: [{ name: transformer, lookback: 60 }]`, [
        'federation.privacy={mechanism: dp-sgd, epsilon: 10000}',
        'federation.probes=0',
      ]);
    expect((await hidden(4096))[0]).to.match(/learning\.batchSize: transformer: needs .*: lower it$/);
    expect(await hidden(32)).to.deep.equal([]);
  });

  it('must fit it as policies', async () => {
    const wide = (width: number) =>
      refusal(`  architectures: [{ name: ppo, layers: 8, width: ${width} }]`, policies);
    expect((await wide(512))[0]).to.match(
      /architectures\[0\]: ppo: needs .*: lower its width, layers or lookback$/,
    );
    expect(await wide(16)).to.deep.equal([]);
  });

  it('must fit it with what the loss reads of public probes', async () => {
    const file = (probes: number, rest = '') =>
      refusal(
        `  architectures: [{ name: transformer, lookback: 40, width: 32 }]\n  ${rest}penalties: { decorrelation: 0.5 }\nfederation: { probes: ${probes} }`,
      );
    expect(await file(2048)).to.have.length(1);
    expect((await file(2048))[0]).to.match(
      /scenario\.yaml:5:\d+: federation\.probes: transformer: needs \d+ numbers .*: lower it$/,
    );
    expect(await file(16)).to.deep.equal([]);
    expect((await file(2048, 'batchSize: 4096\n  '))[0]).to.match(
      /learning\.batchSize: transformer: .*: lower it and federation\.probes$/,
    );
  });

  it('must fit it in taking in what a federation agreed on', async () => {
    const agreed = (probes: number) =>
      refusal(
        `  architectures: [{ name: transformer, lookback: 40, width: 32 }]\nfederation: { probes: ${probes}, aggregation: { rule: fedmd } }`,
      );
    expect((await agreed(2048))[0]).to.match(/federation\.probes: transformer: needs .*: lower it$/);
    expect(await agreed(16)).to.deep.equal([]);
  });

  it('must fit it as teachers: named with the line of the regime', async () => {
    const taught = (hidden: string, batchSize = 32) =>
      refusal(
        `  architectures: [{ name: mlp }]\n  batchSize: ${batchSize}\n  regimes:\n    - { name: replay }\n    - { name: distillation, hidden: ${hidden} }`,
      );
    expect(await taught('[4096, 4096, 4096]')).to.have.length(1);
    expect((await taught('[4096, 4096, 4096]'))[0]).to.match(
      /scenario\.yaml:7:\d+: learning\.regimes\[1\]: teacher: needs \d+ numbers .*: lower its hidden$/,
    );
    expect((await taught('[2048, 1024]', 4096))[0]).to.match(
      /scenario\.yaml:4:\d+: learning\.batchSize: teacher: needs \d+ numbers .*: lower it$/,
    );
    expect(await taught('[256]')).to.deep.equal([]);
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
