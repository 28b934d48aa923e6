import { expect } from 'chai';
import { sweepReportOf } from '../../../analysis/report/sweep.js';
import { sweepDataOf } from '../../sweep-data.js';

const point = (settings: Readonly<Record<string, number>>) => ({
  label: Object.entries(settings)
    .map(([k, v]) => `${k}=${v}`)
    .join(', '),
  settings,
});
/** Four replications around a value. */
const around = (value: number): number[] => [-0.03, 0.01, 0.02, 0].map((e) => value + e);

describe('the report of a sweep', function () {
  this.timeout(20_000);

  it('draws a curve with a band, a map of two fields and a table of effects', async () => {
    const points = [0, 1, 2].flatMap((a) => [0, 1].map((b) => point({ a, b })));
    const values = points.map(({ settings: { a, b } }) => around(a! + 10 * b!));
    const { files } = await sweepReportOf(sweepDataOf('factorial', points, values), 0);
    expect([...files.keys()]).to.deep.equal([
      'report.html',
      'figures/effects.svg',
      'figures/effects.json',
      'figures/dose-response-a.svg',
      'figures/dose-response-a.json',
      'figures/heat-map-a-b-m.svg',
      'figures/heat-map-a-b-m.json',
    ]);
    const curve = JSON.parse(files.get('figures/dose-response-a.json')!) as {
      caption: string;
      data: { m: { means: { value: number; interval: number[]; n: number }[] } };
    };
    expect(curve.data.m.means.map(({ value, n }) => [value, n])).to.deep.equal([
      [5, 4],
      [6, 4],
      [7, 4],
    ]);
    expect(curve.caption).to.match(
      /^M tends to rise with the dose \(slope 1 \[1, 1\]; Page’s trend, p 0\.005, n = 4\)/,
    );
    const page = files.get('report.html')!;
    for (const words of ['95% interval', 'p (Holm)', 'Two fields at once']) expect(page).to.include(words);
  });

  it('draws every effect with its interval, and says which stand', async () => {
    const points = [0, 1, 2].map((a) => point({ a }));
    const apart = [
      [0, 0.1, -0.1, 0.05],
      [5, 5.2, 4.9, 5.1],
      [0.3, -0.4, 0.2, -0.1],
    ];
    const { files } = await sweepReportOf(sweepDataOf('factorial', points, apart), 0);
    const { caption, data } = JSON.parse(files.get('figures/effects.json')!) as {
      caption: string;
      data: { effects: { label: string; value: number; interval: [number, number] }[] };
    };
    expect(caption).to.equal('Of 2 effects at up to 4 pairs each, 1 stands after adjustment: on m (a=1).');
    expect(data.effects.map((e) => e.label)).to.deep.equal(['a=1', 'a=2']);
    expect(data.effects[0]!.value).to.be.closeTo(5.0375, 1e-12);
    expect(data.effects[0]!.interval[0]).to.be.above(4.5).and.below(data.effects[0]!.value);
    const svg = files.get('figures/effects.svg')!;
    // One filled and one hollow mark beside those of the key.
    expect(svg.match(/<circle[^>]* r="4" fill=/g)).to.have.length(1);
    expect(svg.match(/<circle[^>]* r="3.5" stroke=/g)).to.have.length(1);
    expect(svg).to.include('Differences from a=0');
  });

  it('leaves out a picture of more effects than can be told apart', async () => {
    const points = Array.from({ length: 26 }, (_, a) => point({ a }));
    const { files } = await sweepReportOf(
      sweepDataOf(
        'table',
        points,
        points.map((_, a) => around(a)),
      ),
      0,
    );
    expect(files.has('figures/effects.svg')).to.equal(false);
    expect(files.get('report.html')).to.include('a=25');
  });

  it('claims no trend where there is none', async () => {
    const points = [0, 1, 2].map((a) => point({ a }));
    const values = [
      [1, 2, 3, 1],
      [2, 1, 1, 3],
      [1, 3, 2, 1],
    ];
    const { files } = await sweepReportOf(sweepDataOf('factorial', points, values), 0);
    expect(files.get('report.html')).to.include('M shows no trend').and.not.to.include('tends to');
  });

  it('draws bars of sensitivity for a design in Saltelli’s blocks, and folds its many points', async () => {
    // m = a: all of the variance is a's. Blocks A, B, A with a of B, A with b of B.
    const [as, bs] = [Array.from({ length: 8 }, (_, i) => i), [5, 2, 7, 0, 3, 6, 1, 4]];
    const points = [as, bs, bs, as].flatMap((column) => column.map((a) => point({ a, b: 0 })));
    const values = points.map(({ settings }) => [settings['a']!]);
    const { files } = await sweepReportOf(sweepDataOf('saltelli', points, values), 0);
    const bars = JSON.parse(files.get('figures/sensitivity-m.json')!) as {
      data: { indices: { field: string; total: { value: number } }[] };
    };
    expect(bars.data.indices.map(({ field }) => field)).to.deep.equal(['a', 'b']);
    expect(bars.data.indices[0]!.total.value).to.be.above(0.5);
    expect(bars.data.indices[1]!.total.value).to.equal(0);
    expect(files.get('report.html'))
      .to.include('<summary>32 points</summary>')
      .and.to.include('a takes part in');
  });
});
