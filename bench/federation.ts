// The federation over sockets: updates a second, memory, hosts in processes against threads, and Flower's rounds.
import { setTimeout } from 'node:timers/promises';
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
      value: (1000 * rounds) / ((user + system) / 1e6),
      unit: 'a second of processor time',
      against: `a target; ${Math.round(rate)} a second of wall clock, with the senders on the other core`,
      target: { atLeast: 8000 },
    },
  ];
}

/** Bytes that are live: what a collection frees on a thread of its own is counted until it is done, so there are two. */
async function live(): Promise<number> {
  collectGarbage();
  await setTimeout(100);
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

async function memory(): Promise<Row[]> {
  const { round, close } = await openSenders(100);
  const after = async (rounds: number): Promise<number> => {
    for (let r = 0; r < rounds; r++) await round();
    return live();
  };
  const early = await after(200);
  const late = await after(800);
  await close();
  return [
    {
      what: 'memory of the coordinator after 1,000 rounds',
      value: late / early,
      unit: 'times that after 200',
      against: `itself, ${(early / 2 ** 20).toFixed(0)} MiB; 100 sockets, what is live after a collection`,
      target: { atMost: 1.02 },
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
