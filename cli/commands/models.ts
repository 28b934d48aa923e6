import type { CommandModule } from 'yargs';
import { openEngine } from '../../agents/learning/engine.js';
import { architectures, type ArchitectureName, type DayShape } from '../../agents/models/index.js';
import { featureLayout } from '../../agents/features.js';
import { lookbackOf } from '../../agents/models/lookback.js';
import { sourceNames } from '../../market/signals.js';
import { scenarioSchema, withDerivedDefaults } from '../../core/scenario.js';
import { catalogue } from '../catalogue.js';
import type { Globals } from '../globals.js';

/** What is said of one architecture, with its default options in the default scenario. */
export interface ModelCard {
  readonly name: string;
  readonly summary: string;
  readonly parameters: number;
  readonly lookbackDays: number;
  readonly flopsPerForecast: number;
  readonly flopsPerTrainingStep: number;
  readonly interpretability: string;
  readonly uncertainty: string;
  readonly federates: string;
  readonly learns: string;
  readonly source: string;
}

function cardOf(name: ArchitectureName, shape: DayShape, batchSize: number): ModelCard {
  const { summary, source, interpretability, uncertainty, federates, learns, options, create } =
    architectures[name];
  const defaults = options.parse({});
  const cohort = create(shape, defaults, 1, openEngine());
  return {
    name,
    summary,
    parameters: cohort.parameterCount,
    lookbackDays: lookbackOf(defaults),
    flopsPerForecast: cohort.flopsPerForecast,
    flopsPerTrainingStep: cohort.flopsPerTrainingStep(batchSize),
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
  const { width } = featureLayout(sourceNames(scenario));
  const shape = { features: width, assets: scenario.assets.length };
  const names = Object.keys(architectures) as ArchitectureName[];
  return names.map((name) => cardOf(name, shape, scenario.learning.batchSize));
}

const text = (card: ModelCard): string =>
  [
    `${card.name}: ${card.summary}`,
    `  ${card.parameters} parameters, looks back ${card.lookbackDays} days, ${card.interpretability}, learns ${card.learns}, federates by ${card.federates}`,
    `  ${card.flopsPerForecast} FLOPs a forecast, ${card.flopsPerTrainingStep} a training step`,
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
export const modelsCommand: CommandModule<object, Globals> = {
  command: 'models',
  describe: 'List the architectures: parameters, FLOPs, interpretability, uncertainty, paper',
  handler: models,
};
