import { z } from 'zod';
import type { BackTestPlan, Chosen, NamedStrategy } from '../agents/allocation/back-test/plan.js';
import type { CovarianceEstimator } from '../agents/allocation/covariance/estimator.js';
import { riskModels } from '../agents/allocation/covariance/risk-models.js';
import { slicings, type Slicing } from '../agents/allocation/execution/index.js';
import { forecasters, type Forecaster } from '../agents/allocation/forecasts/index.js';
import { strategies, type Strategy, type StrategyName } from '../agents/allocation/index.js';
import { overlays } from '../agents/allocation/overlay/index.js';
import type { OverlayRule } from '../agents/allocation/overlay/rule.js';
import { triggers, type Trigger } from '../agents/allocation/rebalancing/index.js';
import type { AssetTags } from '../core/asset-tags.js';
import { lotOrders } from '../core/lots.js';
import { count, index, nonNegative, positive, share } from '../core/measure-input.js';
import { choice, choices, type Options } from '../core/scenario/catalogue.js';
import { field, section } from '../core/scenario/field.js';
import { explain, placed } from '../core/scenario/explain.js';
import { merge, overrideLayer, yamlLayer, type Layer } from '../core/scenario/layers.js';
import { describe, ScenarioInvalid, type Problem } from '../core/scenario/problem.js';
import { suggestion } from '../core/nearest.js';
import { usageError } from './errors.js';

type Named<T> = Readonly<Record<string, T>>;

const names = Object.keys(strategies) as [StrategyName, ...StrategyName[]];

const taxSchema = z.strictObject({
  shortRate: field(share.default(0.37), 'Rate on net gains held for a year or less', 'share'),
  longRate: field(share.default(0.2), 'Rate on net gains held for longer', 'share'),
  longAfterDays: field(index.default(365), 'Days after which a gain is long-term', 'calendar days'),
  order: field(
    z.enum(Object.keys(lotOrders) as [keyof typeof lotOrders]).default('hifo'),
    'Which lots a sale closes first',
    'name',
  ),
  washDays: field(
    index.default(30),
    'Days around a sale at a loss within which a purchase takes it back',
    'calendar days',
  ),
  harvest: section(
    {
      threshold: field(share.default(0.05), 'Loss of a lot from which it is realised', 'share'),
      every: field(count.default(21), 'Days between looks for losses', 'trading days'),
    },
    'Tax-loss harvesting.',
  ),
});

/** How strategies are tested: what `--plan` and `--set` of `herdscope allocate` say. */
export const allocationPlanSchema = z.strictObject({
  lookback: field(
    z.int().min(2).max(5000).default(504),
    'Days that a decision looks back on',
    'trading days',
  ),
  riskModel: choice('estimator', riskModels as unknown as Options, 'ledoit-wolf', 'Covariance of returns.'),
  forecast: choice('forecast', forecasters as unknown as Options, 'historical-mean', 'Expected returns.'),
  riskAversion: field(positive.default(3), 'Mean-variance trade-off', '1 / variance'),
  rebalancing: choice('trigger', triggers as unknown as Options, 'calendar', 'When it rebalances.'),
  horizon: field(
    count.nullable().default(null),
    'Days that forecasts reach; null: those between rebalancings',
    'trading days',
  ),
  slicing: choice('slicing', slicings as unknown as Options, 'immediate', 'How orders are spread over days.'),
  overlay: choices(
    'rule',
    overlays as unknown as Options,
    [],
    'Rules laid over every strategy, in this order.',
  ),
  costBps: field(nonNegative.max(1000).default(10), 'Cost of trading', 'basis points of what is traded'),
  cashRate: field(z.number().min(-0.1).max(1).default(0), 'What cash earns, and debt costs', 'per year'),
  tax: taxSchema.nullable().default(null).meta({ description: 'Tax on realised gains; null: none.' }),
  seed: field(index.default(1), 'Of resampling', 'integer'),
  replications: field(count.max(100_000).default(500), 'Resamples behind each interval', 'count'),
  strategies: field(
    z.partialRecord(z.enum(names), z.record(z.string(), z.unknown())).default({}),
    'Options of strategies, by name',
    'record',
  ),
});

/** A plan as read, and what it is of. */
export interface AllocationPlan {
  readonly plan: BackTestPlan;
  readonly strategies: readonly NamedStrategy[];
  readonly replications: number;
  readonly usesVolume: boolean;
}

export interface PlanSources {
  /** Path and text of a YAML plan. */
  readonly file?: { readonly name: string; readonly text: string } | undefined;
  /** What the flags say, as plan values. */
  readonly flags: object;
  readonly overrides: readonly string[];
}

/** Throws what is wrong, each with the place where it was said. */
function refuse(layers: readonly Layer[], problems: readonly Problem[]): void {
  if (problems.length > 0) throw usageError(...problems.map((problem) => describe(placed(layers, problem))));
}

/** Every file, flag and override, the most basic first. */
function layersOf({ file, flags, overrides }: PlanSources): Layer[] {
  const given = (value: object, place: string): Layer => ({
    value,
    locate: (path) => ({ place, depth: path[0] !== undefined && path[0] in value ? 1 : 0 }),
  });
  try {
    return [
      given({ rebalancing: { trigger: 'calendar', every: 126 } }, 'default'),
      ...(file === undefined ? [] : [yamlLayer(file.name, file.text)]),
      given(flags, 'options'),
      ...overrides.map((assignment) => overrideLayer(assignment, '--set')),
    ];
  } catch (error) {
    if (error instanceof ScenarioInvalid) throw usageError(...error.problems.map(describe));
    throw error;
  }
}

/** Values of a schema, or all that is wrong with them. */
function parsed<T>(schema: z.ZodType<T>, value: unknown, layers: readonly Layer[], at: readonly string[]): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const json = (): unknown => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const problems = result.error.issues.flatMap((issue) => explain(issue, value, json));
  refuse(
    layers,
    problems.map((problem) => ({ ...problem, path: [...at, ...problem.path] })),
  );
  throw result.error;
}

function chosenOf<T>(map: Named<T>, key: string, given: Named<unknown>): Chosen<T> {
  const { [key]: name, ...options } = given;
  return { entry: map[name as string]!, options };
}

function named(list: string): string[] {
  const known = Object.keys(strategies);
  const names = list === 'all' ? known : list.split(',').map((name) => name.trim());
  for (const name of names)
    if (!known.includes(name))
      throw usageError(
        `--strategy: "${name}" is not a strategy${suggestion(name, known)}`,
        `strategies: ${known.join(', ')}`,
      );
  const twice = names.find((name, i) => names.indexOf(name) < i);
  if (twice !== undefined) throw usageError(`--strategy: ${twice} is named twice`);
  return names;
}

const bonds = new Set(['government', 'credit', 'bond', 'bonds', 'fixed-income']);

/** What a strategy's options mean for these assets and this horizon, where the user has not said. */
const suited: Named<(assets: readonly AssetTags[], horizon: number) => object> = {
  'sixty-forty': (assets) => {
    const at = (is: (cls: string) => boolean): number[] =>
      assets.flatMap((asset, i) => (is(asset.class) ? [i] : []));
    const found = { equities: at((cls) => cls === 'equity'), bonds: at((cls) => bonds.has(cls)) };
    if (found.equities.length > 0 && found.bonds.length > 0) return found;
    throw usageError(
      'sixty-forty: needs to know which columns are equities and which are bonds',
      'give --assets with a class, or --set strategies.sixty-forty.equities=[0] and .bonds=[1] (positions from 0)',
    );
  },
  'volatility-target': (_, horizon) => ({ target: 0.1 * Math.sqrt(horizon / 252) }),
};

function strategyOf(
  name: string,
  given: Named<unknown>,
  assets: readonly AssetTags[],
  horizon: number,
  layers: readonly Layer[],
): NamedStrategy {
  const entry: Strategy = strategies[name as StrategyName];
  const told = Object.keys(given).some((key) => ['equities', 'bonds', 'target'].includes(key));
  const value = { ...(told ? {} : suited[name]?.(assets, horizon)), ...given };
  return { name, entry, options: parsed(entry.options, value, layers, ['strategies', name]) };
}

/** The plan that a file, flags and overrides say, for named strategies on known assets; what contradicts is refused. */
export function allocationPlan(
  list: string,
  sources: PlanSources,
  assets: readonly AssetTags[],
): AllocationPlan {
  const layers = layersOf(sources);
  const value = layers.reduce<unknown>((under, { value: over }) => merge(under, over, 1), {});
  const given = parsed(allocationPlanSchema, value, layers, []);
  const overlay = given.overlay.map((rule) => chosenOf<OverlayRule>(overlays, 'rule', rule));
  refuse(
    layers,
    overlay.flatMap(({ entry, options }, i) =>
      (entry.problems?.(options, assets) ?? []).map((p) => ({ ...p, path: ['overlay', i, ...p.path] })),
    ),
  );
  const horizon = given.horizon ?? (given.rebalancing['every'] as number | undefined) ?? 21;
  return {
    strategies: named(list).map((name) =>
      strategyOf(name, given.strategies[name as StrategyName] ?? {}, assets, horizon, layers),
    ),
    replications: given.replications,
    usesVolume: given.slicing.slicing === 'vwap',
    plan: {
      lookback: given.lookback,
      riskModel: chosenOf<CovarianceEstimator>(riskModels, 'estimator', given.riskModel),
      forecast: chosenOf<Forecaster>(forecasters, 'forecast', given.forecast),
      riskAversion: given.riskAversion,
      rebalancing: chosenOf<Trigger>(triggers, 'trigger', given.rebalancing),
      horizon,
      slicing: chosenOf<Slicing>(slicings, 'slicing', given.slicing),
      overlay,
      costBps: given.costBps,
      cashRate: given.cashRate,
      tax: given.tax,
      seed: given.seed,
    },
  };
}
