import { z } from 'zod';
import type { Catalogue, Options } from '../../core/scenario/catalogue.js';
import { scenarioSchema, withDerivedDefaults, type Scenario } from '../../core/scenario.js';
import { streamKey, openStream } from '../../core/random.js';
import type { DayFacts } from '../../core/events.js';
import type { Orders, Stage, World } from '../../core/types.js';
import { mechanisms } from '../../market/clearing/index.js';
import { dayFacts } from '../../market/day-facts.js';
import { actingChannels } from '../../market/channels/index.js';
import { exposures } from '../../market/exposures/index.js';
import { interventions, actsOn } from '../../market/interventions/index.js';
import { openingFacts } from '../../market/record.js';
import { createStage } from '../../market/stage.js';
import { closeDay, openDay } from '../../market/step.js';
import { createWorld } from '../../market/world.js';
import { pricesOf } from '../../market/book.js';

const any = (...names: string[]): Options =>
  Object.fromEntries(names.map((name) => [name, { summary: name, options: z.strictObject({}) }]));

const mind = {
  summary: 'a mind',
  options: z.strictObject({}),
  federates: 'average',
  learns: 'by gradient',
} as const;

/** What a scenario may name in tests of the market; minds are only names here. */
export const catalogue: Catalogue = {
  mechanisms,
  exposures,
  channels: actingChannels,
  interventions,
  architectures: { linear: mind, mlp: mind },
  regimes: { replay: { summary: 'a regime', options: z.strictObject({}), needs: 'nothing' } },
  strategies: any('mean-variance', 'equal-weight'),
  riskModels: any('sample'),
  overlays: any('none'),
  triggers: any('calendar'),
  executions: any('proportional'),
  integrations: any('model'),
  aggregations: {
    fedavg: {
      summary: 'a rule',
      options: z.strictObject({}),
      needsIndividualUpdates: false,
      extras: [],
      needs: 'nothing',
    },
  },
  personalisations: { none: { summary: 'none', options: z.strictObject({}), needs: 'nothing' } },
  privacies: { none: { summary: 'none', options: z.strictObject({}) } },
  secureAggregations: { none: { summary: 'none', options: z.strictObject({}), sums: false } },
  compressions: { none: { summary: 'none', options: z.strictObject({}) } },
  attacks: { none: { summary: 'none', options: z.strictObject({}), turnsLabels: false } },
  mandates: any('none'),
};

export function scenarioOf(raw: Record<string, unknown> = {}): Scenario {
  return withDerivedDefaults(scenarioSchema(catalogue).parse({ name: 'test', ...raw }));
}

/** How a test's institutions trade. */
export type Trader = (stage: Stage, world: World) => Orders;

/** Everyone trades a tenth of the way to its benchmark, and some noise of its own. */
export const benchmarkTrader =
  (noise: number): Trader =>
  (stage, world) => {
    const k = stage.assets.length;
    const price = pricesOf(world.prices);
    const rows = stage.institutions.flatMap((_, i) => (world.books.active[i] === 1 ? [i] : []));
    const units = new Float64Array(rows.length * k);
    rows.forEach((i, row) => {
      const own = stage.institutions[i]!;
      const draws = openStream(streamKey(stage.seed, 'test-orders', own.id), world.day);
      let wealth = world.books.cash[i]!;
      for (let a = 0; a < k; a++) wealth += world.books.units[i * k + a]! * price[a]!;
      for (let a = 0; a < k; a++) {
        const tilt = own.benchmark[a]! * (1 + noise * draws.normal());
        const target = (Math.max(0, wealth) * own.investedShare * tilt) / price[a]!;
        units[row * k + a] = 0.1 * (target - world.books.units[i * k + a]!);
      }
    });
    return { institution: Int32Array.from(rows), units };
  };

export interface Run {
  readonly stage: Stage;
  readonly first: World;
  readonly last: World;
  readonly opening: DayFacts;
  readonly days: readonly DayFacts[];
}

/** Runs the market alone. */
export function runMarket(
  scenario: Scenario,
  trader: Trader = benchmarkTrader(0.3),
  watch: (world: World, facts: DayFacts) => void = () => {},
): Run {
  const stage = createStage(scenario);
  const first = createWorld(scenario, stage);
  const days: DayFacts[] = [];
  let world = first;
  for (let day = 1; day <= scenario.days; day++) {
    const acts = actsOn(scenario, stage, world, day);
    const opened = openDay(scenario, stage, world, acts);
    const closed = closeDay(scenario, stage, opened, trader(stage, opened.world), acts);
    world = closed.world;
    const facts = dayFacts(stage, opened, world, closed.course);
    days.push(facts);
    watch(world, facts);
  }
  return { stage, first, last: world, opening: openingFacts(stage, first), days };
}
