import { expect } from 'chai';
import { catalogue } from '../../cli/catalogue.js';
import { scenarioJsonSchema } from '../../cli/scenario-schema.js';
import { loadScenario } from '../../core/scenario/load.js';
import { notesOn } from '../../core/scenario/notes.js';
import { describe as told } from '../../core/scenario/problem.js';

/** What is said of a scenario: why it is refused, or what to know of it. */
function said(...lines: string[]): { problems: readonly string[]; notes: readonly string[] } {
  const text = ['name: main', 'days: 20', ...lines].join('\n');
  const read = (): { name: string; text: string } => ({ name: 'v.yaml', text });
  const { scenario, problems } = loadScenario(
    { file: 'v.yaml', overrides: [] },
    catalogue,
    read,
    scenarioJsonSchema,
  );
  return { problems: problems.map(told), notes: scenario ? notesOn(scenario, catalogue) : [] };
}

const fund = (haircuts: string): string[] => [
  'institutions:',
  '  types:',
  `    fund: { share: 0.5, leverage: 1, leverageCap: 2, leverageTarget: 1.5, benchmark: { equity: 1 }, haircuts: ${haircuts} }`,
  '    plain: { share: 0.5, leverage: 1, leverageCap: 2, leverageTarget: 1.5, benchmark: { equity: 1 } }',
];

describe('an option that nothing heeds', () => {
  const nothing = { problems: [], notes: [] };

  it('history and blockDays: a note, unless something is drawn from them', () => {
    const rows = `[${Array.from({ length: 30 }, () => `[${Array(12).fill(0.01).join(', ')}]`).join(', ')}]`;
    const of = (drawn: string, more: string): ReturnType<typeof said> =>
      said(`market: { fundamentals: { drawn: ${drawn}, ${more} } }`);
    const unread = 'market.fundamentals.history: nothing is drawn from its 30 days where drawn is "factors"';
    const noBlocks = (drawn: string): string =>
      `market.fundamentals.blockDays: there are no blocks where drawn is "${drawn}": only a bootstrap draws them`;
    expect(of('factors', `history: ${rows}`)).to.deep.equal({ problems: [], notes: [unread] });
    expect(of('factors', 'blockDays: 5')).to.deep.equal({ problems: [], notes: [noBlocks('factors')] });
    expect(of('replay', `history: ${rows}, blockDays: 5`)).to.deep.equal({
      problems: [],
      notes: [noBlocks('replay')],
    });
    expect(of('bootstrap', `history: ${rows}, blockDays: 5`)).to.deep.equal(nothing);
    expect(said()).to.deep.equal(nothing);
  });

  it('an overseer that waits for calm and is not told what stress is: refused', () => {
    const of = (overseer: string): readonly string[] =>
      said(`institutions: { types: { bank: { overseer: ${overseer} } } }`).problems;
    expect(of('{ beyondShare: 0, verdict: when-calm }').join()).to.match(
      /institutions\.types\.bank\.overseer\.verdict: "when-calm" needs to know what stress is: set inDrawdown/,
    );
    expect(of('{ beyondShare: 0, inDrawdown: 0.1, verdict: when-calm }').join()).not.to.contain('overseer');
  });

  it('how lots are chosen without a tax on gains, and a past in common of no days: a note', () => {
    const lots = (key: string): string =>
      `market.costs.${key}: no lots are kept where gains are not taxed (gainsTaxRate 0)`;
    const { notes } = said('market: { costs: { taxLots: hifo, washSaleDays: 30 } }');
    expect(notes).to.deep.equal([lots('taxLots'), lots('washSaleDays')]);
    expect(said('market: { costs: { taxLots: hifo, washSaleDays: 30, gainsTaxRate: 0.2 } }')).to.deep.equal(
      nothing,
    );
    const none = 'homogeneity.pretraining: there are no days before day 1 (learning.historyDays 0)';
    expect(said('homogeneity: { pretraining: 0.5 }\nlearning: { historyDays: 0 }').notes).to.include(none);
    expect(said('homogeneity: { pretraining: 0.5 }')).to.deep.equal(nothing);
  });

  it('the size of a flip: refused, left out it is read', () => {
    const of = (poison: string): readonly string[] =>
      said(`sources: { macro: { poison: ${poison} }, sentiment: {}, alternative: {} }`).problems;
    for (const [kind, column] of [
      ['sign-flip', 63],
      ['label-flip', 64],
    ] as const) {
      expect(of(`{ kind: ${kind}, from: 1, size: 2 }`)).to.deep.equal([
        `v.yaml:3:${column}: sources.macro.poison.size: is taken by bias and targeted-noise only (got 2)`,
      ]);
      expect(of(`{ kind: ${kind}, from: 1 }`)).to.deep.equal([]);
    }
    expect(of('{ kind: bias, from: 1, size: 2 }')).to.deep.equal([]);
  });

  it('relief where none of those concerned has haircuts: a note', () => {
    const relief = (...types: string[]): string =>
      `interventions: [{ kind: collateral-relief, relief: 0.5, institutions: [${types.join(', ')}] }]`;
    const note =
      'interventions[0] (collateral-relief): does nothing: no type of those it concerns has haircuts (institutions.types.*.haircuts)';
    expect(said(relief())).to.deep.equal({ problems: [], notes: [note] });
    expect(said(...fund('{ equity: 0 }'), relief()).notes).to.deep.equal([note]);
    expect(said(...fund('{ equity: 0.2 }'), relief('plain')).notes).to.deep.equal([note]);
    expect(said(...fund('{ equity: 0.2 }'), relief('fund')).notes).to.deep.equal([]);
    expect(said(...fund('{ equity: 0.2 }'), relief()).notes).to.deep.equal([]);
  });

  it('an outage of a region in which nobody is: refused', () => {
    const of = (regions: string): readonly string[] =>
      said('institutions:', `  regions: ${regions}`, '  outages: [{ region: main, from: 1, to: 2 }]')
        .problems;
    for (const share of [0, 0.001])
      expect(of(`{ main: ${share}, east: ${1 - share} }`)).to.deep.equal([
        `v.yaml:5:23: institutions.outages[0].region: of 60 institutions none is in "main", whose share is ${share} (the regions: v.yaml:4:12)`,
      ]);
    expect(of('{ main: 0.02, east: 0.98 }')).to.deep.equal([]);
  });

  it('days until a standby takes over, where there is none: a note', () => {
    const of = (more: string): readonly string[] =>
      said(`institutions: { outages: [{ institution: bank-01, from: 1, to: 9, failoverDays: 3${more} }] }`)
        .notes;
    expect(of('')).to.deep.equal([
      'institutions.outages[0].failoverDays: no standby takes over where redundancy is 0',
    ]);
    expect(of(', redundancy: 0.5')).to.deep.equal([]);
  });
});
