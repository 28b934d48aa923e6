import { joinRun, type Joining, type Parting } from '../../agents/client.js';
import { createHost } from '../../agents/host.js';
import { memoryKeeper } from '../../agents/host/keeper.js';
import { openFeed } from '../../coordinator/feed.js';
import { openCoordinator, type Coordinator, type Listening } from '../../coordinator/server.js';
import { refusalLimit } from '../../coordinator/server/limits.js';
import { simulate } from '../../coordinator/simulate.js';
import type { DayFacts } from '../../core/events.js';
import type { Handshake } from '../../core/handshake.js';
import { protocolVersion } from '../../core/protocol.js';
import type { Scenario } from '../../core/scenario.js';
import { createStage } from '../../market/stage.js';
import { bearing } from './transport/pretended.js';

export const scenarioHash = '5'.repeat(64);

/** A coordinator in this process, on any free port. */
export async function serving(
  scenario: Scenario,
  changed: Partial<Listening> = {},
): Promise<
  Coordinator & { readonly url: string; readonly heard: string[]; readonly feed: Listening['feed'] }
> {
  const roster = createStage(scenario).institutions.map(({ id }) => id);
  const heard: string[] = [];
  const log = (_event: string, message: string): void => void heard.push(message);
  const isOverseer = (token: string): boolean => token === 'overseer-0123456789';
  const feed = changed.feed ?? openFeed({ scenario, roster, isOverseer, log });
  const coordinator = await openCoordinator({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    pages: {},
    feed,
    log,
    roster,
    scenario: scenarioHash,
    tokens: undefined,
    pooled: scenario.federation.membership === 'centralised',
    startSeconds: null,
    bearing: { ...bearing(), log },
    kept: undefined,
    limit: refusalLimit(() => 0),
    ...changed,
  });
  return {
    ...coordinator,
    feed,
    heard,
    url: `${changed.tls ? 'https' : 'http'}://127.0.0.1:${coordinator.port}`,
  };
}

/** A host in this process. */
export const joining = (
  url: string,
  seats: Handshake['seats'],
  { token, tls = {} }: Partial<Pick<Joining, 'token' | 'tls'>> = {},
): Promise<Parting> =>
  joinRun(createHost(), {
    url,
    token,
    handshake: { protocol: protocolVersion, seats },
    retrySeconds: 5,
    tls,
    keeper: memoryKeeper(),
    joined: () => undefined,
    lost: () => undefined,
  });

/** Runs a scenario on the hosts that gather; `each` is told of every day. */
export async function conduct(
  scenario: Scenario,
  { gathered }: Pick<Coordinator, 'gathered'>,
  each: (facts: DayFacts) => unknown = () => undefined,
): Promise<DayFacts[]> {
  const days: DayFacts[] = [];
  for await (const { day, tables, notices } of simulate(scenario, await gathered)) {
    days.push({ day, tables, notices });
    await each(days.at(-1)!);
  }
  return days;
}
