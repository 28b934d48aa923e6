import { availableParallelism } from 'node:os';
import { usageError } from '../../errors.js';
import { localEngine } from './local.js';
import { redisEngine } from './redis.js';
import type { Engine } from './engine.js';

/** What engines take from the command line. */
export interface EngineOptions {
  /** As many as the machine has cores where it is not said. */
  readonly workers?: number | undefined;
  readonly redis?: string | undefined;
}

/** Ways to have runs made, by the name that `--engine` gives. */
export const engines = {
  local: ({ workers = availableParallelism(), redis }) => {
    if (redis !== undefined) throw usageError('--redis: belongs to --engine redis');
    return localEngine(workers);
  },
  redis: ({ workers, redis }) => {
    if (workers !== undefined)
      throw usageError('--workers: of a Redis are started by themselves: herdscope sweep worker');
    return redisEngine(redis);
  },
} satisfies Record<string, (options: EngineOptions) => Engine>;
