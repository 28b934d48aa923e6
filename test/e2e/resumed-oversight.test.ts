import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, start, workplace } from '../cli/herdscope.js';
import { freePort } from '../redis.js';
import { overlaid, small } from '../small-run.js';
import { ok } from './same-everywhere.js';
import { only, reached, until } from './served.js';

const [overseer, host] = ['overseer-0123456789', 'host-0123456789abcdef'];

/** Fund orders wait six days, and are rejected where nobody says anything. */
const scenario = overlaid(small, {
  days: 200,
  roundEvery: 2,
  institutions: { types: { fund: { overseer: { beyondShare: 0, waitDays: 6, verdict: 'reject' } } } },
  federation: { presence: { silenceSeconds: 5, rejoinSeconds: 60 } },
});

describe('e2e/resumed-oversight', function () {
  this.timeout(240_000);
  const { path: folder, remove } = workplace();
  after(remove);

  /** A served run with two hosts, whose coordinator can be killed and carried on. */
  async function served(name: string, ...words: string[]) {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const [file, tokens, out] = [join(folder, `${name}.json`), join(folder, 'tokens'), join(folder, name)];
    writeFileSync(file, JSON.stringify(scenario));
    writeFileSync(tokens, `${host} *\n${overseer} @overseer\n`);
    let coordinator = start(['serve', file, '--out', out, '--port', port, '--tokens', tokens, ...words]);
    after(() => coordinator.child.kill('SIGKILL'));
    const listens = () =>
      until(() => coordinator.child.exitCode !== null || heardOf(coordinator).includes('listening'));
    await listens();
    const hosts = [1, 2].map((i) =>
      herdscope('join', url, '--hosts', `${i}/2`, '--token', host, '--state', join(folder, `${name}-${i}`)),
    );
    const ask = async (path: string, body?: object): Promise<Record<string, unknown>> => {
      const headers = { authorization: `Bearer ${overseer}` };
      const given = body ? { method: 'POST', body: JSON.stringify(body) } : {};
      const answer = await fetch(`${url}/oversight/${path}`, { headers, ...given });
      return { status: answer.status, ...((await answer.json()) as object) };
    };
    return {
      ask,
      reached: (day: number) => reached(url, day),
      run: () => only(out),
      kill: async () => {
        coordinator.child.kill('SIGKILL');
        await coordinator.said;
      },
      resume: async () => {
        coordinator = start(['resume', only(out)]);
        await listens();
      },
      ended: () => ok(coordinator.said, ...hosts),
    };
  }

  const heard = new WeakMap<object, string>();
  function heardOf({ child }: ReturnType<typeof start>): string {
    if (!heard.has(child)) {
      heard.set(child, '');
      child.stderr!.on('data', (bytes: Buffer) => heard.set(child, heard.get(child)! + String(bytes)));
    }
    return heard.get(child)!;
  }

  /** Names of who ordered, and tickets decided by people, as the record tells. */
  function recorded(run: string): { readonly taxes: number[]; readonly tickets: string[] } {
    const facts = readFileSync(join(run, 'events.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; columns: Record<string, unknown[]> });
    const rows = (kind: string) =>
      facts
        .filter((fact) => fact.kind === kind)
        .flatMap(({ columns }) =>
          columns['by']!.map((_, r) =>
            Object.fromEntries(Object.entries(columns).map(([c, v]) => [c, v[r]])),
          ),
        );
    return {
      taxes: rows('ordered').map(({ entry }) => (JSON.parse(String(entry)) as { taxBps: number }).taxBps),
      tickets: rows('verdict')
        .filter(({ by }) => by === 'ann')
        .map(({ institution, asset, placed }) => `${String(institution)}/${String(asset)}/${String(placed)}`),
    };
  }

  const tax = (taxBps: number) => ({ by: 'ann', entry: { kind: 'transaction-tax', taxBps } });

  for (const [what, words] of [
    ['from a checkpoint', ['--checkpoint-every', '10']],
    ['from the beginning', []],
  ] as const)
    it(`a coordinator that is killed right after it took decisions, and resumed ${what}, loses none of them`, async () => {
      const one = await served(what.replaceAll(' ', '-'), ...words);
      const said: { taxes: number[]; tickets: string[] } = { taxes: [], tickets: [] };
      for (const [kill, day] of [30, 70, 110].entries()) {
        await one.reached(day);
        const { waiting } = (await one.ask('waiting')) as unknown as { waiting: { id: string }[] };
        const ticket = waiting.at(-1)!.id;
        const verdict = { ticket, approved: true, by: 'ann', reason: 'seen' };
        const answers = [
          await one.ask('interventions', tax(10 + kill)),
          await one.ask('verdicts', verdict),
          await one.ask('interventions', tax(20 + kill)),
        ];
        await one.kill();
        said.taxes.push(10 + kill, 20 + kill);
        expect([answers[0]!['status'], answers[2]!['status']]).to.deep.equal([202, 202]);
        if (answers[1]!['status'] === 202) said.tickets.push(ticket);
        await one.resume();
      }
      await one.ended();
      const kept = recorded(one.run());
      expect(kept.taxes).to.deep.equal(said.taxes);
      expect(said.tickets).not.to.deep.equal([]);
      expect(kept.tickets).to.deep.equal(said.tickets);
      const { code, stdout, stderr } = await herdscope('reproduce', one.run());
      expect([code, stdout.includes('reproduced')], stderr).to.deep.equal([0, true]);
      expect(stderr).not.to.contain(overseer);
    });
});
