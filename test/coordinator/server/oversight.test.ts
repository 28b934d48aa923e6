import { expect } from 'chai';
import { createHost } from '../../../agents/host.js';
import { replayed } from '../../../coordinator/authority.js';
import { liveAuthority } from '../../../coordinator/live-authority.js';
import { everybody } from '../../../coordinator/presence.js';
import { oversightPages } from '../../../coordinator/server/oversight.js';
import { simulate } from '../../../coordinator/simulate.js';
import { memoryTransport } from '../../../coordinator/transport/memory.js';
import { planHosts } from '../../../coordinator/transport/plan.js';
import type { Authority } from '../../../coordinator/authority.js';
import type { DayFacts } from '../../../core/events.js';
import { noticesOf, recordOf, smallScenario } from '../../small-run.js';
import { serving } from '../in-process.js';

const overseer = 'overseer-0123456789';

describe('coordinator/server/oversight', () => {
  const scenario = smallScenario({ days: 8 });
  const halt = { kind: 'halt', institution: 'bank-01', from: 5, to: 6 };

  /** Runs the scenario under an authority; `each` follows every day. */
  async function ruled(authority: Authority, each: (day: number) => unknown = () => undefined) {
    const plans = planHosts(8, 1, false);
    const hosts = { transport: memoryTransport([createHost()]), plans, presence: everybody };
    const days: DayFacts[] = [];
    for await (const facts of simulate(scenario, hosts, undefined, authority)) {
      days.push(facts);
      await each(facts.day);
    }
    return days;
  }

  it('an overseer’s order is taken up, recorded, and replayed to the same bytes', async () => {
    const live = liveAuthority();
    const isOverseer = (token: string): boolean => token === overseer;
    const pages = oversightPages({ live, isOverseer, log: () => undefined });
    const { url, close } = await serving(scenario, { pages });
    const order = (body: unknown): Promise<Response> =>
      fetch(`${url}/oversight/interventions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${overseer}` },
        body: JSON.stringify(body),
      });
    const days = await ruled(live, async (day) => {
      if (day === 3) expect((await order({ by: 'ann', entry: halt })).status).to.equal(202);
      if (day === 4) expect((await order({ entry: { ...halt, from: 1, to: 2 } })).status).to.equal(202);
    });
    await close();
    const ordered = noticesOf(days, 'ordered').map(({ day, columns }) => [
      day,
      columns['by'],
      columns['accepted'],
    ]);
    expect(ordered).to.deep.equal([
      [4, ['ann'], [1]],
      [5, ['overseer'], [0]],
    ]);
    const facts = days.flatMap(({ day, notices }) => notices.map((notice) => ({ day, ...notice })));
    const again = await ruled(replayed(facts));
    expect(recordOf(scenario, again).chain).to.equal(recordOf(scenario, days).chain);
  });

  it('asks for an overseer’s token, and refuses what cannot be read', async () => {
    const live = liveAuthority();
    const heard: string[] = [];
    const pages = oversightPages({
      live,
      isOverseer: (token) => token === overseer,
      log: (_event, message) => void heard.push(message),
    });
    const { url, close } = await serving(scenario, { pages });
    const ask = async (path: string, init: RequestInit = {}): Promise<[number, string]> => {
      const answer = await fetch(`${url}/oversight/${path}`, init);
      return [answer.status, await answer.text()];
    };
    const headers = { authorization: `Bearer ${overseer}` };
    const post = (path: string, body: string) => ask(path, { method: 'POST', headers, body });
    expect((await ask('waiting'))[0]).to.equal(401);
    expect((await ask('waiting', { headers: { authorization: 'Bearer wrong' } }))[0]).to.equal(401);
    expect(heard.join()).not.to.contain('wrong');
    expect(await ask('waiting', { headers })).to.deep.equal([200, '{"waiting":[]}\n']);
    expect((await post('verdicts', '{'))[0]).to.equal(400);
    expect((await post('verdicts', '{"ticket":"a","approved":"yes"}'))[1]).to.contain('approved');
    expect((await post('verdicts', '{"ticket":"a/b/1","approved":true}'))[0]).to.equal(404);
    expect((await post('interventions', '{"by":"script","entry":{"kind":"halt"}}'))[0]).to.equal(400);
    expect((await post('interventions', 'x'.repeat(2 ** 16 + 1)))[0]).to.equal(413);
    expect((await ask('verdicts', { headers }))[0]).to.equal(405);
    expect((await ask('nothing', { headers }))[0]).to.equal(404);
    await close();
  });
});
