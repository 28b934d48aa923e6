import { localEngine } from './local.js';
import type { Engine } from './engine.js';

/** What engines take from the command line. */
export interface EngineOptions {
  readonly workers: number;
}

/** Ways to have runs made, by the name that `--engine` gives. */
export const engines = {
  local: ({ workers }: EngineOptions) => localEngine(workers),
} satisfies Record<string, (options: EngineOptions) => Engine>;
