import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliError } from '../../../cli/errors.js';
import { readScenario } from '../../../cli/scenario-file.js';
import { createStage } from '../../../market/stage.js';
import { createWorld } from '../../../market/world.js';

describe('exposures that are given', () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'herdscope-'))));
  after(() => rmSync(folder, { recursive: true }));

  const written = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const scenario = (exposures: string): string =>
    written(
      's.yaml',
      `extends: monoculture/baseline\ncontagion: { exposures: { structure: given, ${exposures} } }\n`,
    );
  const problems = (file: string): string[] => {
    try {
      readScenario(file, []);
    } catch (error) {
      if (error instanceof CliError) return error.lines.map((line) => line.replaceAll(folder, ''));
      throw error;
    }
    return [];
  };
  const edges =
    'lender,borrower,amount\nbank-01,bank-02,5e9\nbank-02,hedge-fund-01,2e9\nbank-01,bank-02,1e9\n';

  it('are the claims of day 0, as a file lists them, and stand in the scenario from then on', () => {
    written('edges.csv', edges);
    const read = readScenario(scenario('file: edges.csv'), []);
    const resolved = read.scenario.contagion.exposures;
    expect(resolved['file']).to.equal(null);
    const stage = createStage(read.scenario);
    const { claims, books } = createWorld(read.scenario, stage);
    const id = (i: number): string => stage.institutions[i]!.id;
    expect(
      Array.from(claims.face, (face, e) => [id(claims.creditor[e]!), id(claims.debtor[e]!), face]),
    ).to.deep.equal([
      ['bank-01', 'bank-02', 6e9],
      ['bank-02', 'hedge-fund-01', 2e9],
    ]);
    expect(books.cash.every(Number.isFinite)).to.equal(true);
  });

  it('are refused where they make no sense: file, line and column, and the nearest name', () => {
    written('edges.csv', edges.replace('hedge-fund-01', 'hedge-fnd-01'));
    expect(problems(scenario('file: edges.csv'))).to.deep.equal([
      '/s.yaml:2:51: contagion.exposures.file: /edges.csv line 3, column borrower: unknown id "hedge-fnd-01"; did you mean "hedge-fund-01"?',
    ]);
    expect(problems(scenario('file: gone.csv'))[0]).to.contain('gone.csv does not exist');
    const claim = (lender: string, borrower: string): string =>
      `claims: [{ lender: ${lender}, borrower: ${borrower}, amountUsd: 1 }]`;
    expect(problems(scenario(claim('bank-1', 'bank-02')))).to.deep.equal([
      '/s.yaml:2:64: contagion.exposures.claims[0].lender: unknown id "bank-1"; did you mean "bank-01"?',
    ]);
    expect(problems(scenario(claim('bank-01', 'bank-01')))[0]).to.contain('"bank-01" is exposed to itself');
  });
});
