// Two worker threads against one: federated training as the loop asks for it.
import { execute } from '../cli/execute.js';
import { localHosts } from '../cli/hosts.js';
import { readScenario } from '../cli/scenario-file.js';
import { stopwatch } from '../cli/stopwatch.js';
import type { Bench } from './figure.js';

const { scenario } = readScenario(undefined, [
  'name=workers',
  'days=12',
  'roundEvery=1',
  'record=minimal',
  'institutions.count=256',
  'learning.historyDays=60',
  'learning.window=60',
  'learning.firstSteps=0',
  'learning.localSteps=100',
]);
const repeats = 3;

/** Seconds that a run waited for its hosts to learn. */
async function learningSeconds(workers: number): Promise<number> {
  const watchTime = stopwatch();
  await execute({
    scenario,
    hosts: localHosts(scenario, workers),
    sink: () => undefined,
    watch: { day: () => undefined, stopped: () => false },
    watchTime,
  });
  return watchTime.parts('rest')['learning']!;
}

/** Local training on two worker threads, beside one thread. */
export const workers: Bench = async () => {
  const ratios: number[] = [];
  for (let i = 0; i < repeats; i++) ratios.push((await learningSeconds(1)) / (await learningSeconds(2)));
  return [
    {
      what: 'training on two workers',
      value: ratios.sort((a, b) => a - b)[repeats >> 1]!,
      unit: 'times',
      against: `one thread; 256 institutions, 12 rounds of 100 steps each, wall clock, median of ${repeats}`,
      target: { atLeast: 1.85 },
    },
  ];
};
