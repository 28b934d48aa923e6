import { expect } from 'chai';
import highsLoader from 'highs';
import { noRows } from '../../../../agents/allocation/solver/constraint-table.js';
import { Infeasible } from '../../../../agents/allocation/solver/infeasible.js';
import { minimumTailLoss } from '../../../../agents/allocation/solver/minimum-tail-loss.js';
import type { ReturnHistory } from '../../../../agents/allocation/view.js';
import { historyOf, viewOf } from '../problems.js';

interface Highs {
  solve: (lp: string) => { Status: string; ObjectiveValue: number };
}
const loadHighs = highsLoader as unknown as () => Promise<Highs>;

const within = (k: number, highest = Infinity) => ({
  equalities: { coefficients: new Float64Array(k).fill(1), bounds: Float64Array.of(1) },
  inequalities: noRows,
  lower: new Float64Array(k),
  upper: new Float64Array(k).fill(highest),
});

/** Mean of the worst `days` losses. */
function tailLoss({ rows, values }: ReturnHistory, weights: Float64Array, days: number): number {
  const k = weights.length;
  const losses = Array.from({ length: rows }, (_, t) =>
    weights.reduce((sum, w, i) => sum - w * values[t * k + i]!, 0),
  ).sort((a, b) => b - a);
  return losses.reduce((sum, loss, n) => sum + Math.max(0, Math.min(1, days - n)) * loss, 0) / days;
}

/** The same program in the LP format that HiGHS reads; losses in percent. */
function lpText({ rows, values }: ReturnHistory, k: number, days: number, highest: number): string {
  const row = (t: number) =>
    Array.from({ length: k }, (_, i) => {
      const value = 100 * values[t * k + i]!;
      return `${value < 0 ? '-' : '+'} ${Math.abs(value).toFixed(15)} w${i}`;
    }).join(' ');
  const list = (make: (t: number) => string, n: number) => Array.from({ length: n }, (_, t) => make(t));
  return [
    `Minimize\nobj: a ${list((t) => `+ ${(1 / days).toFixed(15)} u${t}`, rows).join(' ')}`,
    'Subject To',
    `b: ${list((i) => `+ w${i}`, k).join(' ')} = 1`,
    ...list((t) => `d${t}: u${t} + a ${row(t)} >= 0`, rows),
    'Bounds',
    'a free',
    ...list((i) => `0 <= w${i} <= ${highest}`, k),
    'End',
  ].join('\n');
}

describe('minimum tail loss', () => {
  it('agrees with HiGHS', async () => {
    const highs = await loadHighs();
    for (const [k, rows, seed, days, highest] of [
      [3, 60, 1, 3, 1],
      [8, 80, 2, 4.5, 0.3],
      [12, 80, 121565, 4, 1],
    ] as const) {
      const history = historyOf(k, rows, seed);
      const { value } = minimumTailLoss(history, days, within(k, highest));
      const best = highs.solve(lpText(history, k, days, highest));
      expect(best.Status).to.equal('Optimal');
      expect(100 * tailLoss(history, value, days), `${k} assets`).to.be.closeTo(best.ObjectiveValue, 1e-7);
      expect(value.reduce((a, b) => a + b, 0)).to.be.closeTo(1, 1e-10);
    }
  });

  it('of two assets of which one always loses less, holds that one', () => {
    const values = Float64Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? -0.01 : -0.02));
    const { value } = minimumTailLoss({ rows: 20, values }, 1, within(2));
    expect(value[0]).to.be.closeTo(1, 1e-9);
  });

  it('names limits that conflict', () => {
    expect(() => minimumTailLoss(historyOf(2, 30, 1), 3, within(2, 0.4))).to.throw(Infeasible);
  });

  it('meets its tolerance where rounding would undo feasibility if products were made ever smaller', () => {
    // Once the prices of its bounds were 1e-30, steps were only rounding: found by the laws of allocation.
    const view = viewOf(11, 213);
    const { residual, iterations } = minimumTailLoss(view.history!, 0.05 * view.history!.rows, within(11));
    expect(residual).to.be.at.most(1e-12);
    expect(iterations).to.be.below(40);
  });
});
