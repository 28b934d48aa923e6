import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { pairedDifference } from '../../analysis/statistics/paired-difference.js';
import { sampleOf } from '../../analysis/sweep/sweep-data.js';
import { readSweep } from '../../cli/sweep/read-sweep.js';

const readme = readFileSync('scenarios/homogeneity-and-contagion/README.md', 'utf8');

/** What its README quotes of `monoculture`: all three channels shared against none, seed by seed. */
const quoted = {
  fireSaleLoss: { text: '0.0056 [0.0034, 0.0078]', unit: 0.01, digits: 4 },
  overlap: { text: '0.0038 [0.0027, 0.0048]', unit: 1, digits: 4 },
  debtRank: { text: '−0.0005 [−0.0012, 0.0002]', unit: 1, digits: 4 },
} as const;

describe('homogeneity and contagion, with learned portfolios', () => {
  for (const [metric, { text, unit, digits }] of Object.entries(quoted))
    it(`${metric}: the README quotes what the committed runs of monoculture give`, async () => {
      const sweep = await readSweep('scenarios/monoculture');
      const at = (label: string) =>
        sampleOf(
          sweep,
          sweep.plan.points.findIndex((point) => point.label === label),
          metric,
        );
      const { value, interval } = pairedDifference(at('all channels at 0'), at('all three'), {
        seed: 1,
        purpose: 'quoted',
      });
      const say = (x: number): string => (x / unit).toFixed(digits).replace('-', '−');
      expect(`${say(value)} [${interval!.map(say).join(', ')}]`).to.equal(text);
      expect(readme).to.include(text);
    });
});
