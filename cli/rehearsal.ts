import { featureLayout } from '../agents/features.js';
import type { Cohort, PenaltyTerm, TrainingRequest } from '../agents/learning/cohort.js';
import { openEngine } from '../agents/learning/engine.js';
import { NonFinite } from '../agents/learning/non-finite.js';
import { penalties as known, type Penalties } from '../agents/learning/penalties.js';
import { lookbackOf } from '../agents/models/lookback.js';
import { architectures, type Architecture, type DayShape } from '../agents/models/index.js';
import { pullOf } from '../agents/personalisation/index.js';
import { regimes, type RegimeName } from '../agents/regimes/index.js';
import type { Regime } from '../agents/regimes/regime.js';
import { exchangeOf, rulePenalties } from '../coordinator/federations.js';
import { mandatedPenalties } from '../coordinator/mandates/standing.js';
import { examplePrivacyOf } from '../coordinator/privacy/chosen.js';
import { stream } from '../core/random.js';
import { readNames } from '../core/scenario/read-names.js';
import type { Scenario } from '../core/scenario.js';

type Chosen = Scenario['learning']['architectures'][number];

/** What the size of a program depends on, beside the model's own sizes. */
export interface Load {
  readonly batchSize: number;
  /** Public probes that the loss reads. */
  readonly probes: number;
}

export const shapeOf = (scenario: Scenario): DayShape => ({
  features: featureLayout(readNames(scenario)).width,
  assets: scenario.assets.length,
});

const named = ({ name }: Chosen): Architecture => architectures[name as keyof typeof architectures];

const listed = ({ learning }: Scenario, name: RegimeName): boolean =>
  learning.regimes.some((one) => one.name === name);

/** Two days of zeros. */
const zeros = ({ assets }: Scenario, isTaught: boolean): TrainingRequest['samples'] => {
  const count = 2 * assets.length;
  return { count, gather: () => 0, ...(isTaught && { taught: new Float32Array(count) }) };
};

/** Trains at a rate of 0; zeros have no deviation, which some goals divide by. */
function train(cohort: Cohort, request: Omit<TrainingRequest, 'learningRate' | 'stream'>): void {
  const draws = stream({ seed: 0, purpose: 'rehearsal' });
  try {
    cohort.train(0, { ...request, learningRate: 0, stream: draws });
  } catch (error) {
    if (!(error instanceof NonFinite)) throw error;
  }
}

/** Weights of everything that is added to the loss in an ordinary step. */
function weightsOf(scenario: Scenario): Record<string, number> {
  const pull = pullOf(scenario.federation);
  return {
    ...mandatedPenalties(scenario),
    ...rulePenalties(scenario),
    ...(pull !== undefined && { proximal: pull }),
    ...(listed(scenario, 'elastic-weight-consolidation') && { 'elastic-weight-consolidation': 1 }),
  };
}

/** Penalties with zeros in all that they read. */
function termsOf(
  weights: Readonly<Record<string, number>>,
  { parameterCount, rowsPerSample }: Cohort,
  rowWidth: number,
  probes: number,
): Record<string, PenaltyTerm> {
  const rows = Math.ceil(probes / rowsPerSample) * rowsPerSample;
  const lengths: Readonly<Record<string, number>> = { probes: rows * rowWidth, forecasts: rows };
  const inputsOf = (name: string) =>
    ((known as Penalties)[name]?.inputs ?? []).map(
      (key) => [key, new Float32Array(lengths[key] ?? parameterCount)] as const,
    );
  return Object.fromEntries(
    Object.entries(weights)
      .filter(([, weight]) => weight !== 0)
      .map(([name, weight]) => [name, { weight, inputs: Object.fromEntries(inputsOf(name)) }]),
  );
}

/** Whether slopes of forecasts are read apart from training: by control variates, consolidation, attacks on inputs. */
const readsSlopes = (scenario: Scenario, { control = 0 }: Readonly<Record<string, number>>): boolean =>
  control !== 0 || listed(scenario, 'elastic-weight-consolidation') || listed(scenario, 'adversarial');

/** Slopes of one sample's forecasts. */
const pullBackOnce = ({ pullBack, rowsPerSample }: Cohort, rowWidth: number): void =>
  void pullBack?.(0, new Float32Array(rowsPerSample * rowWidth), new Float32Array(rowsPerSample));

/** Makes one mind of an architecture and makes every program that the scenario will run it by, with room for each.
 * @throws {Misbuilt} where one of them is too large for the engine */
export function rehearse(chosen: Chosen, scenario: Scenario, { batchSize, probes }: Load): void {
  const shape = shapeOf(scenario);
  const cohort = named(chosen).create(shape, chosen as never, 1);
  if (cohort.refit) return;
  const rowWidth = shape.features * lookbackOf(chosen);
  const weights = weightsOf(scenario);
  const hidden = examplePrivacyOf(scenario);
  const privacy = hidden && { privacy: { ...hidden, noise: stream({ seed: 0, purpose: 'rehearsal' }) } };
  // Where minibatches are drawn, a program is made and has its room before the first step.
  const steps = hidden || named(chosen).learns === 'by reward' ? 1 : 0;
  const samples = zeros(scenario, listed(scenario, 'distillation'));
  const request = { samples, batchSize, steps, ...privacy };
  const adversary = listed(scenario, 'adversarial') && { adversary: { radius: 1, share: 0.5 } };
  const terms = (more: Readonly<Record<string, number>> = {}) => ({
    penalties: termsOf({ ...weights, ...more }, cohort, rowWidth, probes),
  });
  // Every host counts what a step costs by its program, also where training takes example by example.
  cohort.flopsPerTrainingStep(batchSize);
  train(cohort, { ...request, ...adversary, ...terms() });
  if (exchangeOf(scenario).of === 'forecasts') train(cohort, { ...request, ...terms({ consensus: 1 }) });
  if (readsSlopes(scenario, weights)) pullBackOnce(cohort, rowWidth);
}

/** The same for a model that a regime needs beside the pupils' own.
 * @throws {Misbuilt} where one of them is too large for the engine */
export function rehearseAssistant(
  entry: Scenario['learning']['regimes'][number],
  scenario: Scenario,
  { batchSize }: Load,
): void {
  const regime = regimes[entry.name as RegimeName] as unknown as Regime<unknown, unknown>;
  const assistant = regime.assistant?.(entry, { shape: shapeOf(scenario), engine: openEngine() });
  const penalties = { l2: { weight: 1 } };
  if (assistant) train(assistant, { samples: zeros(scenario, false), steps: 0, batchSize, penalties });
}
