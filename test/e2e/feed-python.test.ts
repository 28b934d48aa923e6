import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root } from '../cli/herdscope.js';
import { serving } from '../coordinator/in-process.js';
import { factsOf, smallScenario } from '../small-run.js';

/** Debian's interpreter, which has Debian's packages; another where there is none. */
const python = existsSync('/usr/bin/python3') ? '/usr/bin/python3' : 'python3';
const hasWebsockets = spawnSync(python, ['-c', 'import websockets']).status === 0;

describe('e2e/feed-python', function () {
  this.timeout(60_000);

  it('the ten lines of the documentation follow a run', async function () {
    if (!hasWebsockets) return this.skip();
    const page = readFileSync(join(root, 'docs/how-to/feed.md'), 'utf8');
    const program = /```python\n([\s\S]*?)```/.exec(page)![1]!;
    expect(program.split('\n').filter((line) => line.trim() !== '').length).to.be.at.most(10);
    const scenario = smallScenario({ days: 5 });
    const { url, feed, close } = await serving(scenario);
    const reader = spawn(python, ['-c', program, `${url.replace('http', 'ws')}/feed`]);
    let [printed, complaints] = ['', ''];
    reader.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    reader.stderr.on('data', (bytes: Buffer) => (complaints += bytes.toString()));
    const ended = new Promise<number | null>((resolve) => reader.on('close', resolve));
    while (feed.readers() === 0 && reader.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20));
    const days = await factsOf(scenario);
    for (const facts of days) feed.publish(facts);
    feed.end('complete');
    expect(await ended, complaints).to.equal(0);
    const levels = printed
      .trim()
      .split('\n')
      .map((line) => line.split(' ').map(Number));
    expect(levels).to.deep.equal(
      days.flatMap(({ day, tables }) =>
        tables.days ? [[day, (tables.days['indexLevel'] as Float64Array)[0]]] : [],
      ),
    );
    await close();
  });
});
