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

/** Runs the PyTorch yardstick with Debian's python3-torch; nothing where it is not installed. */
export function torchRates(python = '/usr/bin/python3'): TorchRates | undefined {
  const script = join(packageRoot, 'bench/peers/learning_torch.py');
  const { status, stdout } = spawnSync(python, [script], { encoding: 'utf8' });
  return status === 0 ? (JSON.parse(stdout) as TorchRates) : undefined;
}
