import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { packageRoot } from '../../cli/package.js';

/** Agent-steps per second of processor time in PyTorch. */
export interface TorchRates {
  readonly torch: string;
  readonly mlpLoop: number;
  readonly mlpStacked: number;
  readonly lstmStacked: number;
  readonly transformerLoop: number;
  readonly transformerStacked: number;
}

/** The PyTorch yardstick, or why there is none. */
export type TorchAnswer = TorchRates | { readonly why: string };

const missing = /ModuleNotFoundError: No module named '(torch|numpy)'/;

/** Runs the PyTorch yardstick with Debian's python3-torch. A module that is missing is named with the command that
 * installs it; any other failure is told as it is. */
export function torchRates(
  python = '/usr/bin/python3',
  script = join(packageRoot, 'bench/peers/learning_torch.py'),
): TorchAnswer {
  const { status, stdout, stderr, error } = spawnSync(python, [script], { encoding: 'utf8' });
  if (error) return { why: `${python}: ${error.message}` };
  if (status === 0) return JSON.parse(stdout) as TorchRates;
  if (missing.test(stderr)) return { why: 'needs apt-get install python3-torch' };
  const last = stderr.trim().split('\n').at(-1) ?? '';
  return { why: `${script} failed (${status === null ? 'killed' : `exit ${status}`}): ${last}` };
}
