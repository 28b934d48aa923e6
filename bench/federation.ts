// The federation over sockets: updates a second, memory, hosts in processes against threads, and Flower's rounds.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { fedavg } from '../coordinator/aggregation/fedavg.js';
import { openFeed } from '../coordinator/feed.js';
import { collect } from '../coordinator/round/contribution.js';
import { openCoordinator } from '../coordinator/server.js';
import { refusalLimit } from '../coordinator/server/limits.js';
import { readScenario } from '../cli/scenario-file.js';
import { localHosts } from '../cli/hosts.js';
import { protocolVersion, type Train, type Welcome } from '../core/protocol.js';
import { observations } from '../coordinator/observe.js';
import { openLearning } from '../coordinator/learning.js';
import { createStage } from '../market/stage.js';
import { observeSources } from '../market/signals.js';
import { createWorld } from '../market/world.js';

/** Milliseconds of an empty client-round of Flower 1.4 on ray, 2 cores: measured, docs of the engine. */
const flowerMilliseconds = 2.1;

const floats = 1536;
setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** A coordinator with so many hosts in another process, each of one institution that sends 6 KB updates. */
async function opened(count: number) {
  const roster = Array.from({ length: count }, (_, i) => `bank-${String(i + 1).padStart(4, '0')}`);
  const { scenario } = readScenario(undefined, []);
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
  const clients = fileURLToPath(new URL('federation/clients.ts', import.meta.url));
  const url = `http://127.0.0.1:${coordinator.port}`;
  const child = spawn(process.execPath, ['--import', 'tsx', clients, url, `${count}`, `${floats}`], {
    stdio: 'inherit',
  });
  const { transport } = await coordinator.gathered;
  const welcomes = roster.map(
    (id) =>
      ({
        type: 'welcome',
        version: protocolVersion,
        brief: { architectures: [{ name: 'mlp' }], assets: [] },
        seats: [{ id, role: 'own' }],
        pools: [],
        architecture: Int32Array.of(0),
        historyReturns: new Float32Array(0),
        historySources: new Float32Array(0),
        publicReturns: new Float32Array(0),
      }) as unknown as Welcome,
  );
  await transport.exchange(welcomes);
  let parameters: Float32Array = new Float32Array(floats);
  let round = 0;
  return {
    round: async (): Promise<void> => {
      round++;
      const asked = Uint8Array.of(1);
      const train = {
        type: 'train',
        round,
        asked,
        probes: new Float32Array(0),
        meanForecasts: new Float32Array(0),
        bounds: new Float64Array(0),
        countNoise: new Float64Array(0),
        circles: [],
        publicKeys: new Uint8Array(0),
        present: new Uint8Array(0),
        scales: new Float64Array(0),
        unitExamples: 0,
      };
      const replies = await transport.exchange(roster.map(() => train as unknown as Train));
      const updates = collect(replies, Int32Array.of(floats));
      ({ parameters } = fedavg.aggregate({}, { parameters, updates }, {}));
    },
    close: async (): Promise<void> => {
      child.kill();
      await coordinator.close();
    },
  };
}

async function updateRate() {
  const hosts = await opened(1000);
  for (let warm = 0; warm < 3; warm++) await hosts.round();
  const began = process.cpuUsage();
  const start = performance.now();
  const rounds = 20;
  for (let r = 0; r < rounds; r++) await hosts.round();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(began);
  await hosts.close();
  const rate = (1000 * rounds) / seconds;
  const perCoreSecond = (1000 * rounds) / Math.min(seconds, (user + system) / 1e6);
  return [
    {
      what: '6 KB updates from 1,000 sockets, accepted, validated and aggregated',
      value: perCoreSecond,
      unit: 'a second of one core',
      against: `a target; ${Math.round(rate)} a second of wall clock, with the senders on the other core`,
      target: { atLeast: 8000 },
    },
  ];
}

async function memory() {
  const hosts = await opened(100);
  const used = async (until: number, from: number): Promise<number> => {
    for (let r = from; r < until; r++) await hosts.round();
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };
  const early = await used(200, 0);
  const late = await used(1000, 200);
  await hosts.close();
  return [
    {
      what: 'memory of the coordinator after 1,000 rounds',
      value: late / early,
      unit: 'times that after 200',
      against: 'itself; 100 sockets, what is live after a collection',
      target: { atMost: 1.1 },
    },
  ];
}

/** Rounds of five local steps at 512 institutions on two worker threads. */
async function clientRounds() {
  const { scenario } = readScenario(undefined, [
    'institutions.count=512',
    'learning.historyDays=60',
    'learning.window=60',
    'learning.firstSteps=0',
  ]);
  const stage = createStage(scenario);
  const hosts = localHosts(scenario, 2);
  const { architecture } = await openLearning(scenario, stage, hosts);
  const world = createWorld(scenario, stage);
  const online = new Uint8Array(512).fill(1);
  const sources = observeSources(scenario, stage, world);
  const [purchaseCap, flipped] = [new Float64Array(512).fill(Infinity), new Uint8Array(0)];
  const scene = { world, online, architecture, purchaseCap, sources, flipped };
  await hosts.transport.exchange(observations(stage, scene, hosts.plans));
  const asked = (seats: number): Train => ({
    type: 'train',
    round: 1,
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
  const times: number[] = [];
  for (let r = 0; r < 15; r++) {
    const start = performance.now();
    await hosts.transport.exchange(hosts.plans.map(({ own }) => asked(own.length)));
    times.push(performance.now() - start);
  }
  await hosts.transport.close();
  const median = times.sort((a, b) => a - b)[7]!;
  return [
    {
      what: 'client-rounds a second on two workers, five training steps in each',
      value: (512 * flowerMilliseconds) / median,
      unit: 'times',
      against: `${flowerMilliseconds} ms for an empty client-round of Flower 1.4 on 2 cores`,
      target: { atLeast: 40 },
    },
  ];
}

const cli = fileURLToPath(new URL('../dist/cli/index.js', import.meta.url));
const large = [
  'institutions.count=1000',
  'days=10',
  'record=minimal',
  'learning.historyDays=60',
  'learning.window=60',
  'learning.firstSteps=10',
].flatMap((set) => ['-S', set]);

/** Starts the command; settles with what it said. */
function started(...words: string[]) {
  const child = spawn(process.execPath, [cli, ...words]);
  let stderr = '';
  const heard: ((text: string) => void)[] = [];
  child.stderr.on('data', (bytes: Buffer) => {
    stderr += bytes.toString();
    for (const hear of heard) hear(stderr);
  });
  const said = new Promise<string>((resolve) => child.on('close', () => resolve(stderr)));
  const until = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve) => {
      const hear = (text: string): void => {
        const found = pattern.exec(text);
        if (found) resolve(found);
      };
      heard.push(hear);
      hear(stderr);
    });
  return { said, until };
}

const secondsOf = (said: string): number => Number(/days in ([\d.]+) s/.exec(said)?.[1] ?? NaN);

/** Ten host processes on loopback against two worker threads. */
async function processes() {
  const out = mkdtempSync(join(tmpdir(), 'herdscope-bench-'));
  const threads = secondsOf(await started('run', ...large, '--workers', '2', '--out', join(out, 'a')).said);
  const served = started('serve', ...large, '--port', '0', '--out', join(out, 'b'));
  const [, url] = await served.until(/listening on (\S+)/);
  const hosts = Array.from({ length: 10 }, (_, i) => started('join', url!, '--hosts', `${i + 1}/10`));
  const sockets = secondsOf(await served.said);
  await Promise.all(hosts.map(({ said }) => said));
  rmSync(out, { recursive: true, force: true });
  return [
    {
      what: '1,000 institutions in 10 host processes on loopback',
      value: sockets / threads,
      unit: 'times the wall time',
      against: 'run --workers 2, both at record: minimal; from the first welcome to the report',
      target: { atMost: 1.5 },
    },
  ];
}

const parts = { updateRate, memory, clientRounds, processes };

/** Everything about federation that has a number. */
export const federation = async () => {
  const rows = [];
  for (const part of Object.values(parts)) rows.push(...(await part()));
  return rows;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const chosen = (Object.keys(parts) as (keyof typeof parts)[]).filter(
    (name) => process.argv.length < 3 || process.argv.includes(name),
  );
  for (const name of chosen)
    for (const row of await parts[name]()) {
      const met = 'atLeast' in row.target ? row.value >= row.target.atLeast : row.value <= row.target.atMost;
      process.stdout.write(
        `${row.what}: ${row.value.toPrecision(3)} ${row.unit} (against ${row.against}) ${met ? 'pass' : 'short'}\n`,
      );
    }
  process.exit();
}
