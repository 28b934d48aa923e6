import type { Kept } from '../coordinator/door.js';
import { openFeed, type Feed } from '../coordinator/feed.js';
import { liveAuthority, type LiveAuthority } from '../coordinator/live-authority.js';
import { openCoordinator, type Coordinator, type Listening } from '../coordinator/server.js';
import { refusalLimit } from '../coordinator/server/limits.js';
import { oversightPages } from '../coordinator/server/oversight.js';
import { hostTrouble } from './host-trouble.js';
import { hashText } from '../analysis/record/hashing.js';
import type { Scenario } from '../core/scenario.js';
import { createStage } from '../market/stage.js';
import type { SavedRun } from './checkpoint-file.js';
import { oversightIn, nothingHeard, type OversightFile, type Heard } from './oversight-file.js';
import { CliError, usageError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import type { Globals } from './globals.js';
import { openLog, type Log, type LogStyle } from './log.js';
import { openMetrics, type Metrics } from './serving-metrics.js';
import { resolvedText } from './run-directory.js';
import { runJob } from './run-job.js';
import type { Provenance } from './scenario-file.js';
import { keepServing, type ServingOptions } from './serving-file.js';
import { cannotListen, tlsOf, tokensOf } from './doorway.js';
import { connectRedis } from './redis/meeting.js';

/** A run to be served to hosts elsewhere. */
export interface Served {
  readonly scenario: Scenario;
  readonly provenance: Provenance | undefined;
  readonly folder: string;
  readonly force: boolean;
  readonly serving: ServingOptions;
  readonly checkpointEvery: number | undefined;
  readonly from: SavedRun | undefined;
  /** What a run that was stopped has heard from people; undefined: it is a new one. */
  readonly heard: Heard | undefined;
}

/** What a checkpoint says of the hosts that it needs back. */
function keptOf(from: SavedRun | undefined): Kept | undefined {
  if (!from) return undefined;
  const { day, hosts, presence } = from.checkpoint;
  if (!presence) throw usageError('the checkpoint is of a run whose institutions ran in one process');
  return { day, lines: presence.map((line, h) => ({ ...line, hash: hosts[h]!.hash })) };
}

/** Everything that serving one run needs, and what it tells. */
interface Opened {
  readonly listening: Listening;
  readonly metrics: Metrics;
  readonly feed: Feed;
  readonly log: Log;
  readonly live: LiveAuthority;
  readonly decided: OversightFile;
}

function listeningFor(
  { scenario, serving, checkpointEvery, from, folder, heard = nothingHeard }: Served,
  { quiet }: Globals,
  adapter: Listening['adapter'],
): Opened {
  const roster = createStage(scenario).institutions.map(({ id }) => id);
  const tokens = tokensOf(serving, roster);
  const log = openLog(serving.log as LogStyle, quiet);
  const isOverseer = (token: string): boolean => tokens.isOverseer(token);
  const feed = openFeed({ scenario, roster, isOverseer, log });
  const metrics = openMetrics({ scenario, institutions: roster.length, readers: feed.readers });
  const told = (event: string, message: string): void => {
    metrics.count(event);
    log(event, message);
  };
  const decided = oversightIn(folder, heard);
  const live = liveAuthority({ ...heard, lastDay: scenario.days, keep: decided.keep });
  const { startSeconds, ...bearing } = scenario.federation.presence;
  const listening: Listening = {
    host: serving.host,
    port: serving.port,
    tls: tlsOf(serving),
    roster,
    scenario: hashText(resolvedText(scenario)),
    tokens: tokens.hosts,
    pooled: scenario.federation.membership === 'centralised',
    startSeconds,
    bearing: { ...bearing, savesStates: checkpointEvery !== undefined, log: told },
    kept: keptOf(from),
    pages: { ...metrics.pages, ...oversightPages({ live, isOverseer, log: told }) },
    feed,
    adapter,
    limit: refusalLimit(() => performance.now() / 1000),
    log: told,
  };
  return { listening, metrics, feed, log, live, decided };
}

/** Opens the door, or says in one line why it cannot. */
async function open(given: Listening): Promise<Coordinator> {
  try {
    return await openCoordinator(given);
  } catch (error) {
    throw cannotListen(given, error);
  }
}

/** What readers and hosts are told of how a run ended; hosts of one that was interrupted wait for it to go on. */
function ending(error: unknown): { readonly status: 'interrupted' | 'failed'; readonly reason?: string } {
  const isInterrupted = error instanceof CliError && error.exitCode > 100;
  const reason = error instanceof Error ? error.message : String(error);
  return isInterrupted ? { status: 'interrupted' } : { status: 'failed', reason };
}

/** Waits for the hosts, then runs into the folder. */
async function conduct(served: Served, opened: Opened, coordinator: Coordinator, options: Globals) {
  const { scenario, folder, from, checkpointEvery, heard } = served;
  const { metrics, feed, decided } = opened;
  if (heard) decided.begin();
  metrics.watch(coordinator.present);
  const hosts = await coordinator.gathered.catch((error: unknown) => {
    throw hostTrouble(error) ? new CliError(exitCodes.run, [error.message]) : error;
  });
  const job = {
    ...served,
    openHosts: () => hosts,
    authority: opened.live,
    restarts: heard !== undefined,
    checkpoints: { every: checkpointEvery ?? from?.checkpointEvery },
    opened: () => {
      keepServing(folder, served.serving);
      if (!heard) decided.begin();
    },
    published: (facts: Parameters<Feed['publish']>[0]) => {
      feed.publish(facts);
      metrics.day(facts);
    },
  };
  await runJob(job, options);
  feed.end('complete');
  return scenario;
}

/** Serves a run to its end. */
export async function serveRun(served: Served, options: Globals): Promise<void> {
  const redis = served.serving.redis === undefined ? undefined : await connectRedis(served.serving.redis);
  try {
    await serveOpened(served, listeningFor(served, options, redis?.adapter), options);
  } finally {
    await redis?.close();
  }
}

async function serveOpened(served: Served, opened: Opened, options: Globals): Promise<void> {
  const { listening, feed, log } = opened;
  const coordinator = await open(listening);
  const scheme = listening.tls ? 'https' : 'http';
  log(
    'listening',
    `listening on ${scheme}://${listening.host}:${coordinator.port} for ${listening.roster.length} institutions`,
  );
  try {
    const isJson = served.serving.log === 'json';
    await conduct(served, opened, coordinator, isJson ? { ...options, quiet: true } : options);
    await coordinator.close({ over: true });
  } catch (error) {
    const { status, reason } = ending(error);
    feed.end(status);
    await coordinator.close(reason === undefined ? undefined : { over: false, reason });
    throw error;
  }
}
