import { expect } from 'chai';
import { slicings } from '../../../agents/allocation/execution/index.js';
import { overlays, type OverlayName } from '../../../agents/allocation/overlay/index.js';
import type { OverlayContext } from '../../../agents/allocation/overlay.js';
import type { OverlayRule } from '../../../agents/allocation/overlay/rule.js';
import { triggers } from '../../../agents/allocation/rebalancing/index.js';
import { expectClose } from '../../close.js';

const asset = (id: string, sector: string, currency = 'USD') => ({
  id,
  class: 'equity',
  region: 'global',
  sector,
  currency,
});
const assets = [
  asset('a', 'energy'),
  asset('b', 'energy', 'EUR'),
  asset('c', 'broad', 'EUR'),
  asset('d', 'broad'),
];
const context = (changes: Partial<OverlayContext> = {}): OverlayContext => ({
  covariance: Float64Array.from({ length: 16 }, (_, at) => (at % 5 === 0 ? 0.04 : 0.02)),
  previousWeights: new Float64Array(4),
  permitted: new Uint8Array(4).fill(1),
  volatility: { fast: new Float64Array(4).fill(0.02), slow: new Float64Array(4).fill(0.01) },
  drawdown: () => 0,
  tradingCosts: Float64Array.of(0.01, 0.01, 0.02, 0.02),
  ...changes,
});

function after(name: OverlayName, options: object, weights: number[], changes: Partial<OverlayContext> = {}) {
  const rule: OverlayRule = overlays[name];
  return Array.from(
    rule.limit(rule.options.parse(options), assets)(Float64Array.from(weights), context(changes)),
  );
}
const problems = (name: OverlayName, options: object): string[] => {
  const rule: OverlayRule = overlays[name];
  return (rule.problems?.(rule.options.parse(options), assets) ?? []).map(({ message }) => message);
};

describe('rules laid over a strategy', () => {
  it('a drawdown stop leaves all, part, and nothing', () => {
    const at = (d: number) =>
      after('drawdown-stop', { start: 0.1, limit: 0.2 }, [0.5, 0.5, 0, 0], { drawdown: () => d });
    expectClose(at(0.05), [0.5, 0.5, 0, 0], 0);
    expectClose(at(0.15), [0.25, 0.25, 0, 0], 1e-12);
    expectClose(at(0.3), [0, 0, 0, 0], 0);
    expect(problems('drawdown-stop', { start: 0.2, limit: 0.1 })[0]).to.match(/not above start/);
  });

  it('forecast stress halves exposure', () => {
    expectClose(after('stress-deleveraging', { trigger: 1.9 }, [1, 0, 0, 0]), [0.5, 0, 0, 0], 0);
    expectClose(after('stress-deleveraging', { trigger: 2.1 }, [1, 0, 0, 0]), [1, 0, 0, 0], 0);
  });

  it('a cap on a sector is met by the nearest portfolio, what it frees stays in cash', () => {
    const capped = after('group-limits', { groups: [{ name: 'energy', max: 0.4 }] }, [0.5, 0.3, 0.1, 0.1]);
    expectClose(capped, [0.3, 0.1, 0.1, 0.1], 1e-9);
  });

  it('a floor is paid for by the others, and skips what is not permitted', () => {
    const floored = after('group-limits', { groups: [{ name: 'broad', min: 0.4 }] }, [0.5, 0.3, 0.1, 0.1], {
      permitted: Uint8Array.of(1, 1, 1, 0),
    });
    expectClose(floored, [0.4, 0.2, 0.3, 0.1], 1e-9);
  });

  it('floors and caps that conflict are named', () => {
    const groups = [
      { name: 'energy', min: 0.7 },
      { by: 'id', name: 'c', min: 0.6 },
    ];
    expect(() => after('group-limits', { groups }, [0.5, 0.3, 0.1, 0.1])).to.throw(/least weight 0\.[67] of/);
  });

  it('a beta hedge leaves no covariance with the hedge', () => {
    const hedged = after('beta-hedge', { asset: 'd' }, [0.5, 0.3, 0.2, 0]);
    const { covariance } = context();
    expect(hedged.reduce((sum, w, i) => sum + w * covariance[i * 4 + 3]!, 0)).to.be.closeTo(0, 1e-15);
    expectClose(
      after('beta-hedge', { asset: 'd', maxShort: 0.1 }, [0.5, 0.3, 0.2, 0]),
      [0.5, 0.3, 0.2, -0.1],
      0,
    );
  });

  it('a currency hedge sells what is held in a currency', () => {
    const hedged = after('currency-hedge', { hedges: { EUR: 'd' }, ratio: 0.5 }, [0.2, 0.4, 0.4, 0]);
    expectClose(hedged, [0.2, 0.4, 0.4, -0.4], 1e-15);
    expect(problems('currency-hedge', { hedges: { GBP: 'd' } })[0]).to.match(/GBP/);
  });

  it('a cost budget goes part of the way', () => {
    expectClose(after('cost-budget', { maxBps: 50 }, [0.5, 0, 0.25, 0]), [0.25, 0, 0.125, 0], 1e-12);
  });

  it('names that refer to nothing are told', () => {
    expect(problems('exclusion', { names: ['enery'] })[0]).to.match(/did you mean "energy"/);
    expect(problems('beta-hedge', { asset: 'x' })[0]).to.match(/"x" is not the id/);
  });
});

describe('slices of an order', () => {
  const situation = (done: number, volume = [1, 1]) => ({
    done,
    volume: Float64Array.from(volume),
    averageVolume: Float64Array.of(1, 1),
    volatility: Float64Array.of(0.01, 0.05),
  });
  /** Shares of the whole order that each day trades, of the second asset. */
  function path(name: keyof typeof slicings, options: object): number[] {
    const entry = slicings[name];
    const parsed = entry.options.parse(options);
    let left = 1;
    return Array.from({ length: entry.days(parsed) }, (_, done) => {
      const traded = left * entry.slice(parsed, situation(done))[1]!;
      left -= traded;
      return traded;
    });
  }

  for (const name of Object.keys(slicings) as (keyof typeof slicings)[])
    it(`${name}: all of it is traded in the end`, () => {
      expect(path(name, {}).reduce((a, b) => a + b, 0)).to.be.closeTo(1, 1e-12);
    });

  it('equal parts by time, and by volume where every day’s is the same', () => {
    expectClose(path('twap', { days: 4 }), [0.25, 0.25, 0.25, 0.25], 1e-12);
    expectClose(path('vwap', { days: 4 }), [0.25, 0.25, 0.25, 0.25], 1e-12);
  });

  it('a day of twice the volume takes twice the part', () => {
    const shares = slicings.vwap.slice({ days: 4 }, situation(0, [1, 2]));
    expectClose(Array.from(shares), [1 / 4, 2 / 5], 1e-12);
  });

  it('Almgren and Chriss: sinh of what is left; without aversion equal parts', () => {
    expectClose(path('almgren-chriss', { days: 4, riskAversion: 0 }), [0.25, 0.25, 0.25, 0.25], 1e-9);
    const kappa = Math.acosh(1 + (10 * 0.05 ** 2) / 0.01 / 2);
    const left = (j: number) => Math.sinh(kappa * (4 - j)) / Math.sinh(kappa * 4);
    const expected = [0, 1, 2, 3].map((j) => left(j) - left(j + 1));
    expectClose(path('almgren-chriss', { days: 4 }), expected, 1e-12);
  });
});

describe('triggers of a rebalancing', () => {
  const situation = (changes: object) => ({
    daysSince: 3,
    held: Float64Array.of(0.5, 0.5),
    lastTarget: Float64Array.of(0.5, 0.5),
    target: () => Float64Array.of(0.5, 0.5),
    ...changes,
  });
  it('the first time always', () => {
    for (const { due, options } of Object.values(triggers))
      expect(due(options.parse({}), situation({ daysSince: Infinity }))).to.equal(true);
  });
  it('by calendar, threshold and signal', () => {
    const due = (name: keyof typeof triggers, options: object, changes = {}) =>
      triggers[name].due(triggers[name].options.parse(options), situation(changes));
    expect([due('calendar', { every: 3 }), due('calendar', { every: 4 })]).to.deep.equal([true, false]);
    const held = Float64Array.of(0.57, 0.43);
    expect([due('threshold', {}, { held }), due('threshold', { band: 0.1 }, { held })]).to.deep.equal([
      true,
      false,
    ]);
    const target = () => Float64Array.of(0.7, 0.3);
    expect([due('signal', {}, { target }), due('signal', { change: 0.3 }, { target })]).to.deep.equal([
      true,
      false,
    ]);
  });
});
