import { openEngine } from '../../agents/learning/engine.js';
import { architectures, type ArchitectureName, type DayShape } from '../../agents/models/index.js';
import { featureLayout } from '../../agents/features.js';
import { lookbackOf } from '../../agents/models/lookback.js';
import { readNames } from '../../core/scenario/read-names.js';
import { scenarioSchema, withDerivedDefaults } from '../../core/scenario.js';
import { catalogue } from '../catalogue.js';
import type { Command } from '../command.js';
import type { Globals } from '../globals.js';

/** What is said of one architecture, with its default options in the default scenario. */
export interface ModelCard {
  readonly name: string;
  readonly summary: string;
  /** Null where they are those of a model that the user brings. */
  readonly parameters: number | null;
  readonly lookbackDays: number;
  readonly flopsPerForecast: number | null;
  /** Null where nothing is learned step by step. */
  readonly flopsPerTrainingStep: number | null;
  /** Of a refit to as many samples as the default scenario keeps; null where there are none. */
  readonly flopsPerRefit: number | null;
  /** Whether that is the most that it may be, for the samples decide; null where there is no refit. */
  readonly isRefitAtMost: boolean | null;
  readonly interpretability: string;
  readonly uncertainty: string;
  readonly federates: string;
  readonly learns: string;
  readonly source: string;
}

/** How much an architecture is trained on: samples a step, or all of them. */
interface Diet {
  readonly batchSize: number;
  readonly samples: number;
}

function cardOf(name: ArchitectureName, shape: DayShape, { batchSize, samples }: Diet): ModelCard {
  const { summary, source, interpretability, uncertainty, federates, learns, options, create, load } =
    architectures[name];
  const defaults = options.parse({});
  const cohort = load ? undefined : create(shape, defaults, 1, openEngine());
  const refit = cohort?.refit;
  return {
    name,
    summary,
    parameters: cohort?.parameterCount ?? null,
    lookbackDays: lookbackOf(defaults),
    flopsPerForecast: cohort?.flopsPerForecast ?? null,
    flopsPerTrainingStep: (refit ? undefined : cohort?.flopsPerTrainingStep(batchSize)) ?? null,
    flopsPerRefit: refit ? refit.flops + samples * refit.flopsPerRow : null,
    isRefitAtMost: refit ? refit.isMost === true : null,
    interpretability,
    uncertainty,
    federates,
    learns,
    source,
  };
}

/** Every architecture that a scenario may name. */
export function modelCards(): ModelCard[] {
  const scenario = withDerivedDefaults(scenarioSchema(catalogue).parse({ name: 'models' }));
  const { width } = featureLayout(readNames(scenario));
  const shape = { features: width, assets: scenario.assets.length };
  const { batchSize, window } = scenario.learning;
  const diet = { batchSize, samples: window * shape.assets };
  return (Object.keys(architectures) as ArchitectureName[]).map((name) => cardOf(name, shape, diet));
}

/** What training costs, in words. */
export const trainingCosts = ({ flopsPerTrainingStep, flopsPerRefit, isRefitAtMost }: ModelCard): string =>
  flopsPerRefit === null
    ? `${flopsPerTrainingStep} a training step`
    : `${isRefitAtMost ? 'at most ' : ''}${flopsPerRefit} a refit`;

const costs = (card: ModelCard): string =>
  card.parameters === null
    ? 'parameters and FLOPs are those of the model that is brought'
    : `${card.parameters} parameters, ${card.flopsPerForecast} FLOPs a forecast, ${trainingCosts(card)}`;

const text = (card: ModelCard): string =>
  [
    `${card.name}: ${card.summary}`,
    `  ${costs(card)}`,
    `  looks back ${card.lookbackDays} days, ${card.interpretability}, learns ${card.learns}, federates by ${card.federates}`,
    `  uncertainty: ${card.uncertainty}`,
    `  ${card.source}`,
  ].join('\n');

function models({ format }: Globals): void {
  const cards = modelCards();
  const printed = {
    json: () => JSON.stringify(cards, null, 2),
    text: () => cards.map(text).join('\n\n'),
  };
  process.stdout.write(`${printed[format]()}\n`);
}

/** `herdscope models`: the architectures a scenario may name, with what they cost and what they say of themselves. */
export const modelsCommand: Command<Globals> = {
  handler: models,
};
