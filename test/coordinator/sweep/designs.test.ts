import { expect } from 'chai';
import fc from 'fast-check';
import { sobolFractions } from '../../../coordinator/sweep/designs/sobol-sequence.js';
import { designSchema, type Design } from '../../../coordinator/sweep/design.js';
import { fieldsOf, pointsOf } from '../../../coordinator/sweep/points.js';

const base = { name: 'a', scenario: 's.yaml' };
const parsed = (given: object): Design => designSchema.parse({ ...base, ...given }) as Design;
const settings = (given: object): unknown[] => pointsOf(parsed(given), 7).map((p) => p.settings);
const faults = (given: object): string[] =>
  designSchema
    .safeParse({ ...base, ...given })
    .error?.issues.map((i) => `${i.path.join('/')}: ${i.message}`) ?? [];

describe('designs over levels', () => {
  const over = { 'homogeneity.signals': [0, 1], days: [10, 20] };
  it('factorial: every combination, the last field fastest', () => {
    expect(settings({ design: 'factorial', over })).deep.equal([
      { 'homogeneity.signals': 0, days: 10 },
      { 'homogeneity.signals': 0, days: 20 },
      { 'homogeneity.signals': 1, days: 10 },
      { 'homogeneity.signals': 1, days: 20 },
    ]);
  });
  it('zip: level by level', () => {
    expect(settings({ design: 'zip', over })).deep.equal([
      { 'homogeneity.signals': 0, days: 10 },
      { 'homogeneity.signals': 1, days: 20 },
    ]);
    expect(faults({ design: 'zip', over: { days: [1], warmUp: [1, 2] } })).deep.equal([
      'over: zip needs lists of one length',
    ]);
  });
  it('table: rows as given, with labels', () => {
    const points = pointsOf(parsed({ design: 'table', table: [{}, { label: 'two', days: 20 }] }), 1);
    expect(points).deep.equal([
      { label: 'as the scenario', settings: {} },
      { label: 'two', settings: { days: 20 } },
    ]);
    expect(fieldsOf(points)).deep.equal(['days']);
  });
});

describe('sampled designs', () => {
  const over = { days: { from: 10, to: 14, whole: true }, trade: { from: 0.01, to: 1, scale: 'log' } };
  it('refuse to do without a count', () => {
    expect(faults({ design: 'random', over })).deep.equal([
      'count: a sampled design needs a count, a whole number',
    ]);
  });
  for (const design of ['random', 'latin-hypercube', 'sobol', 'saltelli'])
    it(`${design}: stays in its ranges, and adding a field shifts no other`, () => {
      const alone = settings({ design, over: { days: over.days }, count: 8 }) as { days: number }[];
      const both = settings({ design, over, count: 8 }) as { days: number; trade: number }[];
      expect(both).length(design === 'saltelli' ? 32 : 8);
      for (const p of both) {
        expect(p.days).within(10, 14);
        expect(p.trade).within(0.01, 1);
      }
      if (design !== 'saltelli') expect(both.map((p) => p.days)).deep.equal(alone.map((p) => p.days));
    });
  it('latin-hypercube uses each part of a range once', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), (count) => {
        const found = settings({ design: 'latin-hypercube', count, over: { x: { from: 0, to: 1 } } });
        const parts = found.map((p) => Math.floor((p as { x: number }).x * count)).sort((a, b) => a - b);
        expect(parts).deep.equal(Array.from({ length: count }, (_, i) => i));
      }),
    );
  });
  it('saltelli takes one field after another from B', () => {
    const points = settings({
      design: 'saltelli',
      count: 2,
      over: { x: { from: 0, to: 1 }, y: { from: 0, to: 1 } },
    });
    const [a, b, x, y] = [0, 2, 4, 6].map((i) => points[i] as { x: number; y: number });
    expect(x).deep.equal({ x: b!.x, y: a!.y });
    expect(y).deep.equal({ x: a!.x, y: b!.y });
  });
});

describe('Sobol’s sequence', () => {
  const first = (dimension: number): number[] => Array.from(sobolFractions(dimension, 8), (v) => v / 2 ** 32);
  it('is the published one in its first dimensions', () => {
    expect(first(0)).deep.equal([0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125]);
    expect(first(1)).deep.equal([0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625]);
    expect(first(2)).deep.equal([0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375]);
  });
  it('puts one point in each of 16 parts, in every dimension', () => {
    for (let d = 0; d < 16; d++)
      expect(
        new Set(Array.from(sobolFractions(d, 16), (v) => Math.floor(v / 2 ** 28))).size,
        `dimension ${d}`,
      ).equal(16);
  });
});

describe('what a design may not say', () => {
  it('the seed: points share their noise', () => {
    expect(faults({ design: 'factorial', over: { seed: [1, 2] } })[0]).match(
      /^over\/seed: is set by the replication/,
    );
    expect(faults({ design: 'table', table: [{ seed: 1 }] })[0]).match(/^table\/0\/seed: is set by/);
  });
  it('nothing to vary, or a range turned round', () => {
    expect(faults({ design: 'factorial', over: {} })).deep.equal(['over: names no field']);
    expect(faults({ design: 'random', count: 2, over: { x: { from: 1, to: 0 } } })[0]).match(/over\/x/);
  });
});
