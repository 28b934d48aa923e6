import { localHosts } from '../../cli/hosts.js';
import { readScenario } from '../../cli/scenario-file.js';
import { openLearning } from '../../coordinator/learning.js';
import { observations } from '../../coordinator/observe.js';
import { observeSources } from '../../market/signals.js';
import { createStage } from '../../market/stage.js';
import { createWorld } from '../../market/world.js';
import type { Row } from '../figure.js';
import { training } from './senders.js';

/** Milliseconds of an empty client-round of Flower 1.4 on ray, 2 cores: measured, docs of the engine. */
const flowerMilliseconds = 2.1;

const institutions = 512;

/** Rounds of five local steps on two worker threads, against Flower's rounds without any. */
export async function clientRounds(): Promise<Row[]> {
  const { scenario } = readScenario(undefined, [
    `institutions.count=${institutions}`,
    'learning.historyDays=60',
    'learning.window=60',
    'learning.firstSteps=0',
  ]);
  const stage = createStage(scenario);
  const hosts = localHosts(scenario, 2);
  const { architecture } = await openLearning(scenario, stage, hosts);
  const world = createWorld(scenario, stage);
  const scene = {
    world,
    online: new Uint8Array(institutions).fill(1),
    architecture,
    purchaseCap: new Float64Array(institutions).fill(Infinity),
    sources: observeSources(scenario, stage, world),
    flipped: new Uint8Array(0),
  };
  await hosts.transport.exchange(observations(scenario, stage, scene, hosts.plans));
  const times: number[] = [];
  for (let round = 1; round <= 31; round++) {
    const start = performance.now();
    await hosts.transport.exchange(hosts.plans.map(({ own }) => training(own.length, round)));
    times.push(performance.now() - start);
  }
  await hosts.transport.close();
  const median = times.sort((a, b) => a - b)[15]!;
  return [
    {
      what: 'client-rounds a second on two workers, five training steps in each',
      value: (institutions * flowerMilliseconds) / median,
      unit: 'times',
      against: `${flowerMilliseconds} ms for an empty client-round of Flower 1.4 on 2 cores`,
      target: { atLeast: 40 },
    },
  ];
}
