import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readRun } from '../../cli/run-data.js';
import { herdscope, workplace } from './herdscope.js';
import { makeSmallSweep, smallDesign } from './small-sweep.js';

interface Entity {
  readonly '@id': string;
  readonly '@type': string;
  readonly [property: string]: unknown;
}

/** What RO-Crate 1.1 asks of a crate: its descriptor, its root, and every part on disk as it is described. */
function checkCrate(folder: string): Map<string, Entity> {
  const text = readFileSync(join(folder, 'ro-crate-metadata.json'), 'utf8');
  const { '@context': context, '@graph': graph } = JSON.parse(text) as {
    '@context': string;
    '@graph': Entity[];
  };
  expect(context).to.equal('https://w3id.org/ro/crate/1.1/context');
  const entities = new Map(graph.map((entity) => [entity['@id'], entity]));
  expect(entities.size).to.equal(graph.length);
  expect(entities.get('ro-crate-metadata.json')).to.deep.include({
    '@type': 'CreativeWork',
    conformsTo: { '@id': 'https://w3id.org/ro/crate/1.1' },
    about: { '@id': './' },
  });
  const root = entities.get('./')!;
  expect(root['@type']).to.equal('Dataset');
  expect(root).to.include.keys('name', 'description', 'datePublished', 'license');
  expect(root['datePublished']).to.match(/^\d{4}-\d\d-\d\d$/);
  const parts = (root['hasPart'] as { '@id': string }[]).map((part) => part['@id']);
  for (const part of parts) {
    const bytes = readFileSync(join(folder, decodeURI(part)));
    expect(entities.get(part)).to.deep.include({
      '@type': 'File',
      contentSize: String(bytes.length),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  }
  const onDisk = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  expect(onDisk.filter((file) => file !== 'ro-crate-metadata.json').sort()).to.deep.equal(
    parts.map(decodeURI).sort(),
  );
  const refersTo = (value: unknown): string[] =>
    Array.isArray(value)
      ? value.flatMap(refersTo)
      : typeof value === 'object' && value !== null
        ? [(value as { '@id': string })['@id']]
        : [];
  for (const entity of graph)
    for (const id of Object.values(entity).flatMap(refersTo))
      expect(entities.has(id) || id.startsWith('https://w3id.org/'), id).to.equal(true);
  return entities;
}

describe('herdscope export', function () {
  this.timeout(240_000);
  const place = workplace();
  let sweep = '';
  let run = '';
  before(async () => {
    sweep = await makeSmallSweep(place.path, 'sweep', `${smallDesign}record: standard\n`);
    run = join(sweep, 'runs', readdirSync(join(sweep, 'runs'))[0]!);
  });
  after(place.remove);

  async function exported(folder: string, to: string, ...words: string[]): Promise<string> {
    const out = join(place.path, `${to}-${readdirSync(place.path).length}`);
    const said = await herdscope('export', folder, '--to', to, '--out', out, ...words);
    expect([said.code, said.stderr]).to.deep.equal([0, '']);
    return out;
  }

  it('csv: every table of a run, institutions and assets by name', async () => {
    const out = await exported(run, 'csv');
    const data = await readRun(run, '');
    expect(readdirSync(out).sort()).to.deep.equal(
      Object.keys(data.tables)
        .map((name) => `${name}.csv`)
        .sort(),
    );
    const [head, first] = readFileSync(join(out, 'assets.csv'), 'utf8').split('\n');
    expect(head).to.match(/^day,asset,price/);
    expect(first).to.match(/^0,shares,/);
    const price = Array.from(data.tables.assets!['price'] as Float64Array);
    const rows = readFileSync(join(out, 'assets.csv'), 'utf8').trimEnd().split('\n').slice(1);
    expect(rows.map((row) => Number(row.split(',')[2]))).to.deep.equal(price);
    const payer = readFileSync(join(out, 'payments.csv'), 'utf8').split('\n')[1]!.split(',')[1];
    expect([...data.roster.map(({ id }) => id), 'outside', 'issuance']).to.include(payer);
  });

  it('csv and parquet: the table of a sweep', async () => {
    const csv = readFileSync(join(await exported(sweep, 'csv'), 'index.csv'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(csv).to.have.length(5);
    expect(csv[0]).to.match(/^point,label,homogeneity\.signals,replication,seed,run,chain,/);
    const parquet = await exported(sweep, 'parquet');
    expect(readFileSync(join(parquet, 'index.parquet'))).to.deep.equal(
      readFileSync(join(sweep, 'index.parquet')),
    );
  });

  it('parquet: the tables of a run as they are recorded', async () => {
    const out = await exported(run, 'parquet');
    expect(readdirSync(out).sort()).to.deep.equal(readdirSync(join(run, 'data')).sort());
    expect(readFileSync(join(out, 'days.parquet'))).to.deep.equal(
      readFileSync(join(run, 'data', 'days.parquet')),
    );
  });

  it('gexf: the graph of a run as a timeline; a sweep has none', async () => {
    const text = readFileSync(join(await exported(run, 'gexf'), 'contagion.gexf'), 'utf8');
    expect(text).to.include('mode="dynamic"').and.to.include('bank-01');
    const { code, stderr } = await herdscope('export', sweep, '--to', 'gexf', '--out', 'nowhere');
    expect([code, stderr]).to.deep.equal([2, `${sweep}: is many runs; a graph is of one: name it\n`]);
    expect(existsSync('nowhere')).to.equal(false);
  });

  it('crate: a run with its hashes, versions and citation', async () => {
    const out = await exported(run, 'crate', '--license', 'CC0-1.0');
    const entities = checkCrate(out);
    expect(entities.get('./')!['license']).to.deep.equal({ '@id': 'https://spdx.org/licenses/CC0-1.0' });
    expect([...entities.keys()]).to.include.members([
      'resolved.json',
      'manifest.json',
      'events.jsonl',
      'data/days.parquet',
      'CITATION.cff',
      '#herdscope',
    ]);
  });

  it('crate: a shipped study with its scenarios, table, figures and README', async () => {
    const entities = checkCrate(await exported('scenarios/monoculture', 'crate'));
    const files = [...entities.keys()];
    expect(files).to.include.members([
      'README.md',
      'design.yaml',
      'plan.json',
      'results/index.parquet',
      'expected.json',
      'report.html',
      'CITATION.cff',
    ]);
    expect(files.some((file) => /\.svg$/.test(file))).to.equal(true);
  });

  it('refuses a folder that holds something, one that is no record, and a form that it has not', async () => {
    const out = await exported(run, 'parquet');
    const again = await herdscope('export', run, '--to', 'parquet', '--out', out);
    expect([again.code, again.stderr]).to.deep.equal([
      2,
      `--out ${out}: is not empty; --force writes into it\n`,
    ]);
    expect((await herdscope('export', run, '--to', 'parquet', '--out', out, '--force')).code).to.equal(0);
    const none = await herdscope(
      'export',
      join(sweep, 'runs'),
      '--to',
      'csv',
      '--out',
      join(place.path, 'x'),
    );
    expect([none.code, none.stderr.includes('is not a run')]).to.deep.equal([2, true]);
    const form = await herdscope('export', run, '--to', 'excel');
    expect([form.code, form.stderr.includes('excel')]).to.deep.equal([2, true]);
  });
});
