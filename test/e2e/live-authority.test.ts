import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { localHosts } from '../../cli/hosts.js';
import { nothingMore, simulateInto } from '../../cli/simulate-into.js';
import { liveAuthority } from '../../coordinator/live-authority.js';
import { smallScenario } from '../small-run.js';

describe('a run that people took part in', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-live-'));
  const run = join(folder, 'run');
  after(() => rmSync(folder, { recursive: true }));

  const reproduce = (): ReturnType<typeof spawnSync> =>
    spawnSync(process.execPath, ['--import', 'tsx', 'cli/index.ts', 'reproduce', run, '--quiet'], {
      encoding: 'utf8',
    });

  it('is reproduced, decisions and all; without them it would not be', async () => {
    const people = liveAuthority();
    const { metrics } = await simulateInto({
      scenario: smallScenario({
        institutions: { types: { fund: { overseer: { beyondShare: 0, waitDays: 4, verdict: 'reject' } } } },
      }),
      openHosts: (given) => localHosts(given, 1),
      provenance: undefined,
      folder: run,
      force: false,
      authority: people,
      publish: nothingMore,
      onDay: ({ day }) => {
        for (const { id } of people.waiting().slice(0, 3))
          people.decide({ ticket: id, approved: true, by: 'ada', reason: 'seen' });
        if (day === 5) people.order({ by: 'ada', entry: { kind: 'transaction-tax', taxBps: 30 } });
      },
    });
    expect(metrics.measures['ordersWaited']!.value).to.be.above(0);
    expect(metrics.measures['waitingCostUsd']!.value).to.be.a('number');
    const again = reproduce();
    expect(again.stderr).to.equal('');
    expect(again.status).to.equal(0);
    const events = join(run, 'events.jsonl');
    const kept = readFileSync(events, 'utf8');
    expect(kept).to.include('"by":["ada"');
    writeFileSync(events, kept.replaceAll('"ada"', '"script"'));
    expect(reproduce().status).to.equal(6);
  });
});
