// What the daily measures cost: against the run that made what they measure, and how their cost grows with the number of
// institutions, in processor time of this process.
import { createHost } from '../agents/host.js';
import { dailyMeasures, effectiveModels } from '../analysis/daily/measures.js';
import { measureDays, type MeasureMemory } from '../analysis/daily/index.js';
import type { DayView } from '../analysis/daily/view.js';
import { catalogue } from '../cli/catalogue.js';
import { everybody } from '../coordinator/presence.js';
import { simulate } from '../coordinator/simulate.js';
import { memoryTransport } from '../coordinator/transport/memory.js';
import { planHosts } from '../coordinator/transport/plan.js';
import { mean, variance } from '../core/descriptive.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../core/scenario.js';
import { defaultAssets } from '../core/scenario/assets.js';
import type { Bench, Row } from './figure.js';

const assets = Array.from({ length: 50 }, (_, k) => {
  const like = defaultAssets[k % defaultAssets.length]!;
  return { ...like, id: `${like.id}-${k}`, floatUsd: like.floatUsd / 4 };
});
const scenarioFor = (count: number): Scenario =>
  withDerivedDefaults(
    scenarioSchema(catalogue).parse({
      name: 'measures',
      assets,
      institutions: { count },
      days: 12,
      warmUp: 2,
      roundEvery: 5,
      homogeneity: { updates: 0 },
      learning: {
        architectures: [{ name: 'mlp' }],
        historyDays: 40,
        window: 40,
        minSamples: 60,
        firstSteps: 5,
      },
    }),
  );

const seconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

interface Spent {
  /** Seconds a day for making it and for measuring it. */
  readonly making: number;
  readonly measuring: number;
  /** What the measures of the last day with a round saw. */
  readonly view: DayView;
}

/** Makes days and measures them; the days of the warm-up are not counted. */
async function measured(count: number): Promise<Spent> {
  const scenario = scenarioFor(count);
  const plans = planHosts(count, 1, false);
  const hosts = { transport: memoryTransport([createHost()]), plans, presence: everybody };
  const memory: MeasureMemory = { before: undefined };
  const measure = measureDays(scenario, memory);
  let [making, measuring, days, start] = [0, 0, 0, seconds()];
  let view: DayView | undefined;
  for await (const { day, tables, notices } of simulate(scenario, hosts)) {
    const made = seconds();
    measure({ day, tables, notices });
    const end = seconds();
    if (day > scenario.warmUp)
      [making, measuring, days] = [making + made - start, measuring + end - made, days + 1];
    if (tables.probes) view = memory.before;
    start = seconds();
  }
  return { making: making / days, measuring: measuring / days, view: view! };
}

/** The measure that costs most, on one day. */
function dearest(view: DayView): { readonly name: string; readonly ms: number } {
  const repeats = 5;
  const costs = Object.entries({ ...dailyMeasures, effectiveModels }).map(([name, measure]) => {
    const start = performance.now();
    for (let r = 0; r < repeats; r++) measure(view);
    return { name, ms: (performance.now() - start) / repeats };
  });
  return costs.reduce((a, b) => (b.ms > a.ms ? b : a));
}

/** How far the effective number of models of a sample is from another sample's, and from that of a sample eight times
 * as large. */
function sampling(view: DayView): Row[] {
  const drawn = (seed: number, most?: number): number =>
    effectiveModels({ ...view, scenario: { ...view.scenario, seed } }, most);
  const samples = Array.from({ length: 20 }, (_, s) => drawn(s + 1));
  const error = Math.sqrt(variance(samples)) / mean(samples);
  return [
    {
      what: 'effectiveModels of 256 institutions drawn from 10,000: its sampling error',
      value: 100 * error,
      unit: '% of its value',
      against: `the same day, 20 draws; their mean is ${mean(samples).toFixed(3)}, a draw of 2,048 gives ${drawn(1, 2048).toFixed(3)}`,
      target: { atMost: 5 },
    },
  ];
}

/** Costs of measures at scale. */
export const measures: Bench = async () => {
  const thousand = await measured(1000);
  const slowest = dearest(thousand.view);
  const tenThousand = await measured(10_000);
  return [
    {
      what: 'all daily measures, 1,000 institutions x 50 assets',
      value: (100 * thousand.measuring) / thousand.making,
      unit: '% of the run',
      against: `the days that they measure, on one core; a day is made in ${(1000 * thousand.making).toFixed(0)} ms, and the dearest measure, ${slowest.name}, takes ${slowest.ms.toFixed(1)} ms`,
      target: { atMost: 100 },
    },
    {
      what: 'the same measures, 10,000 institutions',
      value: tenThousand.measuring / thousand.measuring,
      unit: 'times the cost of 1,000',
      against:
        'ten times as many institutions: 10 is linear, 100 would be pair by pair; no measure forms all pairs',
      target: { atMost: 20 },
    },
    ...sampling(tenThousand.view),
  ];
};
