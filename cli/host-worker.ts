import { Worker } from 'node:worker_threads';

const entry = import.meta.url.endsWith('.ts') ? './host-source.mjs' : './host-entry.js';

/** Starts a worker thread that runs a host: compiled, or from source. */
export const startHostWorker = (): Worker => new Worker(new URL(entry, import.meta.url));
