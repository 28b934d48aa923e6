import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { planSweep } from '../../cli/sweep/plan.js';
import { readSweep } from '../../cli/sweep/read-sweep.js';

const studies = readdirSync('scenarios').filter((study) => existsSync(`scenarios/${study}/quick.yaml`));

/** What a sweep of a design by two workers says, and how it ends. */
const sweep = (design: string, out: string): Promise<{ code: number | null; errors: string }> =>
  new Promise((resolve) => {
    const words = ['sweep', 'run', design, '--out', out, '-j', '2', '--quiet'];
    const child = spawn(process.execPath, ['dist/cli/index.js', ...words], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let errors = '';
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    child.once('close', (code) => resolve({ code, errors }));
  });

describe('quick designs of the studies', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-quick-'));
  let tookMs = 0;
  after(() => rmSync(folder, { recursive: true }));

  it('are there for every study of monoculture, mandates and federation', () => {
    expect(studies).to.include.members([
      'monoculture',
      'diversity-mandate',
      'federation',
      'phase-reversal',
      'representation',
    ]);
  });

  for (const study of studies)
    it(`${study}: every run is made and every tested measure comes out`, async () => {
      const { plan } = planSweep(`scenarios/${study}/quick.yaml`);
      const began = performance.now();
      const { code, errors } = await sweep(`scenarios/${study}/quick.yaml`, join(folder, study));
      tookMs += performance.now() - began;
      expect([code, errors]).to.deep.equal([0, '']);
      const made = join(folder, study, readdirSync(join(folder, study))[0]!);
      const { rows } = await readSweep(made);
      expect(rows).to.have.length(plan.points.length * plan.replications);
      for (const metric of plan.metrics)
        expect(
          rows.some(({ metrics }) => Number.isFinite(metrics[metric] ?? NaN)),
          metric,
        ).to.equal(true);
      expect(readFileSync(join(made, 'report.html'), 'utf8')).to.include('Effects');
    });

  it('take less than six minutes together', () => {
    expect(tookMs).to.be.above(0).and.below(360_000);
  });
});
