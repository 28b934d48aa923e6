import { openEngine } from '../../agents/learning/engine.js';
import { architectures, type ArchitectureName, type DayShape } from '../../agents/models/index.js';
import { featureLayout } from '../../agents/features.js';
import { lookbackOf } from '../../agents/models/lookback.js';
import { readNames } from '../../coordinator/disclosure.js';
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
  readonly flopsPerTrainingStep: number | null;
  readonly interpretability: string;
  readonly uncertainty: string;
  readonly federates: string;
  readonly learns: string;
  readonly source: string;
}

function cardOf(name: ArchitectureName, shape: DayShape, batchSize: number): ModelCard {
  const { summary, source, interpretability, uncertainty, federates, learns, options, create, load } =
    architectures[name];
  const defaults = options.parse({});
  const cohort = load ? undefined : create(shape, defaults, 1, openEngine());
  return {
    name,
    summary,
    parameters: cohort?.parameterCount ?? null,
    lookbackDays: lookbackOf(defaults),
    flopsPerForecast: cohort?.flopsPerForecast ?? null,
    flopsPerTrainingStep: cohort?.flopsPerTrainingStep(batchSize) ?? null,
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
  const names = Object.keys(architectures) as ArchitectureName[];
  return names.map((name) => cardOf(name, shape, scenario.learning.batchSize));
}

const costs = ({ parameters, flopsPerForecast, flopsPerTrainingStep }: ModelCard): string =>
  parameters === null
    ? 'parameters and FLOPs are those of the model that is brought'
    : `${parameters} parameters, ${flopsPerForecast} FLOPs a forecast, ${flopsPerTrainingStep} a training step`;

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
