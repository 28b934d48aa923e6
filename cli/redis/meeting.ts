import type { Redis as Client, RedisOptions } from 'ioredis';
import type { Adapter } from '../../coordinator/server/relay.js';
import { loadPackage } from '../optional-package.js';
import { reachRedis } from './reach.js';

/** A Redis by which socket servers are one. */
export interface Meeting {
  readonly adapter: Adapter;
  readonly close: () => Promise<void>;
}

const install = '@socket.io/redis-streams-adapter ioredis';

/** Connects to a Redis; from then on a connection that breaks is made again.
 *
 * @throws {CliError} exit 2 where a package is missing, exit 9 where Redis cannot be reached
 */
export async function connectRedis(text: string): Promise<Meeting> {
  const { Redis, url, password } = await reachRedis(text, install);
  const { createAdapter } = await loadPackage<{
    createAdapter: (client: Client, options: object) => Adapter;
  }>('@socket.io/redis-streams-adapter', '--redis', install);
  const clients: Client[] = [];
  const heard = (client: Client): Client => {
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const client = heard(
    new Redis(text, { ...password, maxRetriesPerRequest: null, retryStrategy: () => 250 }),
  );
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
