// What a market day costs with 1,000 institutions and 50 assets, the data sources left out: prints milliseconds by part.
import { performance } from 'node:perf_hooks';
import { defaultAssets } from '../core/scenario/assets.js';
import { actsOn } from '../market/interventions/index.js';
import { createStage } from '../market/stage.js';
import { closeDay, openDay } from '../market/step.js';
import { createWorld } from '../market/world.js';
import { benchmarkTrader, scenarioOf } from '../test/market/fixture.js';

const assets = Array.from({ length: 50 }, (_, k) => {
  const like = defaultAssets[k % defaultAssets.length]!;
  return { ...like, id: `${like.id}-${k}`, floatUsd: like.floatUsd / 4 };
});
const scenario = scenarioOf({
  days: 60,
  assets,
  sources: {},
  institutions: { count: 1000, types: undefined },
});
const withoutSources = {
  ...scenario,
  institutions: {
    ...scenario.institutions,
    types: Object.fromEntries(
      Object.entries(scenario.institutions.types).map(([name, type]) => [name, { ...type, sources: [] }]),
    ),
  },
};
const stage = createStage(withoutSources);
let world = createWorld(withoutSources, stage);
const trader = benchmarkTrader(0.1);
const spent = { open: 0, close: 0 };
for (let day = 1; day <= scenario.days; day++) {
  const acts = actsOn(withoutSources, stage, day);
  const start = performance.now();
  const opened = openDay(withoutSources, stage, world, acts);
  const middle = performance.now();
  const orders = trader(stage, opened.world);
  const resumed = performance.now();
  ({ world } = closeDay(withoutSources, stage, opened, orders, acts));
  const end = performance.now();
  if (day <= 10) continue;
  spent.open += middle - start;
  spent.close += end - resumed;
}
const days = scenario.days - 10;
process.stdout.write(
  `open ${(spent.open / days).toFixed(2)} ms, close ${(spent.close / days).toFixed(2)} ms a day\n`,
);
