// A thousand institutions for a thousand days, on all cores.
import type { Bench } from './figure.js';
import { timedRun } from './run/timed-run.js';

const overrides = [
  'name=large',
  'institutions.count=1000',
  'record=minimal',
  'learning.architectures=[{name: mlp}]',
];

/** `herdscope run` with MLPs, weekly rounds and a minimal record. */
export const largeRun: Bench = () => timedRun('1,000 institutions x 1,000 days, MLPs', overrides, 150);
