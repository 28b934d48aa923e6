import { expect } from 'chai';
import fc from 'fast-check';
import {
  StrategyFailed,
  strategies,
  type Strategy,
  type StrategyName,
  type View,
} from '../../agents/allocation/index.js';
import { portfolioVariance, riskShares } from '../../agents/allocation/portfolio-risk.js';
import { viewOf } from '../agents/allocation/problems.js';

const entries = Object.entries(strategies) as [StrategyName, Strategy][];
const allocate = (name: StrategyName, view: View, options: object = {}): Float64Array =>
  strategies[name].allocate(view, strategies[name].options.parse(options));
const total = (weights: Float64Array): number => weights.reduce((sum, weight) => sum + weight, 0);

/** Strategies that may hold cash. */
const cash = new Set<StrategyName>(['kelly', 'volatility-target', 'constant-proportion-insurance']);
/** The order of assets is part of what these are told: named positions, addressed draws, the tree's left and right. */
const ordered = new Set<StrategyName>(['sixty-forty', 'resampled', 'hierarchical-risk-parity']);
/** These weigh risk against risk, so its unit does not matter. */
const unitless: StrategyName[] = [
  'minimum-variance',
  'maximum-sharpe',
  'maximum-diversification',
  'inverse-volatility',
  'risk-parity',
  'hierarchical-risk-parity',
  'hierarchical-equal-risk-contribution',
  'cluster-based',
];
const sample = fc.record({ k: fc.integer({ min: 5, max: 12 }), seed: fc.integer({ min: 1, max: 1e6 }) });
const runs = { numRuns: 12 };

const permuted = (view: View, order: number[]): View => {
  const k = order.length;
  const pick = (values: Float64Array) => Float64Array.from(order, (i) => values[i]!);
  const square = (m: Float64Array) =>
    Float64Array.from(order.flatMap((i) => order.map((j) => m[i * k + j]!)));
  const { rows, values } = view.history!;
  return {
    ...view,
    expectedReturns: pick(view.expectedReturns),
    uncertainty: pick(view.uncertainty),
    covariance: square(view.covariance),
    previousWeights: pick(view.previousWeights),
    benchmark: pick(view.benchmark),
    history: { rows, values: values.map((_, at) => values[at - (at % k) + order[at % k]!]!) },
  };
};

const closeTo = (actual: Float64Array, expected: Float64Array, tolerance: number): void =>
  actual.forEach((weight, i) => expect(weight, `asset ${i}`).to.be.closeTo(expected[i]!, tolerance));

describe('laws of allocation', () => {
  for (const [name] of entries) {
    it(`${name}: spends its budget on what is permitted, and sells nothing short`, () => {
      fc.assert(
        fc.property(sample, fc.double({ min: 0.5, max: 2, noNaN: true }), ({ k, seed }, leverage) => {
          const view = {
            ...viewOf(k, seed),
            leverage,
            permitted: Uint8Array.from({ length: k }, (_, i) => +(i !== 4)),
          };
          const weights = allocate(name, view);
          expect(weights.every((weight) => weight >= 0)).to.equal(true);
          expect(weights[4]).to.equal(0);
          if (cash.has(name)) expect(total(weights)).to.be.at.most(leverage + 1e-9);
          else expect(total(weights)).to.be.closeTo(leverage, 1e-9);
        }),
        runs,
      );
    });
    // A linear program may have several optima of the same CVaR, and the order of assets picks among them.
    if (ordered.has(name) || name === 'minimum-cvar') continue;
    it(`${name}: permuting assets permutes weights`, () => {
      fc.assert(
        fc.property(sample, ({ k, seed }) => {
          const view = viewOf(k, seed);
          const order = Array.from({ length: k }, (_, i) => (i * 5 + (seed % k)) % k);
          fc.pre(new Set(order).size === k);
          const expected = allocate(name, view);
          const weights = allocate(name, permuted(view, order));
          closeTo(
            weights,
            Float64Array.from(order, (i) => expected[i]!),
            1e-7,
          );
        }),
        runs,
      );
    });
  }

  for (const name of unitless)
    it(`${name}: the unit of risk changes nothing`, () => {
      fc.assert(
        fc.property(sample, fc.double({ min: 1e-4, max: 1e4, noNaN: true }), ({ k, seed }, scale) => {
          const view = viewOf(k, seed);
          const scaled = { ...view, covariance: view.covariance.map((value) => scale * value) };
          closeTo(allocate(name, scaled), allocate(name, view), 1e-8);
        }),
        runs,
      );
    });

  it('mean-variance: scaling returns and risk by one unit of utility changes nothing', () => {
    fc.assert(
      fc.property(sample, fc.double({ min: 0.01, max: 100, noNaN: true }), ({ k, seed }, scale) => {
        const view = viewOf(k, seed);
        const scaled = {
          ...view,
          expectedReturns: view.expectedReturns.map((value) => scale * value),
          riskAversion: scale * view.riskAversion,
        };
        closeTo(allocate('mean-variance', scaled), allocate('mean-variance', view), 1e-9);
      }),
      runs,
    );
  });

  it('risk parity: shares of risk equal their budgets to 1e-8', () => {
    fc.assert(
      fc.property(sample, ({ k, seed }) => {
        const budget = Array.from({ length: k }, (_, i) => 1 + ((seed + i * i) % 5));
        const sum = budget.reduce((a, b) => a + b, 0);
        const view = viewOf(k, seed);
        const shares = riskShares(allocate('risk-parity', view, { budget }), view.covariance);
        shares.forEach((value, i) => expect(value).to.be.closeTo(budget[i]! / sum, 1e-8));
      }),
      runs,
    );
  });

  it('minimum-cvar: permuting assets leaves the least tail loss as it is, and no other portfolio has less', () => {
    const tailLoss = (view: View, weights: Float64Array): number => {
      const { rows, values } = view.history!;
      const k = weights.length;
      const losses = Array.from({ length: rows }, (_, t) =>
        weights.reduce((sum, weight, i) => sum - weight * values[t * k + i]!, 0),
      ).sort((a, b) => b - a);
      const days = 0.05 * rows;
      return losses.reduce((sum, loss, t) => sum + loss * Math.max(0, Math.min(1, days - t)), 0) / days;
    };
    fc.assert(
      fc.property(sample, ({ k, seed }) => {
        const view = viewOf(k, seed);
        const order = Array.from({ length: k }, (_, i) => (i * 5 + (seed % k)) % k);
        fc.pre(new Set(order).size === k);
        const turned = permuted(view, order);
        const least = tailLoss(view, allocate('minimum-cvar', view));
        expect(tailLoss(turned, allocate('minimum-cvar', turned))).to.be.closeTo(least, 1e-9);
        for (const other of ['equal-weight', 'minimum-variance', 'risk-parity'] as const)
          expect(tailLoss(view, allocate(other, view))).to.be.at.least(least - 1e-9);
      }),
      runs,
    );
  });

  for (const name of ['risk-parity', 'inverse-volatility', 'hierarchical-equal-risk-contribution'] as const)
    it(`${name}: a duplicate asset has the weight of its twin`, () => {
      fc.assert(
        fc.property(sample, ({ k, seed }) => {
          const twins = Array.from({ length: k + 1 }, (_, i) => (i === k ? 2 : i));
          const { covariance } = viewOf(k, seed);
          const doubled = Float64Array.from(twins.flatMap((i) => twins.map((j) => covariance[i * k + j]!)));
          const weights = allocate(name, viewOf(k + 1, seed, { covariance: doubled }));
          expect(weights[k]).to.be.closeTo(weights[2]!, 1e-9);
        }),
        runs,
      );
    });

  it('no long-only portfolio is less risky than minimum variance, or beats mean-variance, or diversifies better', () => {
    fc.assert(
      fc.property(sample, ({ k, seed }) => {
        const view = viewOf(k, seed);
        const utility = (w: Float64Array) =>
          w.reduce((sum, weight, i) => sum + weight * view.expectedReturns[i]!, 0) -
          0.5 * view.riskAversion * portfolioVariance(w, view.covariance);
        const ratio = (w: Float64Array) =>
          w.reduce((sum, weight, i) => sum + weight * Math.sqrt(view.covariance[i * k + i]!), 0) /
          Math.sqrt(portfolioVariance(w, view.covariance));
        const variance = (w: Float64Array) => -portfolioVariance(w, view.covariance);
        const best = [
          [utility, allocate('mean-variance', view)],
          [variance, allocate('minimum-variance', view)],
          [ratio, allocate('maximum-diversification', view)],
        ] as const;
        for (const [value, optimum] of best)
          for (const other of ['equal-weight', 'risk-parity', 'mean-variance', 'minimum-variance'] as const)
            expect(value(optimum)).to.be.at.least(value(allocate(other, view)) - 1e-12);
      }),
      runs,
    );
  });

  const constrained = entries.filter(([, { options }]) => 'groups' in options.shape).map(([name]) => name);

  it('there are strategies within constraints', () => {
    expect(constrained).to.include.members(['mean-variance', 'minimum-variance', 'minimum-cvar']);
  });

  for (const name of constrained)
    it(`${name}: constraints that cannot hold together are named, the two that conflict, among others that do hold`, () => {
      /** Of so many assets some that are a group, after so many groups of limits that nothing reaches. */
      const conflicts = {
        nested: (inner: number[], at: number) => [
          {
            groups: [
              { members: inner, min: 0.6 },
              { members: [0, ...inner], max: 0.4 },
            ],
          },
          [`the least weight 0.6 of group ${at}`, `the greatest weight 0.4 of group ${at + 1}`],
        ],
        budget: (inner: number[], at: number) => [
          { groups: [{ members: inner, min: 1.2 }] },
          [`the least weight 1.2 of group ${at}`, 'the budget 1'],
        ],
        bound: (_: number[], at: number) => [
          { groups: [{ members: [2], min: 0.3 }], maxWeight: [2, 2, 0.1] },
          [`the least weight 0.3 of group ${at}`, 'the greatest weight 0.1 of asset 2'],
        ],
      } satisfies Record<string, (inner: number[], at: number) => unknown[]>;
      const kinds = fc.constantFrom(...Object.values(conflicts));
      fc.assert(
        fc.property(sample, kinds, fc.integer({ min: 0, max: 2 }), ({ k, seed }, conflict, before) => {
          const inner = Array.from({ length: k }, (_, i) => i).filter((i) => i > 0 && (i + seed) % 3 === 0);
          const slack = Array.from({ length: before }, (_, g) => ({ members: [g], min: 0, max: 1 }));
          const [planted, named] = conflict(inner, before) as [
            { readonly groups: object[]; readonly maxWeight?: number[] },
            string[],
          ];
          const maxWeight = Array.from({ length: k }, (_, i) => planted.maxWeight?.[i] ?? 2);
          const options = { groups: [...slack, ...planted.groups], maxWeight };
          const ask = () => allocate(name, { ...viewOf(k, seed), leverage: 1 }, options);
          expect(ask)
            .to.throw(StrategyFailed)
            .that.satisfies(({ message }: Error) => named.every((one) => message.includes(one)));
        }),
        { numRuns: 20 },
      );
    });
});
