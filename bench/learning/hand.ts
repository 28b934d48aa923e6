import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { compile } from '../../agents/learning/interpreter/build.mjs';
import { webAssembly } from '../../agents/learning/interpreter/webassembly.js';
import { packageRoot } from '../../cli/package.js';
import { stream } from '../../core/random.js';
import type { Contender } from './timing.js';

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (pages: number) => number };
  readonly peak: (turns: number) => number;
  readonly fused: (block: number, data: number, agents: number, steps: number, stepSize: number) => number;
}

const builder = pathToFileURL(join(packageRoot, 'agents/learning/interpreter/build.mjs')).href;

const PARAMETERS = 1464;
const TURNS = 200_000;

/** The processor's ceiling (work: operations) and the yardstick network fused by hand (work: agent-steps). */
export async function hand(
  agents: number,
): Promise<{ readonly ceiling: Contender; readonly fused: Contender }> {
  const build = (await import(builder)) as { readonly compile: typeof compile };
  const module = new webAssembly!.Module(await build.compile('bench'));
  const { memory, peak, fused } = new webAssembly!.Instance(module, {}).exports as Exports;
  const block = 65536;
  const data = block + agents * 12 * PARAMETERS;
  memory.grow(Math.ceil((data + agents * 4096) / 65536));
  const floats = new Float32Array(memory.buffer);
  const draws = stream({ seed: 1, purpose: 'bench' });
  for (let agent = 0; agent < agents; agent++)
    for (let i = 0; i < PARAMETERS; i++)
      floats[block / 4 + agent * 3 * PARAMETERS + i] = 0.3 * (draws.uniform() - 0.5);
  for (let i = 0; i < agents * 1024; i++) floats[data / 4 + i] = 2 * draws.uniform() - 1;
  return {
    ceiling: { name: 'ceiling', work: 96 * TURNS, run: () => void peak(TURNS) },
    fused: { name: 'fused', work: 5 * agents, run: () => void fused(block, data, agents, 5, 1e-3) },
  };
}
