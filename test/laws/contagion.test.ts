import { expect } from 'chai';
import fc from 'fast-check';
import {
  greatestClearing,
  leastClearing,
  type ClearingSystem,
} from '../../market/contagion/clearing-vector.js';
import { csrFromDense, type Csr } from '../../market/contagion/csr.js';
import { debtRank } from '../../market/contagion/debtrank.js';
import { channels } from '../../market/contagion/index.js';
import { jointContagion } from '../../market/contagion/joint.js';
import { product, rowSums, transposedProduct } from '../../market/contagion/product.js';
import { stressSystem, type StressSystem } from '../../market/contagion/stress-system.js';
import { vulnerableBanks } from '../../market/contagion/vulnerable-banks.js';

const N = 5;
const K = 2;
const amounts = (length: number, max: number) =>
  fc
    .array(fc.integer({ min: 0, max: 100 }), { minLength: length, maxLength: length })
    .map((xs) => xs.map((x) => (x * max) / 100));
const network = fc
  .array(amounts(N, 10), { minLength: N, maxLength: N })
  .map((rows) => rows.map((row, i) => row.map((x, j) => (i === j || x < 4 ? 0 : x))));

interface Drawn {
  exposures: number[][];
  holdings: number[][];
  equity: number[];
  cash: number[];
  direct: number[];
  fall: number[];
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  exposures: network,
  holdings: fc.array(amounts(K, 20), { minLength: N, maxLength: N }),
  equity: amounts(N, 5).map((xs) => xs.map((x) => x + 0.5)),
  cash: amounts(N, 3),
  direct: amounts(N, 6),
  fall: amounts(K, 0.3),
});

const systemOf = ({ exposures, holdings, equity, cash, direct, fall }: Drawn): StressSystem =>
  stressSystem({
    exposures: csrFromDense(exposures),
    holdings: csrFromDense(holdings),
    equity: Float64Array.from(equity),
    cash: Float64Array.from(cash),
    directLosses: Float64Array.from(direct),
    shock: Float64Array.from(fall, (f) => -f),
    impact: fall.map(() => (q: number) => Math.max(0, 1 - q / 500)),
    recovery: { alpha: 0.8, beta: 0.7 },
    leverageCap: 15,
    failure: { threshold: 0.5, cost: 0.1 },
    crossHoldings: csrFromDense(exposures.map((row) => row.map((x) => x / 200))),
  });

const permuted = <T>(values: readonly T[], order: readonly number[]): T[] => order.map((i) => values[i]!);

const clearingOf = ({ exposures, cash, direct }: Drawn): ClearingSystem => ({
  owed: csrFromDense(exposures),
  externalAssets: Float64Array.from(cash),
  externalLiabilities: Float64Array.from(direct),
});

const owedBy = ({ owed, externalLiabilities }: ClearingSystem): Float64Array =>
  rowSums(owed).map((amount, i) => amount + externalLiabilities[i]!);

const received = ({ owed }: ClearingSystem, payments: Float64Array, total: Float64Array): Float64Array => {
  const out = new Float64Array(N);
  transposedProduct(
    owed,
    payments.map((p, i) => (total[i]! > 0 ? p / total[i]! : 0)),
    out,
  );
  return out;
};

const noneAbove = (low: ArrayLike<number>, high: ArrayLike<number>, slack = 1e-8) => {
  for (let i = 0; i < low.length; i++) expect(low[i]).to.be.at.most(high[i]! + slack);
};

const recoveries = fc.constantFrom({ alpha: 1, beta: 1 }, { alpha: 0.6, beta: 0.8 }, { alpha: 0, beta: 0 });
const runs = { numRuns: 60 };

describe('laws of contagion', () => {
  it('clearing: limited liability, absolute priority, nothing above what is owed', () => {
    fc.assert(
      fc.property(drawn, recoveries, (given, recovery) => {
        const system = clearingOf(given);
        const total = owedBy(system);
        for (const solve of [greatestClearing, leastClearing]) {
          const { payments, equity } = solve(system, recovery).value;
          const means = received(system, payments, total).map((r, i) => r + system.externalAssets[i]!);
          noneAbove(payments, total);
          noneAbove(payments, means);
          noneAbove(new Float64Array(N), payments, 0);
          equity.forEach((e, i) => {
            if (e > 1e-8) expect(payments[i]).to.be.closeTo(total[i]!, 1e-8);
          });
        }
      }),
      runs,
    );
  });

  it('clearing: the greatest is at least the least, pays more with more assets, and costs only destroy', () => {
    fc.assert(
      fc.property(drawn, recoveries, (given, recovery) => {
        const system = clearingOf(given);
        const richer = { ...system, externalAssets: system.externalAssets.map((e) => e + 0.5) };
        const greatest = greatestClearing(system, recovery).value.payments;
        noneAbove(leastClearing(system, recovery).value.payments, greatest);
        noneAbove(greatest, greatestClearing(richer, recovery).value.payments);
        noneAbove(greatest, greatestClearing(system).value.payments);
      }),
      runs,
    );
  });

  it('DebtRank: more shock never means less distress, and none leaves [shock, 1]', () => {
    fc.assert(
      fc.property(drawn, amounts(N, 1), (given, shock) => {
        const solve = (h: number[]) => debtRank(csrFromDense(given.exposures), given.equity, h).value;
        const harder = shock.map((h) => Math.min(1, h * 1.2));
        noneAbove(shock, solve(shock), 1e-12);
        noneAbove(solve(shock), solve(harder), 1e-10);
        noneAbove(solve(harder), new Float64Array(N).fill(1), 0);
      }),
      runs,
    );
  });

  it('vulnerable banks: systemicness, and equity-weighted indirect vulnerability, sum to the aggregate', () => {
    fc.assert(
      fc.property(drawn, ({ holdings, equity, fall }) => {
        const weights = holdings.map((row) => row.map((x) => x / 40));
        const totalAssets = equity.map((e, i) => e * (i + 2));
        const banks = { totalAssets, equity, weights, impact: [0.01, 0.02], shock: fall.map((f) => -f) };
        const { aggregateVulnerability, systemicness, indirectVulnerability } = vulnerableBanks(banks);
        const sum = (xs: ArrayLike<number>) => Array.from(xs).reduce((a, b) => a + b, 0);
        const borne = sum(indirectVulnerability.map((v, i) => v * equity[i]!)) / sum(equity);
        const scale = 1e-10 * Math.max(1, aggregateVulnerability);
        expect(sum(systemicness)).to.be.closeTo(aggregateVulnerability, scale);
        expect(borne).to.be.closeTo(aggregateVulnerability, scale);
      }),
      runs,
    );
  });

  const pairs: readonly (readonly (keyof typeof channels)[])[] = [
    ...Object.keys(channels).map((name) => [name as keyof typeof channels]),
    ['clearing', 'fire-sale'],
    ['debtrank', 'vulnerable-banks'],
    ['liquidity-hoarding', 'fire-sale', 'cascade'],
  ];
  for (const names of pairs) {
    const chosen = Object.fromEntries(names.map((name) => [name, channels[name]]));
    const solve = (system: StressSystem, solution: 'least' | 'greatest' = 'least') =>
      jointContagion(system, chosen, solution).value;

    it(`${names.join(' + ')}: no channel creates value, greatest >= least, monotone in shocks`, () => {
      fc.assert(
        fc.property(drawn, (given) => {
          const system = systemOf(given);
          const least = solve(system);
          const worse = { ...system, directLosses: system.directLosses.map((d) => d + 0.3) };
          for (const { losses, withdrawn } of Object.values(least.byChannel)) {
            noneAbove(new Float64Array(N), losses);
            noneAbove(new Float64Array(N), withdrawn);
          }
          noneAbove(least.losses, solve(system, 'greatest').losses);
          noneAbove(least.losses, solve(worse).losses);
        }),
        runs,
      );
    });

    it(`${names.join(' + ')}: permuting institutions permutes the result`, () => {
      fc.assert(
        fc.property(drawn, fc.shuffledSubarray([...Array(N).keys()], { minLength: N }), (given, order) => {
          const turned: Drawn = {
            exposures: permuted(given.exposures, order).map((row) => permuted(row, order)),
            holdings: permuted(given.holdings, order),
            equity: permuted(given.equity, order),
            cash: permuted(given.cash, order),
            direct: permuted(given.direct, order),
            fall: given.fall,
          };
          const expected = permuted([...solve(systemOf(given)).losses], order);
          const found = solve(systemOf(turned)).losses;
          found.forEach((loss, i) => expect(loss).to.be.closeTo(expected[i]!, 1e-8 * Math.max(1, loss)));
        }),
        runs,
      );
    });
  }

  it('losses of lenders never exceed what they lent, nor holders’ what they hold', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const system = systemOf(given);
        const { byChannel } = jointContagion(system, {
          clearing: channels.clearing,
          'fire-sale': channels['fire-sale'],
        }).value;
        const held = rowOf(system.holdings, system.shock);
        noneAbove(byChannel['clearing']!.losses, rowSums(system.exposures));
        noneAbove(byChannel['fire-sale']!.losses, held);
      }),
      runs,
    );
  });
});

/** Value of the holdings after the shock. */
function rowOf(holdings: Csr, shock: Float64Array): Float64Array {
  const value = new Float64Array(holdings.rows);
  product(
    holdings,
    shock.map((r) => 1 + r),
    value,
  );
  return value;
}
