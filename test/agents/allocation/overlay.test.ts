import { leverageCap } from '../../../agents/allocation/overlay/leverage-cap.js';
import { positionLimits } from '../../../agents/allocation/overlay/position-limits.js';
import { turnoverBudget } from '../../../agents/allocation/overlay/turnover-budget.js';
import { volatilityTarget } from '../../../agents/allocation/overlay/volatility-target.js';
import { type Limit, overlay } from '../../../agents/allocation/overlay.js';
import { expectClose } from '../../close.js';

const context = {
  covariance: Float64Array.of(0.04, 0, 0, 0.01),
  previousWeights: Float64Array.of(0.5, 0.5),
  permitted: Uint8Array.of(1, 1),
  volatility: { fast: Float64Array.of(0.2, 0.1), slow: Float64Array.of(0.1, 0.1) },
  drawdown: () => 0,
  tradingCosts: Float64Array.of(0.001, 0.002),
};
const after = (limit: Limit, ...weights: number[]): number[] =>
  Array.from(limit(Float64Array.from(weights), context));

describe('overlay', () => {
  it('leverage cap scales the gross sum, shorts included, down to the cap', () => {
    expectClose(after(leverageCap(1), 1.5, -0.5), [0.75, -0.25], 1e-15);
    expectClose(after(leverageCap(2), 1.5, -0.5), [1.5, -0.5], 0);
  });

  it('volatility target scales down to the target and never up', () => {
    expectClose(after(volatilityTarget(0.1), 1, 0), [0.5, 0], 1e-15);
    expectClose(after(volatilityTarget(0.3), 1, 0), [1, 0], 0);
  });

  it('position limits cut each weight alone', () => {
    expectClose(after(positionLimits(0.6), 0.9, -0.8), [0.6, -0.6], 0);
  });

  it('turnover budget goes part of the way', () => {
    expectClose(after(turnoverBudget(0.5), 1, 0), [0.75, 0.25], 1e-15);
    expectClose(after(turnoverBudget(1), 1, 0), [1, 0], 0);
  });

  it('limits apply in the order given', () => {
    const limits = [leverageCap(1), positionLimits(0.6), turnoverBudget(0.2)];
    expectClose(after(overlay(limits), 2, 0), [0.5 + 0.1 / 3, 0.5 - 0.5 / 3], 1e-12);
    expectClose(after(overlay([]), 2, 0), [2, 0], 0);
  });
});
