import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, workplace, type Said } from '../cli/herdscope.js';
import { only, record, serve } from './served.js';

/** All end well. */
export async function ok(...running: readonly Promise<Said>[]): Promise<void> {
  for (const { code, stderr } of await Promise.all(running)) expect(code, stderr).to.equal(0);
}

/** A scenario that one thread has run, to be run otherwise; for use inside `describe`. */
export function ranAlone(name: string, scenario: unknown) {
  const { path: folder, remove } = workplace();
  const file = join(folder, `${name}.json`);
  const out = (of: string): string => join(folder, of);
  let expected: Record<string, string>;
  after(remove);
  before(async () => {
    writeFileSync(file, JSON.stringify(scenario));
    await ok(herdscope('run', file, '--workers', '1', '--out', out('alone')));
    expected = record(only(out('alone')));
  });
  return { file, out, expected: () => expected };
}

/** The bytes of one thread are those of three, and of two processes over sockets. */
export function sameEverywhere({ file, out, expected }: ReturnType<typeof ranAlone>): void {
  it('gives the same bytes on three threads, and on two processes over sockets', async () => {
    await ok(herdscope('run', file, '--workers', '3', '--out', out('threads')));
    expect(record(only(out('threads')))).to.deep.equal(expected());
    const { url, said } = await serve('serve', file, '--out', out('served'), '--port', '0');
    await ok(said, ...[1, 2].map((i) => herdscope('join', url, '--hosts', `${i}/2`)));
    expect(record(only(out('served')))).to.deep.equal(expected());
  });
}
