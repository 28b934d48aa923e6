import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { windowPoint } from '../../../analysis/studies/contagion-window.js';
import { homogeneityPoint } from '../../../analysis/studies/homogeneity-and-contagion.js';
import { studies } from '../../../analysis/studies/index.js';
import { readStressBook } from '../../../cli/stress-book.js';
import { noExposures, readStressExposures } from '../../../cli/stress-exposures.js';

type Cell = number | string;
interface Expected {
  readonly findings: readonly string[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
}

const scenarios = new URL('../../../scenarios/', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, scenarios), 'utf8');

/** What the folder says that the study gives. */
const expectedOf = (name: string): Expected => JSON.parse(text(`${name}/expected.json`)) as Expected;

const shipped = () => {
  const book = readStressBook(text('vulnerable-banks/book.csv'), 'book.csv');
  const exposures = readStressExposures(text('vulnerable-banks/exposures.csv'), 'exposures.csv', book);
  return { book, exposures };
};

describe('contagion studies give what their folders say', function () {
  this.timeout(120_000);

  for (const name of ['vulnerable-banks', 'fire-sale', 'self-correcting'] as const)
    it(`${name}: findings and every number`, () => {
      const { book, exposures } = shipped();
      const reads = studies[name].reads.includes('exposures') ? exposures : noExposures(book);
      const found = studies[name].run({ book, exposures: reads });
      const told = expectedOf(name);
      expect(found.findings).to.deep.equal(told.findings);
      expect(found.rows).to.have.length(told.rows.length);
      found.rows.forEach((row, r) =>
        Object.entries(told.rows[r]!).forEach(([key, value]) => {
          const is = row[key]!;
          if (typeof value === 'number')
            expect(is, `row ${r}, ${key}`).to.be.closeTo(value, 1e-9 * Math.max(1, Math.abs(value)));
          else expect(is).to.equal(value);
        }),
      );
    });

  it('contagion-window: one of its points', () => {
    const told = expectedOf('contagion-window').rows[1]!;
    const found = windowPoint(told['meanDegree'] as number, 1000, 80);
    for (const [key, value] of Object.entries(found))
      expect(value, key).to.be.closeTo(told[key] as number, 1e-9);
  });

  it('homogeneity-and-contagion: one of its points', () => {
    const told = expectedOf('homogeneity-and-contagion').rows.at(-1)!;
    const found = homogeneityPoint(told['homogeneity'] as number, told['depth'] as number);
    for (const [key, value] of Object.entries(found))
      expect(value, key).to.be.closeTo(told[key] as number, 1e-9);
  });
});
