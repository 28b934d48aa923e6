import { expect } from 'chai';
import { featureLayout, writeFeatures } from '../../agents/features.js';
import { firstParameters } from '../../agents/initial.js';
import { mixIn, type Learner } from '../../agents/learner.js';
import type { Cohort } from '../../agents/learning/cohort.js';
import { createMemory, remember } from '../../agents/memory.js';
import { createMind, keepForecast, learnReturns, look } from '../../agents/mind.js';
import { maturedSpan, samplesIn } from '../../agents/samples.js';
import { sampleCount, targetOf } from '../../agents/window.js';
import { addSample, createYardstick, fit, leastSquaresForecast } from '../../agents/yardstick.js';
import { solve } from '../../core/linear.js';
import { pow } from '../../core/numeric.js';
import type { Brief, SeatBrief } from '../../core/protocol.js';
import { stream } from '../../core/random.js';
import { informationCoefficients } from '../../core/skill.js';

const draw = stream({ seed: 5, purpose: 'test-minds' });
const brief = (horizon: number): Brief =>
  ({
    seed: 1,
    assets: [
      { id: 'a', dailyVolatility: 0.01 },
      { id: 'b', dailyVolatility: 0.02 },
    ],
    sources: ['macro', 'news'],
    horizon,
    architectures: [{ name: 'linear' }],
    learning: { window: 30, regimes: [] },
    homogeneity: { initialisation: 0.36 },
  }) as unknown as Brief;
const seat = {
  sources: ['news'],
  covarianceHalfLife: 60,
  yardstick: true,
  strategy: { name: 'mean-variance' },
  integration: { name: 'model' },
  overlay: [],
} as unknown as SeatBrief;

describe('features', () => {
  const layout = featureLayout(['macro', 'news']);
  const rowsFor = (subscribed: readonly number[]): Float32Array => {
    const memory = createMemory(130, [0.01, 0.02]);
    const own = stream({ seed: 9, purpose: 'test-returns' });
    for (let d = 0; d < 150; d++) remember(memory, [0.01 * own.normal(), 0.02 * own.normal()]);
    const into = new Float32Array(2 * layout.width);
    const sources = Float32Array.of(1, 2, 3, 4);
    writeFeatures(layout, memory, Uint8Array.from(subscribed), sources, into, 0);
    return into;
  };

  it('give unequal members one layout: a source not subscribed to is 0 with its mask 0', () => {
    const tail = (row: Float32Array, k: number): number[] =>
      Array.from(row.slice(k * layout.width + 8, (k + 1) * layout.width));
    expect(tail(rowsFor([1, 1]), 0)).to.deep.equal([1, 1, 3, 1]);
    expect(tail(rowsFor([0, 1]), 1)).to.deep.equal([0, 0, 4, 1]);
    expect(tail(rowsFor([0, 0]), 1)).to.deep.equal([0, 0, 0, 0]);
    expect(rowsFor([0, 0]).slice(0, 8)).to.deep.equal(rowsFor([1, 1]).slice(0, 8));
  });

  it('of prices: standardised momentum over 1 day, as by hand', () => {
    const memory = createMemory(130, [0.01]);
    remember(memory, [0.02]);
    const into = new Float32Array(featureLayout([]).width);
    writeFeatures(featureLayout([]), memory, new Uint8Array(0), new Float32Array(0), into, 0);
    const decay = pow(0.5, 1 / 40);
    const sigma = Math.sqrt(decay * 0.01 ** 2 + (1 - decay) * 0.02 ** 2);
    expect(into[0]).to.be.closeTo(0.02 / sigma, 1e-6);
    expect(Array.from(into.slice(1, 5))).to.deep.equal([0, 0, 0, 0]);
  });
});

describe('samples', () => {
  for (const horizon of [1, 3])
    it(`mature exactly ${horizon} days later, with the return since`, () => {
      const mind = createMind(brief(horizon), seat, featureLayout(['macro', 'news']));
      const returns = Array.from({ length: 12 }, () =>
        Float64Array.of(0.01 * draw.normal(), 0.02 * draw.normal()),
      );
      let sigma0 = 0;
      returns.forEach((r, day) => {
        if (day === 0) sigma0 = Math.sqrt(mind.memory.slow[0]!) * Math.sqrt(horizon);
        look(mind, new Float32Array(4));
        expect(sampleCount(mind.window), `before the close of day ${day}`).to.equal(
          2 * Math.max(0, day - horizon + 1),
        );
        learnReturns(mind, r);
        expect(sampleCount(mind.window), `after it`).to.equal(2 * Math.max(0, day - horizon + 2));
      });
      const sum = returns.slice(0, horizon).reduce((s, r) => s + r[0]!, 0);
      expect(targetOf(mind.window, 0)).to.be.closeTo(Math.max(-5, Math.min(5, sum / sigma0)), 1e-5);
    });

  it('leave the window when it is full, the oldest first', () => {
    const mind = createMind(brief(1), seat, featureLayout([]));
    for (let d = 0; d < 100; d++) {
      look(mind, new Float32Array(0));
      learnReturns(mind, Float64Array.of(d / 1000, 0));
    }
    expect(sampleCount(mind.window)).to.be.within(2 * 30, 2 * 31);
    const row = new Float32Array(mind.window.width);
    expect(samplesIn([maturedSpan(mind.window)], 1).gather(sampleCount(mind.window) - 2, row, 0)).to.be.above(
      0,
    );
  });

  it('add up to skill sums that give the correlation of forecasts with outcomes', () => {
    const mind = createMind(brief(1), seat, featureLayout([]));
    const [said, came]: [number[], number[]] = [[], []];
    for (let d = 0; d < 40; d++) {
      look(mind, new Float32Array(0));
      const forecast = Float32Array.of(draw.normal(), draw.normal());
      if (d >= 5) keepForecast(mind, forecast);
      learnReturns(mind, Float64Array.of(0.01 * draw.normal(), 0.02 * draw.normal()));
      if (d < 5) continue;
      said.push(...forecast);
      came.push(...mind.window.targets.slice((d % mind.window.days) * 2, (d % mind.window.days) * 2 + 2));
    }
    const mean = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0) / x.length;
    const cov = (x: readonly number[], y: readonly number[]): number =>
      mean(x.map((v, i) => (v - mean(x)) * (y[i]! - mean(y))));
    expect(mind.skill[0]).to.equal(70);
    expect(informationCoefficients(mind.skill).model).to.be.closeTo(
      cov(said, came) / Math.sqrt(cov(said, said) * cov(came, came)),
      1e-6,
    );
  });
});

describe('the yardstick', () => {
  it('is least squares, as solved by another route', () => {
    const yardstick = createYardstick(3);
    const rows = Array.from({ length: 200 }, () => Float32Array.from({ length: 3 }, () => draw.normal()));
    const targets = rows.map((r) => 0.5 * r[0]! - 0.2 * r[2]! + 0.3 + 0.1 * draw.normal());
    rows.forEach((row, i) => addSample(yardstick, row, 0, targets[i]!));
    fit(yardstick);
    const design = rows.map((r) => [...r, 1]);
    const gram = Float64Array.from({ length: 16 }, (_, at) =>
      design.reduce((s, x) => s + x[at >> 2]! * x[at & 3]!, 0),
    );
    const moment = Float64Array.from({ length: 4 }, (_, i) =>
      design.reduce((s, x, r) => s + x[i]! * targets[r]!, 0),
    );
    const beta = solve(gram, 4, moment);
    beta.forEach((b, i) => expect(yardstick.coefficients[i]).to.be.closeTo(b, 1e-5));
    const row = Float32Array.of(1, 2, 3);
    expect(leastSquaresForecast(yardstick, row, 0)).to.be.closeTo(
      beta[0]! + 2 * beta[1]! + 3 * beta[2]! + beta[3]!,
      1e-4,
    );
  });
});

/** A cohort that holds parameters and nothing else. */
const shelf = (size: number): Cohort => {
  const held = Array.from({ length: 4 }, () => new Float32Array(size));
  return {
    parameterCount: size,
    initialise: (slot: number, from: { normal: () => number }) => {
      held[slot] = Float32Array.from({ length: size }, () => from.normal());
    },
    parameters: (slot: number) => held[slot]!.slice(),
    setParameters: (slot: number, values: Float32Array) => void (held[slot] = values.slice()),
  } as unknown as Cohort;
};

describe('parameters', () => {
  it('first ones share the stated part of their variance', () => {
    const size = 20_000;
    const cohort = shelf(size);
    const [a, b] = ['x', 'y'].map((name) => firstParameters(brief(1), cohort, 0, 0, name)) as [
      Float32Array,
      Float32Array,
    ];
    const dot = (x: Float32Array, y: Float32Array): number => x.reduce((s, v, i) => s + v * y[i]!, 0) / size;
    expect(dot(a, a)).to.be.closeTo(1, 0.03);
    expect(dot(a, b)).to.be.closeTo(0.36, 0.03);
    expect(firstParameters(brief(1), cohort, 0, 1, 'x')).to.deep.equal(a);
  });

  it('mix with the federation’s: none at 0, all at 1, in proportion between', () => {
    for (const [share, expected] of [
      [0, [1, 2]],
      [0.25, [2, 1.5]],
      [1, [5, 0]],
    ] as const) {
      const cohort = shelf(2);
      cohort.setParameters(0, Float32Array.of(1, 2));
      const learner = { slot: 0, owed: 0.5 } as unknown as Learner;
      mixIn(learner, cohort, Float32Array.of(5, 0), share);
      expect(Array.from(cohort.parameters(0))).to.deep.equal(expected);
      expect(Array.from(learner.anchor)).to.deep.equal([5, 0]);
      expect(learner.owed).to.equal(undefined);
    }
  });
});
