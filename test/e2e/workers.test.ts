import { createHash, type Hash } from 'node:crypto';
import { expect } from 'chai';
import { execute } from '../../cli/execute.js';
import { localHosts } from '../../cli/hosts.js';
import { readScenario } from '../../cli/scenario-file.js';
import { troubled } from './troubled.js';
import type { Notice } from '../../core/events.js';

/** SHA-256 of every file of a run on so many workers, and the kinds of notices in it. */
async function run(workers: number): Promise<{ files: Record<string, string>; kinds: Set<string> }> {
  const { scenario } = readScenario(undefined, troubled);
  const hashes = new Map<string, Hash>();
  const kinds = new Set<Notice['kind']>();
  const sink = (path: string, bytes: Uint8Array): void => {
    hashes.set(path, (hashes.get(path) ?? createHash('sha256')).update(bytes));
  };
  const day = ({ notices }: { readonly notices: readonly Notice[] }): void =>
    notices.forEach((notice) => kinds.add(notice.kind));
  await execute({
    scenario,
    hosts: localHosts(scenario, workers),
    sink,
    watch: { day, stopped: () => false },
  });
  return {
    files: Object.fromEntries(Array.from(hashes, ([path, hash]) => [path, hash.digest('hex')])),
    kinds,
  };
}

describe('e2e/workers', function () {
  this.timeout(600_000);

  it('60 institutions x 250 days with an outage and a default: the same bytes for 1, 2, 3 and 7 workers', async () => {
    const { files, kinds } = await run(1);
    expect([...kinds]).to.include.members(['outage', 'default']);
    for (const workers of [2, 3, 7])
      expect((await run(workers)).files, `${workers} workers`).to.deep.equal(files);
  });
});
