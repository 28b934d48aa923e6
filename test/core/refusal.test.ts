import { expect } from 'chai';
import { catalogue } from '../../cli/catalogue.js';
import { scenarioJsonSchema } from '../../cli/scenario-schema.js';
import { loadScenario } from '../../core/scenario/load.js';
import { describe as told } from '../../core/scenario/problem.js';

/** What is said of a scenario that begins with its name and twenty days. */
function said(...lines: string[]): string[] {
  const text = ['name: main', 'days: 20', ...lines].join('\n');
  const read = (): { name: string; text: string } => ({ name: 'v.yaml', text });
  return loadScenario({ file: 'v.yaml', overrides: [] }, catalogue, read, scenarioJsonSchema).problems.map(
    told,
  );
}

const asset = (id: string, loadings: string): string =>
  `  - { id: ${id}, class: equity, floatUsd: 1e9, volatility: 0.2, loadings: ${loadings} }`;

describe('names that are listed twice', () => {
  const cases: readonly (readonly [string, readonly string[], string])[] = [
    [
      'factors, which loadings would count once and news twice',
      ['market: { fundamentals: { factors: [growth, growth, rates, credit, commodity, crypto] } }'],
      'v.yaml:3:45: market.fundamentals.factors[1]: "growth" is listed twice (the first: v.yaml:3:37)',
    ],
    [
      'assets',
      ['assets:', asset('a', '{ growth: 1 }'), asset('a', '{ growth: 1 }')],
      'v.yaml:5:11: assets[1].id: "a" names two assets (the first: v.yaml:4:11)',
    ],
    [
      'architectures',
      ['learning: { architectures: [{ name: linear }, { name: linear }] }'],
      'v.yaml:3:55: learning.architectures[1].name: "linear" is listed twice (the first: v.yaml:3:37)',
    ],
    [
      'assets and classes of a ban',
      ['interventions: [{ kind: short-sale-ban, assets: [gold, equity, gold] }]'],
      'v.yaml:3:64: interventions[0].assets[2]: "gold" is listed twice (the first: v.yaml:3:50)',
    ],
    [
      'institutions and types of a cap',
      ['interventions: [{ kind: leverage-cap, cap: 20, institutions: [bank, bank] }]'],
      'v.yaml:3:69: interventions[0].institutions[1]: "bank" is listed twice (the first: v.yaml:3:63)',
    ],
    [
      'assets of a poison',
      ['sources: { macro: { poison: { kind: bias, from: 1, assets: [gold, gold] } } }'],
      'v.yaml:3:67: sources.macro.poison.assets[1]: "gold" is listed twice (the first: v.yaml:3:61)',
    ],
    [
      'classes that an overlay leaves out',
      [
        'institutions:',
        '  types:',
        '    fund:',
        '      { share: 1, leverage: 1, leverageCap: 2, leverageTarget: 1.5, benchmark: { equity: 1 },',
        '        overlay: [{ rule: exclusion, by: class, names: [carbon, carbon] }] }',
      ],
      'v.yaml:7:65: institutions.types.fund.overlay[0].names[1]: "carbon" is listed twice (the first: v.yaml:7:57)',
    ],
    [
      'sources of a type',
      [
        'institutions:',
        '  types:',
        '    fund:',
        '      { share: 1, leverage: 1, leverageCap: 2, leverageTarget: 1.5, benchmark: { equity: 1 },',
        '        sources: [macro, macro] }',
      ],
      'v.yaml:7:26: institutions.types.fund.sources[1]: "macro" is listed twice (the first: v.yaml:7:19)',
    ],
    [
      'attackers',
      ['federation: { attacks: [{ kind: label-flip, institutions: [bank-01, bank-01] }] }'],
      'v.yaml:3:69: federation.attacks[0].institutions[1]: "bank-01" is listed twice (the first: v.yaml:3:60)',
    ],
  ];
  for (const [what, lines, expected] of cases)
    it(what, () => {
      expect(said(...lines).filter((line) => /twice|two assets/.test(line))).to.deep.equal([expected]);
    });

  it('regions, types, sources and loadings are keys, of which YAML refuses the second', () => {
    const text = ['name: main', 'institutions: { regions: { main: 0.5, main: 0.5 } }'].join('\n');
    const read = (): { name: string; text: string } => ({ name: 'v.yaml', text });
    expect(() =>
      loadScenario({ file: 'v.yaml', overrides: [] }, catalogue, read, scenarioJsonSchema),
    ).to.throw(/^v\.yaml:2:39: Map keys must be unique/);
  });
});

describe('a name that refers to nothing', () => {
  const ban = 'interventions: [{ kind: short-sale-ban, assets: [golds] }]';
  const halt = 'interventions: [{ kind: halt, institution: bank-99, from: 1, to: 2 }]';
  const cap = 'interventions: [{ kind: leverage-cap, cap: 20, institutions: [bank-99] }]';

  it('is told with the line of what there is', () => {
    expect(said('assets:', asset('gold', '{}'), asset('b', '{}'), ban)).to.include(
      'v.yaml:6:50: interventions[0].assets[0]: "golds" is neither a listed asset nor a class of one; ' +
        'did you mean "gold"? (the universe: v.yaml:4:3)',
    );
    const roster = ['institutions:', '  count: 12'];
    expect(said(...roster, cap)).to.deep.equal([
      'v.yaml:5:63: interventions[0].institutions[0]: "bank-99" is neither an institution nor a type of one; ' +
        'did you mean "bank-01"? (the roster: v.yaml:4:10)',
    ]);
    expect(said(...roster, halt)).to.deep.equal([
      'v.yaml:5:44: interventions[0].institution: "bank-99" is not an institution; did you mean "bank-01"? ' +
        '(the roster: v.yaml:4:10)',
    ]);
  });

  it('is told that what there is is the default, where no file says otherwise', () => {
    expect(said(ban)).to.deep.equal([
      'v.yaml:3:50: interventions[0].assets[0]: "golds" is neither a listed asset nor a class of one; ' +
        'did you mean "gold"? (the universe: the default)',
    ]);
    for (const line of [halt, cap]) expect(said(line)[0]).to.match(/\(the roster: the default\)$/);
  });

  it('is told some of the names that there are, where none is near', () => {
    expect(said(ban.replace('golds', 'zzzzzzzzzzzz'))[0]).to.match(
      /a class of one; there are world-equity, equity, us-growth-equity, .* and \d+ more \(the universe/,
    );
  });

  it('of a shock, a poison, an outage and an attack likewise', () => {
    const lines = said(
      'market: { fundamentals: { shocks: [{ day: 3, asset: golds, size: -0.1 }] } }',
      'sources: { macro: { poison: { kind: bias, from: 1, assets: [golds] } }, sentiment: {}, alternative: {} }',
      'institutions: { outages: [{ institution: bank-99, from: 1, to: 2 }] }',
      'federation: { attacks: [{ kind: label-flip, institutions: [bank-99] }] }',
    );
    expect(lines).to.have.length(4);
    for (const line of lines) expect(line).to.match(/\(the (universe|roster): the default\)$/);
  });
});

describe('a scenario of which part is wrong', () => {
  it('has the other items of a list checked, at their own lines', () => {
    expect(
      said(
        'interventions:',
        '  - { kind: halt, institution: bank-01, from: 0, to: 3 }',
        '  - { kind: halt, institution: bank-01, from: 3, to: 9 }',
        '  - { kind: halt, institution: bank-01, from: 5, to: 6 }',
        '  - { kind: halt, institution: bank-99, from: 5, to: 6 }',
      ),
    ).to.deep.equal([
      'v.yaml:4:47: interventions[0].from: must be at least 1 (got 0)',
      'v.yaml:6:5: interventions[2]: halt of bank-01 from day 5 to day 6 meets halt of the same from day 3 to day 9 ' +
        '(the other: v.yaml:5:5)',
      'v.yaml:7:32: interventions[3].institution: "bank-99" is not an institution; did you mean "bank-09"? ' +
        '(the roster: the default)',
    ]);
  });

  it('has the other shocks checked, and what an item itself has wrong told together', () => {
    expect(
      said(
        'market:',
        '  fundamentals:',
        '    shocks:',
        '      - { day: 0, asset: gold, class: equity, size: -0.1 }',
        '      - { day: 21, asset: gold, size: -0.1 }',
        '      - { day: 3, asset: golds, size: -0.1 }',
      ).map((line) => line.replace(/;.*/, '')),
    ).to.have.members([
      'v.yaml:6:9: market.fundamentals.shocks[0]: names exactly one of asset, class, region, sector, currency, factor ' +
        '(got {"day":0,"asset":"gold","class":"equity","size":-0.1})',
      'v.yaml:6:16: market.fundamentals.shocks[0].day: must be at least 1 (got 0)',
      'v.yaml:7:16: market.fundamentals.shocks[1].day: day 21 is after the last day, 20',
      'v.yaml:8:26: market.fundamentals.shocks[2].asset: "golds" is not the asset of anything in the universe',
    ]);
  });

  it('has the rest checked where its name is wrong, or missing', () => {
    const late = 'market: { fundamentals: { shocks: [{ day: 21, asset: gold, size: -0.1 }] } }';
    for (const first of ['name: Bad Name', 'seed: 3']) {
      const text = [first, 'days: 20', late].join('\n');
      const read = (): { name: string; text: string } => ({ name: 'v.yaml', text });
      const source = { file: 'v.yaml', overrides: [] };
      const lines = loadScenario(source, catalogue, read, scenarioJsonSchema).problems.map(told);
      expect(lines).to.have.length(2);
      expect(lines[0]).to.match(/^v\.yaml:1:\d: name: /);
      expect(lines[1]).to.match(/shocks\[0\]\.day: day 21 is after the last day, 20/);
    }
  });

  it('has the other names of a list checked', () => {
    expect(
      said('interventions: [{ kind: short-sale-ban, assets: [7, godl, Gold!] }]').map((line) =>
        line.replace(/[:;] (must|did).*/, ''),
      ),
    ).to.deep.equal([
      'v.yaml:3:50: interventions[0].assets[0]',
      'v.yaml:3:59: interventions[0].assets[2]',
      'v.yaml:3:53: interventions[0].assets[1]: "godl" is neither a listed asset nor a class of one',
    ]);
  });

  it('has nothing told that follows from what is wrong', () => {
    // The asset that a shock names, a type that a cap names, a row of a history, an end of an outage.
    expect(
      said(
        'assets:',
        asset('a', '{}'),
        asset('b', '{}'),
        '  - { id: c, class: bond, floatUsd: none, volatility: 0.2 }',
        'market:',
        '  fundamentals: { drawn: replay, shocks: [{ day: 3, asset: c, size: 1 }], history: [[0, 0, x]] }',
        'institutions:',
        '  types:',
        '    bank: { share: 0.5, leverage: 1, leverageCap: 2, leverageTarget: 1.5, benchmark: { equity: 1 } }',
        '    fund: { share: half, leverage: 1, leverageCap: 2, leverageTarget: 1.5, benchmark: { equity: 1 } }',
        'interventions:',
        '  - { kind: leverage-cap, cap: 3, institutions: [fund] }',
        '  - { kind: halt, institution: fund-01, from: 1, to: 2 }',
      ),
    ).to.deep.equal([
      'v.yaml:6:37: assets[2].floatUsd: must be a number (got "none")',
      'v.yaml:8:92: market.fundamentals.history[0][2]: must be a number (got "x")',
      'v.yaml:12:20: institutions.types.fund.share: must be a number (got "half")',
    ]);
  });
});

describe('an unknown key', () => {
  it('of a branch gets its hint from that branch', () => {
    expect(said('market: { clearing: { mechanism: call-auction, rung: 3 } }')).to.deep.equal([
      'v.yaml:3:54: market.clearing.rung: is not a known key; did you mean "rungs"?',
    ]);
    expect(said('market: { clearing: { mechanism: call-auction, maker: 3 } }')).to.deep.equal([
      'v.yaml:3:55: market.clearing.maker: is not a known key',
    ]);
  });

  it('that belongs to another branch is told so', () => {
    expect(said('market: { clearing: { mechanism: call-auction, makers: 3 } }')).to.deep.equal([
      'v.yaml:3:56: market.clearing.makers: is not a key of mechanism "call-auction", but of "order-book"',
    ]);
    expect(
      said('interventions: [{ kind: halt, institution: bank-01, from: 1, to: 2, fall: 0.1 }]'),
    ).to.deep.equal([
      'v.yaml:3:75: interventions[0].fall: is not a key of kind "halt", but of "circuit-breaker"',
    ]);
  });
});
