// The default scenario as a user runs it, on all cores.
import type { Bench } from './figure.js';
import { timedRun } from './run/timed-run.js';

/** `herdscope run`, end to end. */
export const run: Bench = () => timedRun('default scenario, 60 institutions x 1,000 days', [], 15);
