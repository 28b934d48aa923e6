// Two worker threads against one: federated training as the loop asks for it.
import { execute } from '../cli/execute.js';
import { localHosts } from '../cli/hosts.js';
import { readScenario } from '../cli/scenario-file.js';
import { stopwatch } from '../cli/stopwatch.js';
import type { Bench } from './figure.js';

const { scenario } = readScenario(undefined, [
  'name=workers',
  'days=52',
  'roundEvery=1',
  'record=minimal',
  'institutions.count=256',
  'learning.historyDays=60',
  'learning.window=60',
  'learning.firstSteps=0',
  'learning.localSteps=100',
]);
const repeats = 3;

/** Rounds in which threads still compile what they run (each on its own, beside those that train). */
const warmUp = 20;

/** Seconds that a run waited for its hosts to learn, once they are warm. */
async function learningSeconds(workers: number): Promise<number> {
  const watchTime = stopwatch();
  const soFar = (): number => watchTime.parts('rest')['learning'] ?? 0;
  let cold = 0;
  await execute({
    scenario,
    hosts: localHosts(scenario, workers),
    sink: () => undefined,
    watch: {
      day: ({ day }) => {
        if (day === warmUp) cold = soFar();
      },
      stopped: () => false,
    },
    watchTime,
  });
  return soFar() - cold;
}

/** Local training on two worker threads, beside one thread: the best of a few runs each, in turn. */
export const workers: Bench = async () => {
  let [one, two] = [Infinity, Infinity];
  for (let turn = 0; turn < repeats; turn++) {
    one = Math.min(one, await learningSeconds(1));
    two = Math.min(two, await learningSeconds(2));
  }
  return [
    {
      what: 'training on two workers',
      value: one / two,
      unit: 'times',
      against: `one thread; 256 institutions, 30 rounds of 100 steps each after ${warmUp} in which threads compile what they run, wall clock, best of ${repeats}`,
      target: { atLeast: 1.85 },
    },
  ];
};
