import { z } from 'zod';
import { field, nonNegative, unitInterval } from '../../core/scenario/field.js';
import { recovering, type ActingChannel } from './acting.js';

const options = z.strictObject({
  threshold: field(
    unitInterval.default(0.5),
    'Share of its first equity below which an institution fails.',
    'share',
  ),
  failureCost: field(
    nonNegative.max(1).default(0.1),
    'Share of what was lent to it that failure destroys, beyond its losses.',
    'share',
  ),
});

/** Lenders share a borrower's losses as if claims were shares of its assets; below a threshold they lose more at once. */
export const crossHoldings: ActingChannel = {
  summary: "Lenders share a borrower's losses in proportion; falling below a threshold costs extra.",
  through: 'claims',
  options,
  rules(chosen) {
    const { threshold, failureCost } = chosen as z.output<typeof options>;
    const { claims } = recovering((_owed, canPay) => canPay);
    return {
      claims: {
        ...claims,
        writtenDown: ({ began, equity, assets }) => {
          const lost = Math.max(0, began - equity);
          const shared = lost > 0 ? lost / Math.max(assets + lost, lost) : 0;
          return Math.min(1, shared + (equity < threshold * began ? failureCost : 0));
        },
      },
    };
  },
};
