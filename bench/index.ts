// Every ratio with its target, as one table: `npm run bench`, or `npm run bench -- learning market`. Compiled first: a
// loader that keeps the names of functions makes closures several times slower.
import { spawnSync } from 'node:child_process';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benches, isBench } from './benches.js';
import type { Row } from './figure.js';
import { table } from './table.js';

const one = fileURLToPath(new URL('one.js', import.meta.url));

/** A bench in a process of its own, so that none warms up or fills the memory of another. */
function rowsOf(name: string): Row[] {
  process.stderr.write(`${name} ...\n`);
  const { status, stdout } = spawnSync(process.execPath, [one, name], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status === 0) return JSON.parse(stdout.trimEnd().split('\n').at(-1)!) as Row[];
  process.exitCode = 1;
  return [{ what: 'failed', skipped: `exit code ${status}` }];
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !isBench(name));
if (unknown.length > 0) {
  process.stderr.write(`no bench ${unknown.join(', ')}: there are ${Object.keys(benches).join(', ')}\n`);
  process.exit(2);
}
const names = asked.length > 0 ? asked : Object.keys(benches);
const rows = names.flatMap((name) => rowsOf(name).map((row) => [name, row] as const));
const machine = `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.version}`;
process.stdout.write(`${machine}, ${new Date().toISOString().slice(0, 10)}\n\n${table(rows)}\n`);
