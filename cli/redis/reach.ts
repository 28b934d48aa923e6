import type { Redis as Client, RedisOptions } from 'ioredis';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { loadPackage } from '../optional-package.js';

export type RedisClass = new (url: string, options: RedisOptions) => Client;

/** A Redis that answered, and how to connect to it. */
export interface Reached {
  readonly Redis: RedisClass;
  readonly url: URL;
  readonly password: { readonly password?: string };
}

/** The address of a Redis; a password in it would be seen by whoever lists processes. */
function address(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !/^rediss?:$/.test(url.protocol))
    throw usageError(`--redis: ${text} is not the address of a Redis, such as redis://127.0.0.1:6379`);
  if (url.password !== '')
    throw usageError('--redis: a password does not belong in the address; HERDSCOPE_REDIS_PASSWORD holds it');
  return url;
}

/** Fails at once where there is no Redis.
 *
 * @param install packages that the user must have, as npm is told them
 * @throws {CliError} exit 2 where ioredis is missing, exit 9 where Redis cannot be reached
 */
export async function reachRedis(text: string, install: string): Promise<Reached> {
  const url = address(text);
  const { Redis } = await loadPackage<{ Redis: RedisClass }>('ioredis', '--redis', install);
  const secret = process.env['HERDSCOPE_REDIS_PASSWORD'];
  const password = secret === undefined ? {} : { password: secret };
  const probe = new Redis(text, {
    ...password,
    maxRetriesPerRequest: null,
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
    throw new CliError(exitCodes.unreachable, [`${text}: Redis cannot be reached: ${said || reason}`]);
  } finally {
    probe.disconnect();
  }
  return { Redis, url, password };
}
