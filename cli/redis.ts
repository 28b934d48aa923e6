import type { Redis as Client, RedisOptions } from 'ioredis';
import type { Adapter } from '../coordinator/server/relay.js';
import { CliError, usageError } from './errors.js';
import { exitCodes } from './exit-codes.js';
import { loadPackage } from './optional-package.js';

/** A Redis by which socket servers are one. */
export interface Meeting {
  readonly adapter: Adapter;
  readonly close: () => Promise<void>;
}

const install = '@socket.io/redis-streams-adapter ioredis';

/** The address of a Redis; a password in it would be seen by whoever lists processes. */
function address(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol))
    throw usageError(`--redis: ${text} is not the address of a Redis, such as redis://127.0.0.1:6379`);
  if (url.password !== '')
    throw usageError('--redis: a password does not belong in the address; HERDSCOPE_REDIS_PASSWORD holds it');
  return url;
}

/** Fails at once where there is no Redis, with exit 9. */
async function reach(
  Redis: new (url: string, options: RedisOptions) => Client,
  url: string,
  options: RedisOptions,
) {
  const probe = new Redis(url, {
    ...options,
    lazyConnect: true,
    connectTimeout: 5000,
    retryStrategy: () => null,
  });
  let reason = 'no answer';
  probe.on(
    'error',
    (error: Error) => (reason = error.message || (error as NodeJS.ErrnoException).code || reason),
  );
  try {
    await probe.connect();
    await probe.ping();
  } catch (error) {
    const said = error instanceof Error && !/closed/i.test(error.message) ? error.message : reason;
    throw new CliError(exitCodes.unreachable, [`${url}: Redis cannot be reached: ${said || reason}`]);
  } finally {
    probe.disconnect();
  }
}

/** Connects to a Redis; from then on a connection that breaks is made again.
 *
 * @throws {CliError} exit 2 where a package is missing, exit 9 where Redis cannot be reached
 */
export async function connectRedis(text: string): Promise<Meeting> {
  const url = address(text);
  const { Redis } = await loadPackage<{ Redis: new (url: string, options: RedisOptions) => Client }>(
    'ioredis',
    '--redis',
    install,
  );
  const { createAdapter } = await loadPackage<{
    createAdapter: (client: Client, options: object) => Adapter;
  }>('@socket.io/redis-streams-adapter', '--redis', install);
  const password = process.env['HERDSCOPE_REDIS_PASSWORD'];
  const options = { ...(password === undefined ? {} : { password }), maxRetriesPerRequest: null };
  await reach(Redis, text, options);
  const clients: Client[] = [];
  const heard = (client: Client): Client => {
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const client = heard(new Redis(text, { ...options, retryStrategy: () => 250 }));
  client.duplicate = (
    (duplicate) => (more?: RedisOptions) =>
      heard(duplicate(more))
  )(client.duplicate.bind(client));
  const name = `herdscope${url.pathname.replace(/^\/0?$/, '')}`;
  return {
    adapter: createAdapter(client, { streamName: name, channelPrefix: name, blockTimeInMs: 500 }),
    close: async () => {
      // What was said last is still heard.
      if (client.status === 'ready') await client.quit().catch(() => undefined);
      for (const each of clients) each.disconnect();
    },
  };
}
