import { availableParallelism } from 'node:os';
import { openEngine } from '../../agents/learning/engine.js';
import type { Command } from '../command.js';
import type { Globals } from '../globals.js';
import { conditionOf } from '../optional-package.js';

const optional = [
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs',
  '@resvg/resvg-js',
  '@duckdb/node-api',
  'bullmq',
  'ioredis',
  '@socket.io/redis-streams-adapter',
];

/** (module (func (result v128) (v128.const i32x4 0 0 0 0))): valid only where WebAssembly has SIMD. */
const simdProbe = Uint8Array.of(
  0,
  97,
  115,
  109,
  1,
  0,
  0,
  0,
  1,
  5,
  1,
  96,
  0,
  1,
  123,
  3,
  2,
  1,
  0,
  10,
  22,
  1,
  20,
  0,
  253,
  12,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  11,
);

/** WebAssembly is not among the types of Node without those of browsers. */
const hasSimd = (globalThis as unknown as { WebAssembly: { validate: (bytes: Uint8Array) => boolean } })
  .WebAssembly.validate;

/** What this machine offers; an adapter that is installed and does not load is none, and `broken` says why. */
async function diagnosis() {
  const conditions = await Promise.all(
    optional.map(async (name) => [name, await conditionOf(name)] as const),
  );
  const broken = conditions.flatMap(([name, state]) =>
    typeof state === 'string' ? [] : [[name, state.why] as const],
  );
  return {
    engine: openEngine().kind,
    simd: hasSimd(simdProbe),
    threads: availableParallelism(),
    adapters: Object.fromEntries(conditions.map(([name, state]) => [name, state === 'found'])),
    broken: Object.fromEntries(broken),
  };
}

async function doctor({ format }: Globals): Promise<void> {
  const found = await diagnosis();
  const line = ([name, has]: readonly [string, boolean]): string => {
    const why = found.broken[name];
    if (why !== undefined) return `broken    ${name}: is installed and does not load: ${why}`;
    return `${has ? 'found    ' : 'absent   '} ${name}`;
  };
  const lines = [
    `engine    ${found.engine}`,
    `simd      ${found.simd ? 'yes' : 'no'}`,
    `threads   ${found.threads}`,
    ...Object.entries(found.adapters).map(line),
  ];
  const printed = { json: () => JSON.stringify(found, null, 2), text: () => lines.join('\n') };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope doctor`: which engine, SIMD, threads and optional packages this machine has. */
export const doctorCommand: Command<Globals> = {
  handler: doctor,
};
