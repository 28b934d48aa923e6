import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIndex } from '../../analysis/sweep/index-table.js';
import { sampleOf, type SweepData } from '../../analysis/sweep/sweep-data.js';
import { pairedDifference } from '../../analysis/statistics/paired-difference.js';
import { studentInterval, type MeanTest } from '../../analysis/statistics/student-interval.js';
import { decimal } from '../../analysis/figures/say.js';
import { root } from '../cli/herdscope.js';

const metric = 'returnAutocorrelation';
const tables = { study: 'results', others: 'other-channels' } as const;
const channels = [
  ['signals', 'study'],
  ['models', 'study'],
  ['updates', 'study'],
  ['initialisation', 'others'],
  ['pretraining', 'others'],
  ['risk', 'others'],
] as const;

const cell = ({ value, interval }: Pick<MeanTest, 'value' | 'interval'>): string =>
  `${decimal(value, 3)} [${interval!.map((end) => decimal(end, 3)).join(', ')}]`;

describe('docs/realism.md', () => {
  const read = (folder: string): Promise<SweepData> =>
    readIndex(readFileSync(join(root, 'scenarios/monoculture', folder, 'index.parquet')));

  it('tells the autocorrelation of returns along every channel as the committed tables have it, inside ±0.1', async () => {
    const sweeps = { study: await read(tables.study), others: await read(tables.others) };
    const page = readFileSync(join(root, 'docs/realism.md'), 'utf8');
    for (const [channel, of] of channels) {
      const sweep = sweeps[of];
      const at = (label: string): Float64Array =>
        sampleOf(
          sweep,
          sweep.plan.points.findIndex((point) => point.label === label),
          metric,
        );
      const levels = [at('all channels at 0'), at(`${channel} half`), at(channel)];
      const means = levels.map((sample) => studentInterval(sample));
      for (const { value, n } of means) expect([n, Math.abs(value) < 0.1], channel).to.deep.equal([30, true]);
      const change = pairedDifference(levels[0]!, levels[2]!, { seed: 0, purpose: 'channel-bootstrap' });
      const row = [channel, ...means.map(cell), cell(change)];
      const written = page
        .split('\n')
        .find((line) => line.startsWith(`| ${channel} `))
        ?.split('|')
        .slice(1, -1)
        .map((text) => text.trim());
      expect(written, row.join(' | ')).to.deep.equal(row);
    }
  });
});
