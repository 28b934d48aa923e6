import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, start, workplace } from '../cli/herdscope.js';
import { small } from '../small-run.js';
import { only, record, serve } from './served.js';

describe('e2e/watching', function () {
  this.timeout(120_000);
  const { path: folder, remove } = workplace();
  after(remove);

  it('metrics, health and a structured log tell of a run and hold no secret; Ctrl-C says how to carry on', async () => {
    const scenario = join(folder, 'small.json');
    writeFileSync(scenario, JSON.stringify({ ...small, days: 150, roundEvery: 3 }));
    const token = 'host-0123456789abcdef';
    const wrong = 'wrong-0123456789abcdef';
    const tokens = join(folder, 'tokens');
    writeFileSync(tokens, `${token} *\n`);
    const alone = await herdscope('run', scenario, '--workers', '1', '--out', join(folder, 'alone'));
    expect(alone.code, alone.stderr).to.equal(0);

    const out = join(folder, 'served');
    const words = [
      '--out',
      out,
      '--port',
      '0',
      '--tokens',
      tokens,
      '--log',
      'json',
      '--checkpoint-every',
      '1',
    ];
    const { url: found, child, said } = await serve('serve', scenario, ...words);
    const url = found.replace(/\W+$/, '');
    const page = async (path: string): Promise<string> => (await fetch(`${url}/${path}`)).text();
    type Health = Record<string, unknown> & { readonly day: number };
    const health = async (): Promise<Health> => JSON.parse(await page('healthz')) as Health;
    expect(await health()).to.deep.equal({ status: 'ok', day: 0, days: 150, present: 0, institutions: 8 });
    expect((await herdscope('join', url, '--hosts', '1/1', '--token', wrong)).code).to.equal(8);
    const host = start(['join', url, '--hosts', '1/1', '--token', token, '--state', join(folder, 'state')]);
    while ((await health()).day < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    expect((await health())['present']).to.equal(8);
    const metrics = await page('metrics');
    for (const line of [
      /^herdscope_day (2\d|[3-9]\d|1\d\d)$/m,
      /^herdscope_days 150$/m,
      /^herdscope_round [1-9]\d*$/m,
      /^herdscope_institutions 8$/m,
      /^herdscope_institutions_connected 8$/m,
      /^herdscope_updates_total [1-9]\d*$/m,
      /^herdscope_connection_events_total\{event="refused"\} 1$/m,
      /^herdscope_connection_events_total\{event="joined"\} 1$/m,
      /^process_resident_memory_bytes \d+/m,
    ])
      expect(metrics).to.match(line);

    child.kill('SIGINT');
    const { code, stderr } = await said;
    host.child.kill('SIGKILL');
    await host.said;
    expect(code, stderr).to.equal(130);
    const run = only(out);
    expect(stderr).to.contain(`herdscope resume ${run}`);
    expect(existsSync(join(run, 'checkpoint.bin'))).to.equal(true);
    const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
    const logged = lines.map((line) => JSON.parse(line) as Record<string, string>);
    expect(logged.map(({ event }) => event)).to.include.members(['listening', 'refused', 'joined']);
    for (const { time, msg } of logged) {
      expect(time).to.match(/^\d{4}-\d\d-\d\dT/);
      expect(msg).to.be.a('string');
    }
    for (const secret of [token, wrong]) expect(stderr + metrics).not.to.contain(secret);

    const resumed = start(['resume', run]);
    let heard = '';
    resumed.child.stderr!.on('data', (bytes: Buffer) => (heard += bytes.toString()));
    let again: string | undefined;
    while (again === undefined && resumed.child.exitCode === null) {
      again = /listening on (http:\/\/[\d.]+:\d+)/.exec(heard)?.[1];
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    const state = join(folder, 'state');
    const back = await herdscope('join', again!, '--hosts', '1/1', '--token', token, '--state', state);
    expect(back.code, back.stderr).to.equal(0);
    expect((await resumed.said).code, heard).to.equal(0);
    expect(record(run)).to.deep.equal(record(only(join(folder, 'alone'))));
  });
});
