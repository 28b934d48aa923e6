// The federation over sockets: updates a second, memory, hosts in processes against threads, and Flower's rounds.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { clientRounds } from './federation/client-rounds.js';
import { processes } from './federation/processes.js';
import { openSenders } from './federation/senders.js';
import type { Bench, Row } from './figure.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

async function updateRate(): Promise<Row[]> {
  const hosts = await openSenders(1000);
  for (let warm = 0; warm < 3; warm++) await hosts.round();
  const began = process.cpuUsage();
  const start = performance.now();
  const rounds = 20;
  for (let r = 0; r < rounds; r++) await hosts.round();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(began);
  await hosts.close();
  const rate = (1000 * rounds) / seconds;
  return [
    {
      what: '6 KB updates from 1,000 sockets, accepted, validated and aggregated',
      value: (1000 * rounds) / Math.min(seconds, (user + system) / 1e6),
      unit: 'a second of one core',
      against: `a target; ${Math.round(rate)} a second of wall clock, with the senders on the other core`,
      target: { atLeast: 8000 },
    },
  ];
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

/** What is live after collections, as the median over five moments twenty rounds apart. */
async function live(round: () => Promise<void>): Promise<number> {
  const found: number[] = [];
  for (let moment = 0; moment < 5; moment++) {
    for (let r = 0; r < 20; r++) await round();
    collectGarbage();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    found.push(heapUsed + arrayBuffers);
  }
  return median(found);
}

async function memory(): Promise<Row[]> {
  const { round, close } = await openSenders(100);
  for (let r = 0; r < 100; r++) await round();
  const early = await live(round);
  for (let r = 200; r < 900; r++) await round();
  const late = await live(round);
  await close();
  return [
    {
      what: 'memory of the coordinator after 1,000 rounds',
      value: late / early,
      unit: 'times that after 200',
      against: `itself, ${(early / 2 ** 20).toFixed(0)} MiB; 100 sockets, what is live after a collection`,
      target: { atMost: 1.1 },
    },
  ];
}

/** Everything about federation that has a number. */
export const federation: Bench = async () => [
  ...(await updateRate()),
  ...(await memory()),
  ...(await clientRounds()),
  ...(await processes()),
];
