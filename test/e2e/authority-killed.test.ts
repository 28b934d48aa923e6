import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { lastDayOf } from '../../cli/decisions.js';
import { herdscope, start, workplace } from '../cli/herdscope.js';
import { overlaid, small } from '../small-run.js';
import { freePort } from '../redis.js';
import { only, sizeOf, until } from './served.js';

const [host, overseer] = ['hosts-0123456789abcdef', 'overseer-0123456789'];

interface Waiting {
  readonly waiting: readonly { readonly id: string; readonly due: number }[];
}

/** Orders wait ten days, and a script rejects what nobody decided. */
const scenarioOf = (days: number): unknown =>
  overlaid(small, {
    name: 'overseen',
    days,
    institutions: { types: { fund: { overseer: { beyondShare: 0, waitDays: 10, verdict: 'reject' } } } },
    federation: { presence: { silenceSeconds: 300 } },
  });

describe('e2e/authority-killed', function () {
  this.timeout(300_000);
  const { path: folder, remove } = workplace();
  after(remove);

  /** A coordinator, its two hosts, and somebody who decides; all real processes. */
  async function theatre(name: string, days: number, ...more: readonly string[]) {
    const write = (file: string, text: string): string => {
      writeFileSync(join(folder, file), text);
      return join(folder, file);
    };
    const scenario = write(`${name}.json`, JSON.stringify(scenarioOf(days)));
    const tokens = write(`${name}.tokens`, `${host} *\n${overseer} @overseer\n`);
    const port = String(await freePort());
    const out = join(folder, name);
    const url = `http://127.0.0.1:${port}`;
    const hostWords = (h: number): string[] => [
      ...['join', url, '--hosts', `${h}/2`, '--token', host, '--state', join(folder, `${name}-state-${h}`)],
    ];
    const state = {
      coordinator: start(['serve', scenario, '--out', out, '--port', port, '--tokens', tokens, ...more]),
      hosts: [1, 2].map((h) => start(hostWords(h))),
    };
    await until(() => existsSync(out) && readdirSync(out).length > 0);
    const run = only(out);
    const events = join(run, 'events.jsonl');
    const ask = async <T>(path: string, body?: unknown): Promise<{ status: number; said: T }> => {
      const answer = await fetch(`${url}/oversight/${path}`, {
        headers: { authorization: `Bearer ${overseer}` },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      });
      return { status: answer.status, said: (await answer.json()) as T };
    };
    return {
      run,
      events,
      ask,
      serve: () => herdscope('serve', scenario, '--out', out, '--port', '0'),
      day: (n: number) => until(() => lastDayOf(run) >= n || state.coordinator.child.exitCode !== null, 1),
      /** While one host is stopped no day can end. */
      freeze: () => state.hosts[1]!.child.kill('SIGSTOP'),
      thaw: () => state.hosts[1]!.child.kill('SIGCONT'),
      kill: async () => {
        state.coordinator.child.kill('SIGKILL');
        await state.coordinator.said;
      },
      resume: async () => {
        state.coordinator = start(['resume', run]);
        let heard = '';
        state.coordinator.child.stderr!.on('data', (bytes: Buffer) => (heard += String(bytes)));
        await until(() => heard.includes('listening') || state.coordinator.child.exitCode !== null);
      },
      leave: () => state.hosts.forEach(({ child }) => child.kill('SIGKILL')),
      join: () => {
        state.hosts = [1, 2].map((h) => start(hostWords(h)));
      },
      /** Approves an order that waits the longest, and orders a halt; both are acknowledged. */
      decide: async (by: string, halt: object): Promise<string> => {
        const { said } = await ask<Waiting>('waiting');
        const ticket = [...said.waiting].sort((a, b) => b.due - a.due)[0]!;
        const verdict = { ticket: ticket.id, approved: true, by, reason: 'seen' };
        expect((await ask('verdicts', verdict)).status).to.equal(202);
        const entry = { kind: 'halt', institution: 'bank-01', ...halt };
        expect((await ask('interventions', { by, entry })).status).to.equal(202);
        return ticket.id;
      },
      /** Everybody's end, and that everybody ended well. */
      ended: async () => {
        for (const { said } of [state.coordinator, ...state.hosts]) {
          const { code, stderr } = await said;
          expect(code, stderr).to.equal(0);
        }
      },
    };
  }

  /** Who decided what, as a record tells. */
  function decided(events: string): string[] {
    const lines = readFileSync(events, 'utf8')
      .split('\n')
      .filter((line) => /"kind":"(verdict|ordered)"/.test(line))
      .map((line) => JSON.parse(line) as { kind: string; columns: Record<string, (string | number)[]> });
    return lines.flatMap(({ kind, columns }) =>
      columns['by']!.flatMap((by, row) => {
        const of = (name: string): string | number => columns[name]![row]!;
        if (by === 'script') return [];
        return kind === 'ordered'
          ? [`${by} ordered ${of('accepted')}`]
          : [`${by} ${of('institution')}/${of('asset')}/${of('placed')} ${of('approved')}`];
      }),
    );
  }

  async function reproduced(run: string): Promise<void> {
    const { code, stdout, stderr } = await herdscope('reproduce', run, '--quiet');
    expect(code, stderr).to.equal(0);
    expect(stdout).to.contain('reproduced');
  }

  it('what was acknowledged before the first checkpoint is kept by a run that begins anew', async () => {
    const { run, events, ...play } = await theatre('early', 60);
    await play.day(12);
    const first = await play.decide('ada', { from: 40, to: 42 });
    await play.day(lastDayOf(run) + 4);
    play.freeze();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await play.decide('bob', { from: 50, to: 52 });
    await play.kill();
    const forgetful = await play.serve();
    expect(forgetful.code).to.equal(2);
    expect(forgetful.stderr).to.contain(`herdscope resume ${run} carries it on`);
    play.thaw();
    await play.resume();
    await play.ended();
    expect(existsSync(join(run, 'oversight.jsonl'))).to.equal(false);
    expect((await herdscope('verify', run)).code).to.equal(0);
    expect(decided(events)).to.have.members([
      `ada ${first} 1`,
      'ada ordered 1',
      `bob ${second} 1`,
      'bob ordered 1',
    ]);
    await reproduced(run);
  });

  it('what was acknowledged after a checkpoint outlives several kills, and nobody decides on days that were over', async () => {
    const { run, events, ...play } = await theatre('late', 160, '--checkpoint-every', '6');
    await play.day(45);
    const first = await play.decide('ada', { from: 100, to: 102 });
    await play.day(lastDayOf(run) + 5);
    play.freeze();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const second = await play.decide('bob', { from: 110, to: 112 });
    const before = [lastDayOf(run), sizeOf(events)] as const;
    await play.kill();
    play.thaw();
    await play.resume();
    // The record is cut back to the checkpoint; then the second kill, before it tells of the decisions again.
    await until(() => sizeOf(events) < before[1], 1);
    await play.kill();
    expect(lastDayOf(run)).to.be.below(before[0]);
    await play.resume();
    await until(() => lastDayOf(run) > before[0], 1);
    const third = await play.decide('eve', { from: 150, to: 152 });
    await play.kill();
    await play.resume();
    await play.ended();
    expect(decided(events)).to.have.members([
      ...['ada', 'bob', 'eve'].map((by) => `${by} ordered 1`),
      `ada ${first} 1`,
      `bob ${second} 1`,
      `eve ${third} 1`,
    ]);
    await reproduced(run);
  });

  it('what is acknowledged while hosts are still to join again is kept, too', async () => {
    const { run, events, ask, ...play } = await theatre('between', 60);
    await play.day(12);
    await play.kill();
    play.leave();
    await play.resume();
    const entry = { kind: 'halt', institution: 'bank-01', from: 50, to: 52 };
    expect((await ask('interventions', { by: 'ada', entry })).status).to.equal(202);
    await play.kill();
    await play.resume();
    play.join();
    await play.ended();
    expect(decided(events)).to.deep.equal(['ada ordered 1']);
    await reproduced(run);
  });
});
