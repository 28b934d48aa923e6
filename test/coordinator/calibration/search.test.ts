import { expect } from 'chai';
import { nextGeneration, type Tried } from '../../../coordinator/calibration/search.js';

const search = { seed: 1, dimensions: ['a', 'b', 'c'], generation: 8 };
const bowl = [0.3, 0.8, 0.55];
const distance = (place: readonly number[]): number =>
  place.reduce((sum, x, d) => sum + (x - bowl[d]!) ** 2, 0);

function run(generations: number): Tried[] {
  const tried: Tried[] = [];
  for (let g = 0; g < generations; g++)
    for (const place of nextGeneration(search, g, generations, [...tried]))
      tried.push({ place, distance: distance(place) });
  return tried;
}

describe('search of a calibration', () => {
  it('fills the space evenly first: no half of a range is left out, and no point comes twice', () => {
    const even = [0, 1].flatMap((g) => nextGeneration(search, g, 4, []));
    for (const d of [0, 1, 2]) expect(even.filter((place) => place[d]! < 0.5)).length.within(6, 10);
    expect(new Set(even.map(String)).size).equal(16);
  });

  it('closes on the best point, and stays in the cube', () => {
    const tried = run(20);
    const best = Math.min(...tried.slice(80).map((t) => t.distance));
    expect(best).below(Math.min(...tried.slice(0, 80).map((t) => t.distance)));
    expect(Math.sqrt(best)).below(0.05);
    for (const x of tried.flatMap(({ place }) => place)) expect(x).within(0, 1);
  });

  it('carries on from what was tried as it would have', () => {
    const tried = run(6);
    expect(nextGeneration(search, 5, 6, tried.slice(0, 40))).deep.equal(tried.slice(40).map((t) => t.place));
  });
});
