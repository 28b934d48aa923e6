import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { fedavg } from '../../coordinator/aggregation/fedavg.js';
import { openFeed } from '../../coordinator/feed.js';
import { openLearning } from '../../coordinator/learning.js';
import { collect } from '../../coordinator/round/contribution.js';
import { openCoordinator } from '../../coordinator/server.js';
import { refusalLimit } from '../../coordinator/server/limits.js';
import { readScenario } from '../../cli/scenario-file.js';
import type { Train } from '../../core/protocol.js';
import { createStage } from '../../market/stage.js';

/** Numbers of an update: 6 KB. */
const floats = 1536;

/** A round's question to hosts that nothing but training is asked of. */
export const training = (seats: number, round: number): Train => ({
  type: 'train',
  round,
  asked: new Uint8Array(seats).fill(1),
  probes: new Float32Array(0),
  meanForecasts: new Float32Array(0),
  bounds: new Float64Array(0),
  countNoise: new Float64Array(0),
  circles: [],
  publicKeys: new Uint8Array(0),
  present: new Uint8Array(0),
  scales: new Float64Array(0),
  unitExamples: 0,
});

const source = import.meta.url.endsWith('.ts');

/** The process that answers for every institution, told whom it is to be. */
function clientsAt(url: string, roster: readonly string[]) {
  const script = fileURLToPath(new URL(source ? 'clients.ts' : 'clients.js', import.meta.url));
  const child = spawn(process.execPath, [...(source ? ['--import', 'tsx'] : []), script, url, `${floats}`], {
    stdio: ['pipe', 'inherit', 'inherit'],
  });
  child.stdin.end(JSON.stringify(roster));
  return child;
}

/** A coordinator as `serve` opens it, with so many hosts in another process, each of one institution that sends updates
 * without training. */
export async function openSenders(count: number) {
  const { scenario } = readScenario(undefined, [
    `institutions.count=${count}`,
    'learning.architectures=[{ name: linear }]',
    'learning.historyDays=60',
    'learning.window=60',
  ]);
  const stage = createStage(scenario);
  const roster = stage.institutions.map(({ id }) => id);
  const log = (): void => undefined;
  const coordinator = await openCoordinator({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    pages: {},
    feed: openFeed({ scenario, roster, isOverseer: () => false, log }),
    log,
    roster,
    scenario: '0'.repeat(64),
    tokens: undefined,
    pooled: false,
    startSeconds: null,
    bearing: { silenceSeconds: 60, rejoinSeconds: 0, onLoss: 'abort', quorum: 1, savesStates: false, log },
    kept: undefined,
    limit: refusalLimit(() => 0),
  });
  const child = clientsAt(`http://127.0.0.1:${coordinator.port}`, roster);
  const hosts = await coordinator.gathered;
  await openLearning(scenario, stage, hosts);
  let parameters: Float32Array = new Float32Array(floats);
  let round = 0;
  return {
    round: async (): Promise<void> => {
      round++;
      const replies = await hosts.transport.exchange(
        hosts.plans.map(({ own }) => training(own.length, round)),
      );
      const updates = collect(replies, Int32Array.of(floats));
      if (updates.length !== count) throw new Error(`${updates.length} updates of ${count} arrived`);
      ({ parameters } = fedavg.aggregate({}, { parameters, updates }, {}));
    },
    close: async (): Promise<void> => {
      child.kill();
      await coordinator.close();
    },
  };
}
