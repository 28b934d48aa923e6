import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { StressSummary } from '../../analysis/stress/summary.js';
import { readStressBook } from '../../cli/stress-book.js';
import { readStressExposures } from '../../cli/stress-exposures.js';
import { readChannels, readShocks } from '../../cli/stress-terms.js';
import { refusal } from '../refusal.js';
import { sharedPath, sharedText } from '../shared.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const shipped = (name: string): string => join(root, 'scenarios/vulnerable-banks', name);

const herdscope = (...args: string[]) =>
  spawnSync(process.execPath, ['--import', 'tsx', 'cli/index.ts', 'stress', ...args], {
    cwd: root,
    encoding: 'utf8',
  });

const head = 'bank,cet1,total_assets,gov_bonds,corp_bonds,cash,other\n';
const book = (rows: string) => readStressBook(head + rows, 'b.csv');

describe('herdscope stress', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), 'herdscope-'))));
  after(() => rmSync(folder, { recursive: true }));

  it('stresses the shipped book with its exposures and writes a report that stands alone', () => {
    const out = join(folder, 'report');
    const args = [shipped('book.csv'), '--exposures', shipped('exposures.csv')];
    const { stdout, stderr, status } = herdscope(
      ...args,
      '--shock',
      'gov_bonds=-0.1',
      '--out',
      out,
      '--format',
      'json',
    );
    expect([status, stderr]).to.deep.equal([0, '']);
    const printed = JSON.parse(stdout) as StressSummary & { report: string };
    expect(printed.channels).to.deep.equal(['clearing', 'fire-sale']);
    expect(printed.banks).to.have.length(24);
    expect(printed.system.directLoss).to.be.greaterThan(0);
    const page = readFileSync(printed.report, 'utf8');
    expect(page).not.to.match(/<script|src="http|@import/);
    expect(page).to.contain('<svg');
    for (const file of ['banks.csv', 'stress.json', 'figures/losses.svg', 'figures/size-of-shock.json'])
      expect(existsSync(join(out, file)), file).to.equal(true);
    const again = herdscope(shipped('book.csv'), '--shock', 'other=-0.01', '--out', out);
    expect([again.status, again.stderr]).to.deep.equal([
      2,
      `--out ${out}: is not empty; --force writes into it\n`,
    ]);
  });

  it('stresses 48 published balance sheets', function () {
    const path = sharedPath(this, 'data/eba2018_clean.csv');
    const { stdout, status } = herdscope(
      path,
      '--shock',
      'gov_bonds=-0.05',
      '--leverage-cap',
      '25',
      '--format',
      'json',
    );
    expect(status).to.equal(0);
    const { banks, system } = JSON.parse(stdout) as StressSummary;
    expect(banks).to.have.length(48);
    expect(system.directLoss).to.be.closeTo(0.05 * 1_617_000, 20_000);
    expect(system.loss).to.be.greaterThan(system.directLoss);
  });

  it('reads the published columns as they are', function () {
    const read = readStressBook(sharedText(this, 'data/eba2018_clean.csv'), 'eba.csv');
    expect([read.ids[0], read.equity[0], read.assets]).to.deep.equal([
      'AT01',
      14712,
      ['gov_bonds', 'corp_bonds'],
    ]);
  });

  it('names file, row and column of what is wrong with a book', () => {
    expect(
      refusal(() => readStressBook('bank,cet1,total_assets,gov_bonds,cahs,other\nA,1,2,3,4,5\n', 'b.csv')),
    ).to.equal('b.csv:1:1: has no column cash; did you mean "cahs"?');
    expect(refusal(() => book('A,10,100,20,10,-5,75\n'))).to.equal(
      'b.csv:2:6: row A, column cash is negative: -5',
    );
    expect(refusal(() => book('A,10,100,x,10,5,75\n'))).to.match(
      /^b\.csv:2:4: line 2, column 4 \(gov_bonds\)/,
    );
    expect(refusal(() => book('A,0,100,10,10,5,75\n'))).to.contain('row A, column cet1 is 0');
    expect(refusal(() => book('A,10,100,20,10,5,75\n'))).to.contain(
      'row A, column total_assets is 100, but its parts sum to 110',
    );
    expect(refusal(() => book('A,9,100,10,10,5,75\nA,9,100,10,10,5,75\n'))).to.contain(
      'row A stands already at b.csv:2',
    );
  });

  it('names line, column and nearest id of what is wrong with exposures', () => {
    const known = book('ALPHA,10,100,10,10,5,75\nBETA,10,100,10,10,5,75\n');
    const read = (text: string) => () =>
      readStressExposures(`lender,borrower,amount\n${text}\n`, 'e.csv', known);
    expect(refusal(read('ALHPA,BETA,1'))).to.equal(
      'e.csv: line 2, column lender: unknown id "ALHPA"; did you mean "ALPHA"?',
    );
    expect(refusal(read('ALPHA,BETA,-1'))).to.contain('line 2, column amount');
    expect(refusal(read('ALPHA,ALPHA,1'))).to.contain('exposed to itself');
    expect(refusal(read('ALPHA,BETA,80'))).to.contain('lends 80, more than its column other of 75');
  });

  it('refuses shocks and channels that mean nothing', () => {
    const known = book('A,10,100,10,10,5,75\n');
    expect(refusal(() => readShocks(['gov_bond=-0.05'], known))).to.contain('did you mean "gov_bonds"?');
    expect(refusal(() => readShocks(['gov_bonds=-2'], known))).to.contain('is not a return of at least -1');
    expect(refusal(() => readShocks(['gov_bonds=-0.1', 'gov_bonds=0'], known))).to.contain('given twice');
    expect(refusal(() => readShocks([], known))).to.contain('columns: gov_bonds, corp_bonds, other');
    expect(refusal(() => readChannels('firesale', false))).to.contain('did you mean "fire-sale"?');
    expect(refusal(() => readChannels('clearing', false))).to.contain('give --exposures');
    expect(refusal(() => readChannels('clearing,debtrank', true))).to.contain('one loss would count twice');
  });
});
