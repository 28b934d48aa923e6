import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { CliError } from '../../cli/errors.js';
import { readScenario } from '../../cli/scenario-file.js';

/** A walk of two assets over a hundred days. */
const prices = [
  'date,gold,oil',
  ...Array.from({ length: 100 }, (_, t) => {
    const day = new Date(Date.UTC(2020, 0, 1 + t)).toISOString().slice(0, 10);
    return `${day},${100 + Math.sin(t) + t / 9},${50 + Math.cos(1.7 * t)}`;
  }),
].join('\n');

describe('a scenario whose universe is that of a price file', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'herdscope-prices-'));
    writeFileSync(join(folder, 'prices.csv'), prices);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const refused = (...interventions: string[]): readonly string[] => {
    const file = join(folder, 'v.yaml');
    const lines = [
      'name: v',
      'days: 20',
      'market: { calibration: { prices: prices.csv, factors: 1, minOverlapDays: 50, dynamics: [] } }',
      'interventions:',
      ...interventions.map((line) => `  - ${line}`),
    ];
    writeFileSync(file, lines.join('\n'));
    try {
      readScenario(file, []);
    } catch (error) {
      if (error instanceof CliError) return error.lines.map((line) => line.replaceAll(`${folder}/`, ''));
      throw error;
    }
    throw new Error('was accepted');
  };

  it('names the file where a name is not in it', () => {
    expect(refused('{ kind: short-sale-ban, assets: [golds] }')).to.deep.equal([
      'v.yaml:5:38: interventions[0].assets[0]: "golds" is neither a listed asset nor a class of one; did you mean "gold"? ' +
        '(the universe, from prices.csv: v.yaml:3:34)',
    ]);
  });

  it('tells the lines of the sound items beside one that is not', () => {
    const lines = refused(
      '{ kind: halt, institution: bank-01, from: 0, to: 2 }',
      '{ kind: short-sale-ban, assets: [golds] }',
    );
    expect(lines.map((line) => line.replace(/: .*/, ''))).to.deep.equal(['v.yaml:5:47', 'v.yaml:6:38']);
  });
});
