import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, quick, workplace } from './herdscope.js';

/** Two short runs that differ in their seed, as a user makes them. */
async function twoRuns(folder: string): Promise<[string, string]> {
  const made: string[] = [];
  for (const seed of ['3', '4']) {
    const { code, stdout, stderr } = await herdscope(
      'run',
      ...quick,
      '-S',
      'days=90',
      '--seed',
      seed,
      '--out',
      folder,
      '--format',
      'json',
    );
    expect([code, stderr.includes('rror')]).to.deep.equal([0, false]);
    made.push((JSON.parse(stdout) as { run: string }).run);
  }
  return made as [string, string];
}

describe('herdscope graph and early-warning', function () {
  this.timeout(180_000);
  const place = workplace();
  let runs: [string, string];
  before(async () => {
    runs = await twoRuns(place.path);
  });
  after(place.remove);

  it('writes one day as GEXF, GraphML and an edge list', async () => {
    const gexf = await herdscope('graph', runs[0]);
    expect(gexf.code).to.equal(0);
    expect(gexf.stdout)
      .to.match(/^<\?xml/)
      .and.to.include('<gexf')
      .and.to.include('bank-01');
    const graphml = await herdscope('graph', runs[0], '--as', 'graphml', '--day', '10');
    expect(graphml.stdout).to.include('<graphml');
    const edges = await herdscope('graph', runs[0], '--as', 'edges');
    expect(edges.stdout.split('\n')[0]).to.equal('lender,borrower,amount');
  });

  it('writes a timeline with one spell a chosen day, to a file that it does not replace', async () => {
    const out = join(place.path, 'run.gexf');
    const words = ['graph', runs[0], '--as', 'timeline', '--every', '20', '--out', out];
    expect((await herdscope(...words)).code).to.equal(0);
    const text = readFileSync(out, 'utf8');
    expect(text).to.include('mode="dynamic"');
    const again = await herdscope(...words);
    expect([again.code, again.stderr]).to.deep.equal([
      2,
      `--out ${out}: is there already; --force replaces it\n`,
    ]);
    expect((await herdscope(...words, '--force')).code).to.equal(0);
  });

  it('says what the graph looks like', async () => {
    const { code, stdout } = await herdscope('graph', runs[0], '--as', 'summary');
    expect(code).to.equal(0);
    expect(JSON.parse(stdout)).to.be.an('object').that.is.not.empty;
  });

  it('refuses a day that the record lacks, a step that is none, and a folder that is no run', async () => {
    const day = await herdscope('graph', runs[0], '--day', '4000');
    expect([day.code, day.stderr]).to.deep.equal([2, '--day 4000: the record has days 0 to 90\n']);
    const step = await herdscope('graph', runs[0], '--as', 'timeline', '--every', '0.5');
    expect([step.code, step.stderr]).to.deep.equal([2, '--every: must be a whole number of days\n']);
    const nowhere = await herdscope('graph', join(place.path, 'nowhere'));
    expect(nowhere.code).to.equal(2);
    expect(existsSync(join(place.path, 'nowhere'))).to.equal(false);
  });

  it('fits an index on some seeds and tests it on others', async () => {
    const { code, stdout, stderr } = await herdscope(
      'early-warning',
      ...runs,
      '--horizons',
      '2',
      '--format',
      'json',
    );
    expect([code, stderr]).to.deep.equal([0, '']);
    const found = JSON.parse(stdout) as { trainSeeds: number[]; testSeeds: number[]; auc: (number | null)[] };
    expect([found.trainSeeds, found.testSeeds]).to.deep.equal([[3], [4]]);
    expect(found.auc).to.have.length(1);
    const text = await herdscope('early-warning', ...runs, '--horizons', '2');
    expect(text.stdout).to.include('composite index').and.to.include('0.5 is a coin');
  });

  it('refuses one run, one seed twice, and horizons that are no days', async () => {
    const said = async (...words: string[]) => {
      const { code, stderr } = await herdscope('early-warning', ...words);
      return [code, stderr];
    };
    expect(await said(runs[0])).to.deep.equal([
      2,
      'early-warning: give at least two runs, of different seeds\n',
    ]);
    expect(await said(runs[0], runs[0])).to.deep.equal([
      2,
      `${runs[0]}: has seed 3, as ${runs[0]} has: give each seed once\n`,
    ]);
    expect(await said(...runs, '--horizons', 'soon')).to.deep.equal([
      2,
      '--horizons soon: must be whole numbers of days, separated by commas\n',
    ]);
  });
});
