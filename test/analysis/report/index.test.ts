import { expect } from 'chai';
import { metricsOf } from '../../../analysis/metrics.js';
import { reportOf } from '../../../analysis/report/index.js';
import type { RunData } from '../../../analysis/run-data.js';
import { syntheticRun, tableOf } from '../synthetic-run.js';

const built = async (run: RunData): Promise<ReadonlyMap<string, string>> =>
  (await reportOf(run, metricsOf(run))).files;

describe('reportOf', () => {
  let files: ReadonlyMap<string, string>;
  const run = syntheticRun({ description: 'Does <b>this</b> break?', homogeneity: { signals: 1 } });
  before(async () => {
    files = await built(run);
  });
  const page = (): string => files.get('report.html')!;

  it('gives a page and, for each figure, a picture and its data', () => {
    expect([...files.keys()].sort()).to.deep.equal(
      ['contagion', 'federation', 'leverage-and-defaults', 'likeness', 'price-and-stress', 'skill']
        .flatMap((name) => [`figures/${name}.json`, `figures/${name}.svg`])
        .concat('report.html'),
    );
  });

  it('asks for nothing from outside and runs nothing', () => {
    const sources = [...page().matchAll(/\s(?:src|xlink:href)="|url\((?!#)|@import|<script|<link|<iframe/g)];
    expect(sources).to.deep.equal([]);
    const links = [...page().matchAll(/href="([^"]+)"/g)].map((m) => m[1]!);
    expect(links.filter((l) => !l.startsWith('#') && !files.has(l))).to.deep.equal([]);
  });

  it('has no id twice', () => {
    const ids = [...page().matchAll(/\sid="([^"]+)"/g)].map((m) => m[1]!);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('escapes what the scenario says, and states what is not default', () => {
    expect(page()).to.include('Does &lt;b&gt;this&lt;/b&gt; break?').and.not.include('<b>this</b>');
    expect(page()).to.include('<code>homogeneity.signals</code>').and.include(run.command);
  });

  it('is the same bytes when built again', async () => {
    const again = await built(run);
    for (const [path, content] of files) expect(again.get(path) === content, path).to.equal(true);
  });

  it('pictures are well-formed, without anything undefined or not a number', () => {
    for (const [path, content] of files)
      if (path.endsWith('.svg')) {
        expect(content, path).to.match(/^<svg [^>]*viewBox=/);
        expect(content, path).not.to.match(/NaN|undefined|Infinity/);
        expect(content.match(/<g[ >]/g)!.length, path).to.equal(content.match(/<\/g>/g)!.length);
      }
  });

  it('the data of a figure are whole, whatever the picture thins', () => {
    const { data } = JSON.parse(files.get('figures/price-and-stress.json')!) as { data: { day: number[] } };
    expect(data.day).to.have.length(run.scenario.days + 1);
  });

  it('captions say what the data hold', () => {
    const fallen = run.roster.find((s) => s.type === 'bank')!.id;
    expect(page()).to.match(new RegExp(`${fallen} defaults, owing other institutions \\$`));
  });

  it('a minimal record gives a report that says what is left out', async () => {
    const minimal = syntheticRun({ record: 'minimal' }, []);
    const { page: text, names } = await built(minimal).then((f) => ({
      page: f.get('report.html')!,
      names: [...f.keys()],
    }));
    expect(names).to.not.include('figures/contagion.svg');
    expect(names).to.include('figures/leverage-and-defaults.svg');
    expect(text).to.match(/is left out\.\s+A record at &quot;minimal&quot;/);
  });

  it('a run in which nothing was learned and nothing happened has a report too', async () => {
    const still = syntheticRun({ days: 8 });
    const row = (day: number) => ({ day, indexLevel: 100, indexReturn: 0, fundamentalReturn: 0 });
    const days = tableOf(
      'days',
      Array.from({ length: 9 }, (_, day) => row(day)),
    );
    const page = (await built({ ...still, tables: { days }, notices: [] })).get('report.html')!;
    expect(page)
      .to.include('nothing was learned')
      .and.not.match(/NaN|Infinity|undefined(?!:)/);
  });
});
