import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Row } from '../figure.js';
import { started } from '../run/command.js';

const large = [
  'institutions.count=1000',
  'days=10',
  'record=minimal',
  'learning.historyDays=60',
  'learning.window=60',
  'learning.firstSteps=10',
].flatMap((set) => ['-S', set]);

function secondsOf(said: string): number {
  const seconds = Number(/days in ([\d.]+) s/.exec(said)?.[1]);
  if (!(seconds > 0)) throw new Error(`a run did not say how long it took: ${said}`);
  return seconds;
}

/** Seconds of a run with its hosts in two worker threads. */
const inThreads = async (out: string): Promise<number> =>
  secondsOf(await started('run', ...large, '--workers', '2', '--force', '--out', out).said);

/** Seconds of the same run with its hosts in ten processes. */
async function inProcesses(out: string): Promise<number> {
  const served = started('serve', ...large, '--port', '0', '--force', '--out', out);
  const [, url] = await served.until(/listening on (\S+)/);
  const hosts = Array.from({ length: 10 }, (_, i) => started('join', url!, '--hosts', `${i + 1}/10`));
  const seconds = secondsOf(await served.said);
  await Promise.all(hosts.map(({ said }) => said));
  return seconds;
}

/** Ten host processes on loopback against two worker threads: the best of three each, in turn. */
export async function processes(): Promise<Row[]> {
  const out = mkdtempSync(join(tmpdir(), 'herdscope-bench-'));
  let [threads, sockets] = [Infinity, Infinity];
  for (let turn = 0; turn < 3; turn++) {
    threads = Math.min(threads, await inThreads(join(out, 'a')));
    sockets = Math.min(sockets, await inProcesses(join(out, 'b')));
  }
  rmSync(out, { recursive: true, force: true });
  return [
    {
      what: '1,000 institutions in 10 host processes on loopback',
      value: sockets / threads,
      unit: 'times the wall time',
      against: 'run --workers 2, both at record: minimal; from the first welcome to the report',
      target: { atMost: 1.5 },
    },
  ];
}
