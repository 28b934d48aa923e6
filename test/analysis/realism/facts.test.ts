import { expect } from 'chai';
import { factsOf, type FactResult } from '../../../analysis/realism.js';
import { facts, factNames, type FactName } from '../../../analysis/realism/facts/index.js';
import { laggedSums, pooledAutocorrelation } from '../../../analysis/realism/lagged.js';
import type { Segment } from '../../../analysis/realism/segment.js';
import { autocorrelation } from '../../../analysis/measures/performance/autocorrelation.js';
import { stylizedFactsOf } from '../../../analysis/measures/performance/stylized-facts.js';
import { exp } from '../../../core/numeric.js';
import { stream } from '../../../core/random.js';
import { garchResiduals } from '../../../market/garch/residuals.js';
import { expectClose } from '../../close.js';

const draws = (entity: string) => stream({ seed: 7, purpose: 'test-realism', entity });
const series = (length: number, draw: (t: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, t) => draw(t));
const segment = (returns: Float64Array, more: Partial<Segment> = {}): Segment => ({
  returns,
  residuals: garchResiduals(returns),
  volume: null,
  pairs: [],
  ...more,
});
const one = (name: FactName, ...segments: Segment[]): number =>
  facts[name].prepare(segments)(segments.map((_, i) => i));

/** Twelve independent Gaussian runs: nothing of a market in them. */
const gaussian = Array.from({ length: 12 }, (_, i) => {
  const draw = draws(`gaussian-${i}`);
  const [a, b] = [0, 1].map(() => series(400, () => draw.normal() / 100)) as [Float64Array, Float64Array];
  const volume = series(400, () => exp(draw.normal()));
  return segment(
    series(400, () => draw.normal() / 100),
    { pairs: [[a, b]], volume },
  );
});

/** A run whose falls are larger than its rises, and raise volatility for months, in two speeds. */
function lifelike(i: number): Segment {
  const draw = draws(`lifelike-${i}`);
  let [fast, slow] = [0, draw.normal() / 4];
  const returns = series(900, () => {
    const shock = draw.unitStudentT(8) - (draw.uniform() < 0.01 ? 2.5 : 0);
    const sigma = 0.01 * exp(fast + slow);
    fast = 0.95 * fast - 0.08 * shock;
    slow = 0.998 * slow + 0.025 * draw.normal();
    return sigma * shock;
  });
  const other = returns.map((r) => r + 0.01 * draw.normal());
  const volume = returns.map((r) => exp(20 * Math.abs(r) + 0.3 * draw.normal()));
  return segment(returns, { pairs: [[returns, other]], volume });
}

const byName = (results: readonly FactResult[]): Record<string, FactResult> =>
  Object.fromEntries(results.map((r) => [r.name, r]));

describe('stylized facts of the scorecard', () => {
  it('are eleven, each with a range, a sentence and a source', () => {
    expect(factNames).length(11);
    for (const { low, high, meaning, source } of Object.values(facts)) {
      expect(low).below(high);
      expect(meaning.length * source.length).above(0);
    }
  });

  it('of one segment are those of the measure stylized-facts', () => {
    const own = lifelike(0);
    const measured = stylizedFactsOf(own.returns);
    expectClose(one('return-autocorrelation', own), measured.autocorrelation[0]!, 1e-12);
    expectClose(one('heavy-tails', own), measured.excessKurtosis, 1e-12);
    expectClose(one('tail-index', own), measured.hillAbsolute!, 1e-12);
    expectClose(one('gain-loss-asymmetry', own), measured.skewness, 1e-12);
    const late = measured.absoluteAutocorrelation.slice(50, 100).reduce((a, b) => a + b);
    if (late > 0) expectClose(one('slow-decay', own), measured.absoluteDecayExponent!, 1e-9);
    else expect(one('slow-decay', own)).NaN;
    const { 1: daily, 20: monthly } = measured.aggregatedExcessKurtosis;
    expectClose(one('aggregational-gaussianity', own), monthly! / daily!, 1e-12);
    const leverage = measured.leverageCorrelation.slice(0, 10) as number[];
    expectClose(one('leverage-effect', own), leverage.reduce((a, b) => a + b) / 10, 1e-12);
  });

  it('do not hold of independent Gaussian returns, but for what they share with real ones', () => {
    const held = factsOf(gaussian, 'asset').filter(({ pass }) => pass);
    expect(held.map(({ name }) => name)).to.include('return-autocorrelation');
    expect(held.map(({ name }) => name)).not.to.include.members(['heavy-tails']);
    for (const name of ['heavy-tails', 'tail-index', 'conditional-heavy-tails', 'intermittency'])
      expect(byName(held)[name], name).equal(undefined);
  });

  it('hold of returns made to have them, with the value inside its interval', () => {
    const results = factsOf(
      Array.from({ length: 8 }, (_, i) => lifelike(i)),
      'asset',
    );
    const failed = results.filter(({ pass }) => !pass).map(({ name, value }) => `${name} ${value}`);
    expect(failed).deep.equal([]);
    for (const { value, interval, single } of results) {
      expect(interval![0]).at.most(value!);
      expect(interval![1]).at.least(value!);
      expect(single).length(8);
    }
  });

  it('intermittency counts days of blocks of twenty by hand', () => {
    // Forty days, the two largest of them in the first block: counts 2 and 0, mean 1, variance 2.
    const returns = series(40, (t) => (t === 3 ? 5 : t === 4 ? -6 : 0.001 * t));
    expectClose(one('intermittency', segment(returns, { residuals: null })), 2, 1e-12);
  });

  it('correlation in stress compares days of high expected volatility with the others', () => {
    const draw = draws('stress');
    const size = (t: number): number => (t % 300 < 60 ? 5 : 1);
    const index = series(1200, (t) => size(t) * draw.normal());
    const a = series(1200, () => draw.normal());
    const b = a.map((x, t) => (size(t) > 1 ? x : draw.normal()));
    const rise = one('stress-correlation', segment(index, { residuals: null, pairs: [[a, b]] }));
    expect(rise).within(0.6, 1);
    expect(one('stress-correlation', segment(index, { residuals: null }))).NaN;
  });

  it('what a sample cannot say is undefined and fails', () => {
    const results = byName(
      factsOf([
        segment(
          series(60, (t) => (t % 7) - 3),
          { residuals: null },
        ),
      ]),
    );
    for (const name of ['volume-volatility', 'conditional-heavy-tails', 'slow-decay', 'stress-correlation'])
      expect([results[name]!.value, results[name]!.interval, results[name]!.pass]).deep.equal([
        null,
        null,
        false,
      ]);
  });
});

describe('autocorrelation of several segments as one sample', () => {
  it('is the usual one for one segment', () => {
    const x = series(300, (t) => (t % 11) * (t % 3));
    expectClose(Array.from(pooledAutocorrelation([laggedSums(x, 20)], 20)), autocorrelation(x, 20), 1e-12);
  });

  it('by hand: pairs never straddle two segments, and the mean is that of all', () => {
    // Mean 2; deviations -1, 1 | 0, 0: squares 2; lag 1 products -1 + 0.
    const parts = [Float64Array.of(1, 3), Float64Array.of(2, 2)].map((x) => laggedSums(x, 1));
    expectClose(pooledAutocorrelation(parts, 1)[0]!, -0.5, 1e-15);
  });

  it('keeps the memory that a segment’s own mean would take out', () => {
    // Two calm and two wild segments: within each nothing is correlated, over all of them everything is.
    const draw = draws('levels');
    const parts = [1, 1, 3, 3].map((level) =>
      laggedSums(
        series(200, () => level + 0.1 * draw.normal()),
        50,
      ),
    );
    const pooled = pooledAutocorrelation(parts, 50);
    expect(pooled[0]!).above(0.9);
    expect(Math.abs(pooledAutocorrelation(parts.slice(0, 1), 50)[0]!)).below(0.2);
  });
});
