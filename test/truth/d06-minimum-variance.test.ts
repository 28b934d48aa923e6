import { expectClose } from '../close.js';
import { answer } from '../agents/allocation/answer.js';
import { sharedJson, sharedTable } from '../shared.js';
import { pairwiseComplete, returnsWithGaps } from './prices.js';

interface Truth {
  inputs: { file: string };
  expected: {
    long_only: Record<string, number>;
    unconstrained: Record<string, number>;
    perf_long_only: number[];
    perf_short: number[];
  };
  tolerance: { perf_rel: number; weights: number };
}

describe('truth d06: minimum variance of 20 shares with gaps', () => {
  const cases = [
    { longOnly: true, weights: 'long_only', performance: 'perf_long_only' },
    { longOnly: false, weights: 'unconstrained', performance: 'perf_short' },
  ] as const;
  for (const { longOnly, weights: key, performance } of cases)
    it(`long-only: ${longOnly}`, function () {
      const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/d06_gmv_pypfopt.json');
      const { columns, rows } = sharedTable(this, inputs.file);
      const covariance = pairwiseComplete(returnsWithGaps(rows)).covariance.map((row) =>
        row.map((value) => 252 * value),
      );
      const { weights } = answer<{ weights: number[] }>('allocate', {
        strategy: 'minimum-variance',
        covariance,
        options: { longOnly },
      });
      for (const [i, name] of columns.entries())
        expectClose(weights[i], expected[key][name], tolerance.weights, name);
      const marginal = covariance.map((row) =>
        row.reduce((total, value, j) => total + value * weights[j]!, 0),
      );
      const volatility = Math.sqrt(marginal.reduce((total, value, i) => total + value * weights[i]!, 0));
      expectClose(volatility, expected[performance][1], tolerance.perf_rel);
    });
});
