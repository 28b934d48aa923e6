import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { catalogue } from '../../cli/catalogue.js';
import { scenarioJsonSchema } from '../../cli/scenario-schema.js';
import { loadScenario } from '../../core/scenario/load.js';
import { describe as told, ScenarioInvalid } from '../../core/scenario/problem.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../../core/scenario.js';
import { leavesOf } from '../scenario-leaves.js';

/** Loads `main.yaml` among files that exist in this test only. */
function load(files: Readonly<Record<string, string>>, overrides: readonly string[] = []): Scenario {
  const read = (reference: string): { name: string; text: string } => {
    const text = files[reference];
    if (text === undefined)
      throw new ScenarioInvalid([{ place: `${reference}:1:1`, path: [], message: 'does not exist' }]);
    return { name: reference, text };
  };
  const loaded = loadScenario({ file: 'main.yaml', overrides }, catalogue, read, scenarioJsonSchema);
  if (!loaded.scenario || loaded.problems.length > 0) throw new ScenarioInvalid(loaded.problems);
  return loaded.scenario;
}

/** The lines with which it is refused. */
function problems(
  text: string,
  overrides: readonly string[] = [],
  others: Readonly<Record<string, string>> = {},
): string[] {
  try {
    load({ 'main.yaml': text, ...others }, overrides);
  } catch (error) {
    if (error instanceof ScenarioInvalid) return error.problems.map(told);
    throw error;
  }
  throw new Error('was accepted');
}

const shipped = (name: string): string =>
  readFileSync(new URL(`../../scenarios/monoculture/${name}.yaml`, import.meta.url), 'utf8');

describe('a scenario', () => {
  it('reports every problem at once, each with its place, value and what is allowed', () => {
    const lines = problems(
      [
        'name: Bad Name',
        'seed: 1.5',
        'days: 100',
        'warmUp: ten',
        'institutions:',
        '  cuont: 12',
        'homogeneity: { signals: 2 }',
        'federation:',
        '  aggregation: { rule: fedavgg }',
        'learning:',
        '  targets: return',
      ].join('\n'),
    );
    const expected = [
      /^main\.yaml:1:7: name: .*\(got "Bad Name"\)$/,
      /^main\.yaml:2:7: seed: must be a whole number \(got 1\.5\)$/,
      /^main\.yaml:4:9: warmUp: must be .*number \(got "ten"\)$/,
      /^main\.yaml:6:\d+: institutions\.cuont: is not a known key; did you mean "count"\?$/,
      /^main\.yaml:7:25: homogeneity\.signals: must be at most 1 \(got 2\)$/,
      /^main\.yaml:9:24: federation\.aggregation\.rule: "fedavgg" is not one of fedavg, .*; did you mean "fedavg"\?$/,
      /^main\.yaml:11:12: learning\.targets: "return" is not one of returns, shuffled; did you mean "returns"\?$/,
    ];
    for (const pattern of expected)
      expect(
        lines.filter((line) => pattern.test(line)),
        String(pattern),
      ).to.have.length(1);
    expect(lines).to.have.length(expected.length);
  });

  it('reports contradictions together', () => {
    const lines = problems(
      [
        'name: odd',
        'days: 50',
        'warmUp: 50',
        'market: { fundamentals: { shocks: [{ day: 60, class: equities, size: -0.1 }] } }',
        'institutions: { outages: [{ institution: bank-99, from: 1, to: 2 }] }',
        'mandates:',
        '  - { kind: architecture-cap, maxShare: 0.4 }',
      ].join('\n'),
    ).join('\n');
    expect(lines).to.match(/main\.yaml:3:9: warmUp: 50 leaves no day of 50 to measure/);
    expect(lines).to.match(
      /main\.yaml:4:\d+: market\.fundamentals\.shocks\[0\]\.day: day 60 is after the last day, 50/,
    );
    expect(lines).to.match(
      /"equities" is not the class of anything in the universe; did you mean "equity"\?/,
    );
    expect(lines).to.match(
      /main\.yaml:5:\d+: institutions\.outages\[0\]\.institution: "bank-99" is not an institution; did you mean "bank-/,
    );
    expect(lines).to.match(
      /main\.yaml:7:\d+: mandates\[0\]\.maxShare: 0\.4 cannot be met by 2 architectures: it is below 1\/2/,
    );
  });

  it('reports sums, unknown sources and buckets, and unmeetable leverage', () => {
    const lines = problems(
      'name: sums',
      [
        'institutions.types.bank.share=0.9',
        'institutions.types.bank.benchmark.government=0.1',
        'institutions.types.bank.leverageTarget=30',
        'institutions.types.bank.sources=[macros]',
      ],
      {},
    ).join('\n');
    // Naming one type replaces the roster of types, so the rest of the bank is asked for.
    expect(lines).to.match(/-S institutions\.types\.bank/);
  });

  it('tells contradictions beside wrong values, but none that follow from them', () => {
    const lines = problems(
      [
        'name: both',
        'days: 10.5',
        'warmUp: 2000',
        'seed: -1',
        'mandates: [{ kind: architecture-cap, maxShare: 0.1 }, { kind: architecture-cap, maxShare: 7 }]',
        'institutions: { outages: [{ institution: bank-99, from: 1, to: 2 }] }',
      ].join('\n'),
    );
    expect(lines).to.have.length(6);
    expect(lines.join('\n'))
      .to.match(/main\.yaml:2:7: days: must be a whole number \(got 10\.5\)/)
      .and.to.match(/main\.yaml:3:9: warmUp: 2000 leaves no day/)
      .and.to.match(/main\.yaml:4:7: seed: must be at least 0 \(got -1\)/)
      .and.to.match(/mandates\[1\]\.maxShare: must be at most 1 \(got 7\)/)
      .and.to.match(/mandates\[0\]\.maxShare: 0\.1 cannot be met by 2 architectures/)
      .and.to.match(/main\.yaml:6:\d+: institutions\.outages\[0\]\.institution: "bank-99"/);
  });

  it('refuses duplicate keys, YAML that is none, and a list', () => {
    expect(problems('name: a\nname: b')[0]).to.match(/^main\.yaml:2:1: .*unique/);
    expect(problems('name: [a')[0]).to.match(/^main\.yaml:\d+:\d+: /);
    expect(problems('- a')).to.deep.equal(['main.yaml:1:1: is not a mapping of scenario keys']);
    expect(problems('')).to.deep.equal(['main.yaml:1:1: is not a mapping of scenario keys']);
  });

  it('extends another, key by key; a problem is told where its value stands', () => {
    const files = {
      'main.yaml': 'extends: base.yaml\nname: child\ndays: 80',
      'base.yaml': 'name: base\nseed: 7\ndays: 60',
    };
    const scenario = load(files);
    expect([scenario.name, scenario.seed, scenario.days, scenario.warmUp]).to.deep.equal([
      'child',
      7,
      80,
      20,
    ]);
    expect(scenario).not.to.have.property('extends');
    expect(
      problems('extends: base.yaml\nname: child', [], { 'base.yaml': 'name: base\nseed: -7' })[0],
    ).to.match(/^base\.yaml:2:7: seed/);
  });

  it('refuses what extends itself, by whatever detour, and what is missing', () => {
    expect(problems('extends: b.yaml', [], { 'b.yaml': 'extends: main.yaml' })[0]).to.match(
      /extends itself: main\.yaml -> b\.yaml -> main\.yaml/,
    );
    expect(problems('extends: 3')[0]).to.match(/^main\.yaml:1:10: extends: must be the path/);
    expect(problems('extends: gone.yaml')).to.deep.equal(['gone.yaml:1:1: does not exist']);
  });

  it('-S overrides values, elements of lists, and what a chooser chooses', () => {
    const text =
      'name: over\nmandates: [{ kind: architecture-cap, maxShare: 0.9 }]\nfederation: { aggregation: { rule: krum, f: 1 } }';
    const scenario = load({ 'main.yaml': text }, [
      'days=90',
      'days=80',
      'mandates.0.maxShare=0.7',
      'federation.aggregation.rule=trimmed-mean',
    ]);
    expect(scenario.days).to.equal(80);
    expect(scenario.mandates).to.deep.equal([{ kind: 'architecture-cap', maxShare: 0.7, selectBy: 'lot' }]);
    expect(scenario.federation.aggregation).to.deep.equal({ rule: 'trimmed-mean', trim: 0.2 });
    expect(problems(text, ['mandates.0.maxShare=2'])[0]).to.match(
      /^-S mandates\.0\.maxShare=2: mandates\[0\]\.maxShare: .*got 2/,
    );
    expect(problems(text, ['days'])[0]).to.equal('-S days: is not of the form path.to.key=value');
    expect(problems(text, ['dayz=3'])[0]).to.match(
      /^-S dayz=3: dayz: is not a known key; did you mean "days"\?/,
    );
  });

  it('the shipped baseline writes out the schema’s own defaults', () => {
    const baseline = load({ 'main.yaml': shipped('baseline') });
    const defaults = withDerivedDefaults(
      scenarioSchema(catalogue).parse({ name: baseline.name, description: baseline.description }),
    );
    expect(baseline).to.deep.equal(defaults);
  });
});

describe('the scenario’s JSON Schema', () => {
  const schema = scenarioJsonSchema();
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(schema);

  it('has a description on every field, and a unit', () => {
    const leaves = leavesOf(schema);
    const without = (key: string): string[] =>
      leaves.filter((leaf) => !leaf.schema[key]).map((leaf) => leaf.path);
    expect(without('description'), 'no description').to.deep.equal([]);
    expect(without('unit'), 'no unit').to.deep.equal([]);
  });

  it('accepts a resolved scenario and refuses an unknown key anywhere', () => {
    const baseline = JSON.parse(JSON.stringify(load({ 'main.yaml': shipped('baseline') }))) as Record<
      string,
      object
    >;
    expect(validate(baseline), JSON.stringify(validate.errors)).to.equal(true);
    expect(validate({ ...baseline, dayz: 3 })).to.equal(false);
    expect(validate({ ...baseline, decide: { ...baseline['decide'], extra: 1 } })).to.equal(false);
    expect(validate({ ...baseline, days: 'many' })).to.equal(false);
  });
});
