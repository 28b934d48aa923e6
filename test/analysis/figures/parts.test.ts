import { expect } from 'chai';
import { ringOf } from '../../../analysis/figures/contagion/ring.js';
import { peakDay } from '../../../analysis/figures/contagion/peak-day.js';
import { domainOf } from '../../../analysis/figures/domain.js';
import { line } from '../../../analysis/figures/marks.js';
import { normalSvg } from '../../../analysis/figures/normal-svg.js';
import { rollingMean } from '../../../analysis/figures/rolling-mean.js';
import { decimal, listed, percent, usd } from '../../../analysis/figures/say.js';
import { pointsOf, thin } from '../../../analysis/figures/thin.js';
import { stressSpans } from '../../../analysis/figures/timeline.js';
import { syntheticRun, tableOf } from '../synthetic-run.js';

describe('parts of figures', () => {
  it('thinning keeps the ends and both extremes', () => {
    const y = Array.from({ length: 1000 }, (_, i) => (i === 333 ? 9 : i === 777 ? -9 : i % 2));
    const thinned = thin(pointsOf([...y.keys()], y), 100);
    expect(thinned.length).to.be.at.most(102);
    expect(thinned[0]!.x).to.equal(0);
    expect(thinned.at(-1)!.x).to.equal(999);
    expect(thinned.map((p) => p.y)).to.include.members([9, -9]);
    expect(thinned.map((p) => p.x)).to.deep.equal(thinned.map((p) => p.x).sort((a, b) => a - b));
  });

  it('a rolling mean skips what is undefined', () => {
    expect([...rollingMean([NaN, NaN, 2, 4, 6], 2)]).to.deep.equal([NaN, NaN, 2, 3, 5]);
  });

  it('numbers are written with true minus signs and units', () => {
    expect(decimal(-0.0001, 2)).to.equal('0.00');
    expect(decimal(-1.5, 1)).to.equal('−1.5');
    expect(percent(0.0213)).to.equal('2.13%');
    expect(usd(-34_560_000_000)).to.equal('−$34.6bn');
    expect(listed(['a', 'b', 'c'])).to.equal('a, b and c');
  });

  it('SVG has short coordinates and ids of its own, and its words are left alone', () => {
    const svg = '<g id="clip7"/><path clip-path="url(#clip7)" d="M1.23456,-0.001"/><text>3.14159</text>';
    expect(normalSvg(svg, 'a')).to.equal(
      '<g id="a-1"/><path clip-path="url(#a-1)" d="M1.23,0"/><text>3.14159</text>',
    );
  });

  it('discs of the ring do not touch at 60 institutions', () => {
    const types = Array.from({ length: 60 }, (_, i) => `type-${i % 5}`);
    const assets = Float64Array.from({ length: 60 }, (_, i) => 1e9 * (1 + (i % 7)) ** 2);
    const { places, scale } = ringOf(types, assets, 300);
    for (let i = 0; i < 60; i++)
      for (let j = 0; j < i; j++) {
        const apart = Math.hypot(places[i]!.x - places[j]!.x, places[i]!.y - places[j]!.y);
        expect(apart).to.be.above(0.98 * scale * (Math.sqrt(assets[i]!) + Math.sqrt(assets[j]!)));
      }
  });

  it('an axis has room, but none past 0', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 1, y: 10 },
    ];
    expect(domainOf([line(points, 'red')], {})).to.deep.equal([0, 10.6]);
    expect(domainOf([], {})).to.deep.equal([0, 1]);
  });

  it('the peak is the day of most defaults, then of the largest loss', () => {
    const run = syntheticRun({ days: 5, warmUp: 1 });
    const rows = [9, 0, 1, 1, 0].map((defaults, i) => ({
      day: i + 1,
      defaults,
      marginLossUsd: i === 3 ? 5 : 1,
    }));
    expect(peakDay({ ...run, tables: { days: tableOf('days', rows) } })).to.equal(4);
  });

  it('stress days in a row are one span', () => {
    const run = syntheticRun({ days: 5 });
    const rows = [0, 1, 1, 0, 1].map((regime, i) => ({ day: i + 1, regime }));
    expect(stressSpans({ ...run, tables: { days: tableOf('days', rows) } })).to.deep.equal([
      { from: 1, to: 3 },
      { from: 4, to: 5 },
    ]);
  });
});
