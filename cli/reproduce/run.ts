import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hosts } from '../../coordinator/learning.js';
import { absencesOf, replayAbsences, type Absence } from '../../coordinator/presence.js';
import type { Notice } from '../../core/events.js';
import { roster } from '../../core/roster.js';
import type { Scenario } from '../../core/scenario.js';
import { replayed } from '../../coordinator/authority.js';
import { decisionsOf } from '../decisions.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { firstDifference } from '../first-difference.js';
import { localHosts } from '../hosts.js';
import type { Globals } from '../globals.js';
import type { Manifest } from '../manifest.js';
import { progress } from '../progress.js';
import { readScenario } from '../scenario-file.js';
import { nothingMore, simulateInto } from '../simulate-into.js';
import { completeManifest } from '../commands/verify.js';

interface Line extends Notice {
  readonly day: number;
}

/** The absences that the record tells of. */
function absent(folder: string, scenario: Scenario): Absences {
  const ids = roster(scenario.institutions).map(({ id }) => id);
  const lines = readFileSync(join(folder, 'events.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => /"kind":"(absent|returned)"/.test(line))
    .map((line) => JSON.parse(line) as Line);
  const days = lines.map((notice) => ({ day: notice.day, notices: [notice] }));
  return { ids, absences: absencesOf(ids, days) };
}

interface Absences {
  readonly ids: readonly string[];
  readonly absences: readonly Absence[];
}

/** Hosts that are silent where those of the record were. */
const withAbsences = (hosts: Hosts, { ids, absences }: Absences): Hosts =>
  absences.length === 0
    ? hosts
    : { ...hosts, ...replayAbsences(hosts.transport, hosts.plans, ids, absences) };

function differingFile(original: Manifest, again: Manifest): string | undefined {
  const names = new Set([...Object.keys(original.files), ...Object.keys(again.files)]);
  return [...names].sort().find((file) => original.files[file] !== again.files[file]);
}

/** Runs a record's scenario again, with its absences and the decisions that were made, and compares every hash. */
export async function reproduceRun(run: string, options: Globals): Promise<void> {
  const manifest = completeManifest(run);
  const { scenario } = readScenario(join(run, 'resolved.json'), []);
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-reproduce-'));
  const bar = progress(scenario.days, options);
  try {
    const again = await simulateInto({
      scenario,
      openHosts: (given) => withAbsences(localHosts(given, availableParallelism()), absent(run, given)),
      authority: replayed(decisionsOf(run)),
      provenance: undefined,
      folder: join(folder, 'run'),
      force: true,
      onDay: (facts) => bar.update(facts.day, ''),
      publish: 'report.html' in manifest.files ? undefined : nothingMore,
    }).finally(bar.done);
    const file = differingFile(manifest, again.manifest);
    if (file !== undefined) {
      const where = firstDifference(run, join(folder, 'run')) ?? `${file} differs`;
      throw new CliError(exitCodes.mismatch, [`${run} was not reproduced: ${where}`]);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const files = Object.keys(manifest.files).length;
  const printed = {
    json: () => JSON.stringify({ reproduced: true, files, chain: manifest.chain }),
    text: () => `reproduced: all ${files} files are the same bytes`,
  };
  process.stdout.write(`${printed[options.format]()}\n`);
}
