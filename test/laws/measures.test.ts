import fc from 'fast-check';
import { expect } from 'chai';
import { groupShares, hillNumber, meanCosine, sharesOf, similarityDiversity } from '../../core/diversity.js';
import { connectedness } from '../../analysis/measures/systemic/connectedness.js';
import { cosineSimilarity } from '../../core/diversity.js';
import { doubleCentred, unbiasedCentred } from '../../core/centring.js';
import { linearCka } from '../../analysis/measures/monoculture/cka.js';
import { poissonBinomial } from '../../analysis/measures/monoculture/homogenization.js';
import { ambiguityDecomposition } from '../../analysis/measures/monoculture/ambiguity.js';
import { lsvHerding } from '../../analysis/measures/herding/lsv.js';
import { siasPeriod } from '../../analysis/measures/herding/sias.js';
import { turbulenceOf } from '../../analysis/measures/systemic/turbulence.js';
import { checkLoss, quantileRegression } from '../../analysis/measures/quantile-regression.js';
import { pairList, pairTable } from '../../analysis/measures/pairs.js';
import { expectClose } from '../close.js';

const number = fc.double({ min: -10, max: 10, noNaN: true }).map((value) => Math.round(value * 1000) / 1000);
const amounts = fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 1, maxLength: 8 });
const rows = (n: number, width: number) =>
  fc.array(fc.array(number, { minLength: width, maxLength: width }), { minLength: n, maxLength: n });
const counts = fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 6 });

describe('laws of diversity', () => {
  it('shares sum to 1, by group too', () => {
    fc.assert(
      fc.property(amounts, (values) => {
        expectClose(
          sharesOf(values).reduce((sum, share) => sum + share, 0),
          1,
          1e-14,
        );
        const groups = values.map((_, i) => i % 3);
        expectClose(
          groupShares(groups, values, 3).reduce((sum, share) => sum + share, 0),
          1,
          1e-14,
        );
      }),
    );
  });

  it('Hill numbers fall with their order, from the number of kinds to 1/largest share', () => {
    const orders = [0, 0.5, 0.999999, 1, 1.000001, 2, 7, 900, Infinity];
    fc.assert(
      fc.property(amounts, (values) => {
        const shares = sharesOf(values);
        const numbers = orders.map((order) => hillNumber(shares, order));
        expectClose(numbers[0], values.length, 1e-12);
        expectClose(numbers.at(-1), 1 / Math.max(...shares), 1e-12);
        numbers.slice(1).forEach((value, i) => expect(value).to.be.at.most(numbers[i]! * (1 + 1e-9)));
      }),
    );
  });

  it('similarity lowers diversity: from the Hill number with none to 1 with all', () => {
    fc.assert(
      fc.property(amounts, fc.double({ min: 0, max: 1, noNaN: true }), (values, alike) => {
        const [shares, n] = [sharesOf(values), values.length];
        const similarity = (off: number) =>
          Float64Array.from({ length: n * n }, (_, at) => (at % (n + 1) === 0 ? 1 : off));
        for (const order of [0, 1, 2, Infinity]) {
          const [hill, some] = [
            hillNumber(shares, order),
            similarityDiversity(shares, similarity(alike), order),
          ];
          expectClose(similarityDiversity(shares, similarity(0), order), hill, 1e-12);
          expectClose(similarityDiversity(shares, similarity(1), order), 1, 1e-12);
          expect(some).to.be.within(1 - 1e-12, hill * (1 + 1e-12));
        }
      }),
    );
  });

  it('the mean cosine without pairs is the mean over pairs', () => {
    fc.assert(
      fc.property(rows(5, 3), (table) => {
        const full = table
          .filter((row) => row.some((value) => value !== 0))
          .map((row) => Float64Array.from(row));
        fc.pre(full.length > 1);
        const pairs = pairList(full, cosineSimilarity);
        const mean = pairs.reduce((sum, value) => sum + value, 0) / pairs.length;
        expectClose(meanCosine(Float64Array.from(table.flat()), 3), mean, 1e-12);
      }),
    );
  });

  it('a pair table is symmetric', () => {
    fc.assert(
      fc.property(fc.array(number, { maxLength: 6 }), (values) => {
        const table = pairTable(values, (a, b) => a * b);
        table.forEach((row, i) => row.forEach((value, j) => expect(value).to.equal(table[j]![i])));
      }),
    );
  });
});

describe('laws of herding', () => {
  it('LSV is the same when buyers and sellers change places, but for the side', () => {
    fc.assert(
      fc.property(counts, (trades) => {
        const [buys, sells] = [trades.map(([b]) => b), trades.map(([, s]) => s)];
        const [one, other] = [lsvHerding(buys, sells, 2), lsvHerding(sells, buys, 2)];
        expectClose(other.herding, one.herding, 1e-12);
        expectClose(other.buyHerding, one.sellHerding, 1e-12);
      }),
    );
  });

  it('LSV lies in [−1/2, 1)', () => {
    fc.assert(
      fc.property(counts, (trades) => {
        const { herding } = lsvHerding(
          trades.map(([b]) => b),
          trades.map(([, s]) => s),
        );
        for (const h of herding) if (h !== null) expect(h).to.be.within(-0.5, 1);
      }),
    );
  });

  it('Sias: own and others add up to a correlation, in any order of institutions', () => {
    const direction = fc.constantFrom(-1, 0, 1);
    const period = fc.array(fc.array(direction, { minLength: 5, maxLength: 5 }), {
      minLength: 4,
      maxLength: 4,
    });
    fc.assert(
      fc.property(period, period, (before, after) => {
        const result = siasPeriod(before, after);
        expectClose(siasPeriod([...before].reverse(), [...after].reverse()), result, 1e-12);
        if (result.beta === null) return;
        expect(Math.abs(result.beta)).to.be.at.most(1 + 1e-12);
        expectClose(result.own! + result.others!, result.beta, 1e-12);
      }),
    );
  });
});

describe('laws of monoculture', () => {
  it('CKA is blind to rotation, scale and shift, symmetric, and 1 for itself', () => {
    fc.assert(
      fc.property(rows(6, 2), rows(6, 3), fc.double({ min: 0.1, max: 3, noNaN: true }), (x, y, angle) => {
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        const turned = x.map(([a, b]) => [3 * (c * a! - s * b!) + 5, 3 * (s * a! + c * b!) - 7]);
        for (const centring of [doubleCentred, unbiasedCentred]) {
          const cka = linearCka(x, y, centring);
          fc.pre(Number.isFinite(cka));
          expectClose(linearCka(turned, y, centring), cka, 1e-8);
          expectClose(linearCka(y, x, centring), cka, 1e-12);
          expectClose(linearCka(x, x, centring), 1, 1e-12);
        }
      }),
    );
  });

  it('a Poisson-binomial law sums to 1 and has the sum of the rates as its mean', () => {
    const rates = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(rates, (values) => {
        const law = poissonBinomial(values);
        const sum = (numbers: number[]) => numbers.reduce((total, value) => total + value, 0);
        expectClose(sum(law), 1, 1e-12);
        expectClose(sum(law.map((p, c) => p * c)), sum(values), 1e-12);
      }),
    );
  });

  it('ensemble error is mean error less ambiguity', () => {
    fc.assert(
      fc.property(rows(4, 5), amounts, (table, weights) => {
        const [target, ...forecasts] = table;
        fc.pre(weights.length >= forecasts.length);
        const shares = sharesOf(weights.slice(0, forecasts.length));
        const { ensembleError, meanError, ambiguity } = ambiguityDecomposition(forecasts, target!, shares);
        expect(ambiguity).to.be.at.least(0);
        expectClose(ensembleError, meanError - ambiguity, 1e-10);
      }),
    );
  });
});

describe('laws of systemic measures', () => {
  it('turbulence has mean k(T−1)/T and does not depend on units', () => {
    fc.assert(
      fc.property(rows(8, 2), (table) => {
        const distances = turbulenceOf(table);
        fc.pre(distances !== null && distances.every((value) => value < 7));
        expectClose(distances.reduce((sum, value) => sum + value, 0) / 8, (2 * 7) / 8, 1e-6);
        expectClose(turbulenceOf(table.map(([a, b]) => [100 * a!, b! - a!])), distances, 1e-5);
      }),
    );
  });

  it('connectedness: rows sum to 100, NET to 0, in any units of the series', () => {
    const entry = fc.double({ min: -0.4, max: 0.4, noNaN: true });
    const unit = fc.double({ min: 0.1, max: 10, noNaN: true });
    interface Answer {
      table: number[][];
      net: number[];
    }
    const compute = connectedness.compute as (input: unknown) => Answer;
    fc.assert(
      fc.property(fc.tuple(entry, entry, entry, entry), entry, unit, ([a, b, c, d], rho, u) => {
        const system = (scale: number) =>
          compute({
            coefficients: [
              [
                [a, b / scale],
                [c * scale, d],
              ],
            ],
            covariance: [
              [1, rho * scale],
              [rho * scale, scale ** 2],
            ],
            horizon: 6,
            decomposition: 'generalized',
            normalise: true,
          });
        const { table, net } = system(1);
        table.forEach((row) => expectClose(row[0]! + row[1]!, 100, 1e-12));
        expect(net[0]! + net[1]!).to.be.closeTo(0, 1e-10);
        expectClose(system(u).table, table, 1e-9);
      }),
    );
  });

  it('no line has a lower quantile loss than the one returned', () => {
    const series = fc.array(fc.tuple(number, number), { minLength: 4, maxLength: 25 });
    fc.assert(
      fc.property(
        series,
        fc.double({ min: 0.02, max: 0.98, noNaN: true }),
        number,
        number,
        (points, q, a, b) => {
          const [x, y] = [points.map(([value]) => value), points.map(([, value]) => value)];
          fc.pre(new Set(x).size > 1);
          const line = quantileRegression(x, y, q);
          const loss = checkLoss(x, y, q, line);
          for (const step of [1, 0.01, 1e-4]) {
            const nearby = { intercept: line.intercept + step * a, slope: line.slope + step * b };
            expect(loss).to.be.at.most(checkLoss(x, y, q, nearby) + 1e-9);
          }
        },
      ),
    );
  });
});
