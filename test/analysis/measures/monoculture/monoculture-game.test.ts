import { expect } from 'chai';
import { pow } from '../../../../core/numeric.js';
import {
  mallowsFirst,
  monocultureUtilities,
} from '../../../../analysis/measures/monoculture/monoculture-game.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

type Ranking = readonly number[];

const permutations = (items: Ranking): Ranking[] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        permutations(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]),
      );

const inversions = (ranking: Ranking): number =>
  ranking.flatMap((a, i) => ranking.slice(i + 1).filter((b) => b < a)).length;

/** Every ranking of n candidates, best first by index, with its Mallows probability. */
function mallows(phi: number, n: number) {
  const all = permutations(Array.from({ length: n }, (_, i) => i)).map((ranking) => ({
    ranking,
    weight: pow(phi, inversions(ranking)),
  }));
  const total = all.reduce((sum, { weight }) => sum + weight, 0);
  return all.map(({ ranking, weight }) => ({ ranking, p: weight / total }));
}

/** ½ of the first choice plus ½ of the second, over every pair of independent rankings. */
const independent = (values: number[], own: number, other: number): number =>
  mallows(own, values.length).reduce(
    (sum, mine) =>
      sum +
      mallows(other, values.length).reduce((inner, theirs) => {
        const second = mine.ranking.find((candidate) => candidate !== theirs.ranking[0])!;
        return inner + (mine.p * theirs.p * (values[mine.ranking[0]!]! + values[second]!)) / 2;
      }, 0),
    0,
  );

const shared = (values: number[], phi: number): number =>
  mallows(phi, values.length).reduce(
    (sum, { ranking, p }) => sum + (p * (values[ranking[0]!]! + values[ranking[1]!]!)) / 2,
    0,
  );

describe('monoculture game', () => {
  it('equals the enumeration of every pair of rankings', () => {
    const values = [5, 3.5, 1, -2, -2.5];
    const expected = {
      AA: shared(values, 0.4),
      HH: independent(values, 0.7, 0.7),
      AH: independent(values, 0.4, 0.7),
      HA: independent(values, 0.7, 0.4),
    };
    expectClose(monocultureUtilities(values, 0.4, 0.7), expected, 1e-12);
    expectClose(monocultureUtilities([...values].reverse(), 0.4, 0.7), expected, 1e-12);
  });

  it('two candidates, by hand: φ = 0 never errs, φ = 1 tosses a coin', () => {
    expect(mallowsFirst(0, 3)).to.deep.equal([1, 0, 0]);
    expectClose(mallowsFirst(1, 4), [0.25, 0.25, 0.25, 0.25], 1e-15);
    // First choices 1 and 2/3; after a human the best is left with 1/3, after the algorithm never.
    const expected = { AA: 1 / 2, HH: 1 / 2, AH: (1 + 1 / 3) / 2, HA: 2 / 3 / 2 };
    expectClose(monocultureUtilities([1, 0], 0, 0.5), expected, 1e-15);
  });

  it('shows the paradox: a slightly better algorithm is dominant, yet all lose by sharing it', () => {
    const result = measured<{
      algorithmDominant: boolean;
      paradox: boolean;
      welfare: Record<string, number>;
    }>('monoculture-game', { values: [3, 2, 1], phiAlgorithm: 0.45, phiHuman: 0.5 });
    expect(result).to.deep.include({ algorithmDominant: true, paradox: true });
    expect(result.welfare.AA).to.be.below(result.welfare.HH!);
  });

  it('does not where the algorithm never errs', () => {
    const perfect = measured('monoculture-game', { values: [3, 2, 1], phiAlgorithm: 0, phiHuman: 0.9 });
    expect(perfect).to.deep.include({ algorithmDominant: true, paradox: false });
  });
});
