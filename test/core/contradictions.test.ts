import { expect } from 'chai';
import { catalogue } from '../../cli/catalogue.js';
import { scenarioJsonSchema } from '../../cli/scenario-schema.js';
import { loadScenario } from '../../core/scenario/load.js';
import { describe as told } from '../../core/scenario/problem.js';

function problems(...interventions: string[]): string[] {
  const lines = ['name: main', 'days: 100', 'interventions:', ...interventions.map((line) => `  - ${line}`)];
  const read = (): { name: string; text: string } => ({ name: 'main.yaml', text: lines.join('\n') });
  return loadScenario({ file: 'main.yaml', overrides: [] }, catalogue, read, scenarioJsonSchema).problems.map(
    told,
  );
}

describe('interventions that contradict each other', () => {
  const cases: readonly (readonly [string, readonly string[], RegExp])[] = [
    [
      'a halt inside a halt',
      [
        '{ kind: halt, institution: bank-01, from: 3, to: 9 }',
        '{ kind: halt, institution: bank-01, from: 5, to: 6 }',
      ],
      /^main\.yaml:5:5: interventions\[1\]: halt of bank-01 from day 5 to day 6 meets halt of the same from day 3 to day 9 \(the other: main\.yaml:4:5\)$/,
    ],
    [
      'a ban on an unlisted asset',
      ['{ kind: short-sale-ban, assets: [godl] }'],
      /^main\.yaml:4:\d+: interventions\[0\]\.assets\[0\]: "godl" is neither a listed asset nor a class of one; did you mean "gold"\? \(the universe: the default\)$/,
    ],
    [
      'two price limits on one asset',
      ['{ kind: price-limit, limit: 0.1, assets: [gold] }', '{ kind: price-limit, limit: 0.2 }'],
      /price-limit of gold from day 1 on meets price-limit .*main\.yaml:4:5/,
    ],
    [
      'a floor and relief on one institution',
      [
        '{ kind: margin-floor, haircut: 0.2, institutions: [hedge-fund], from: 5 }',
        '{ kind: collateral-relief, relief: 0.5, institutions: [hedge-fund-01], to: 5 }',
      ],
      /collateral-relief of hedge-fund-01 .* meets margin-floor .*main\.yaml:4:5/,
    ],
    [
      'one institution on both sides of a firewall',
      ['{ kind: firewall, one: [bank], other: [bank-02, insurer] }'],
      /^main\.yaml:4:\d+: interventions\[0\]\.other: bank-02 would be on both sides \(the other: main\.yaml:4:\d+\)$/,
    ],
    [
      'a day off the calendar, a span that runs backwards, an unknown institution',
      ['{ kind: leverage-cap, cap: 9, institutions: [bnak], from: 120, to: 110 }'],
      /"bnak" is neither an institution nor a type of one; did you mean "bank"/,
    ],
  ];
  for (const [what, lines, pattern] of cases)
    it(what, () => {
      expect(
        problems(...lines).filter((line) => pattern.test(line)),
        problems(...lines).join('\n'),
      ).to.have.length(1);
    });

  it('those that do not meet are let pass', () => {
    expect(
      problems(
        '{ kind: halt, institution: bank-01, from: 3, to: 9 }',
        '{ kind: halt, institution: bank-01, from: 10, to: 16 }',
        '{ kind: halt, institution: bank-02, from: 3, to: 9 }',
        '{ kind: circuit-breaker, fall: 0.07 }',
        '{ kind: circuit-breaker, fall: 0.13, haltDays: 1 }',
        '{ kind: short-sale-ban, assets: [equity], to: 20 }',
        '{ kind: short-sale-ban, assets: [gold] }',
      ),
    ).to.deep.equal([]);
  });
});
