import type { Brief } from '../core/protocol.js';
import type { Cohort, ForecastResult } from './learning/cohort.js';
import type { Lesson, Pupil } from './lesson.js';
import { longestLookback } from './models/lookback.js';
import { regimes, type RegimeName } from './regimes/index.js';
import type { Premises, Reading, Regime, Session } from './regimes/regime.js';
import { school, type Schooled } from './school.js';

/** A regime as a host has opened it. */
export interface OpenRegime {
  readonly name: string;
  readonly regime: Regime<unknown, unknown>;
  readonly options: unknown;
  readonly assistant: Cohort | undefined;
}

/** What a learner's regimes remember, by name. */
export type Keepsakes = Readonly<Record<string, unknown>>;

interface Chosen {
  readonly name: string;
  readonly regime: Regime<unknown, unknown>;
  readonly options: unknown;
}

/** The scenario's regimes in the order of the map, whatever order they are listed in. */
function chosenRegimes({ learning }: Brief): Chosen[] {
  return (Object.keys(regimes) as RegimeName[]).flatMap((name) => {
    const entry = learning.regimes.find((listed) => listed.name === name);
    if (!entry) return [];
    const options = Object.fromEntries(Object.entries(entry).filter(([key]) => key !== 'name'));
    return [{ name, regime: regimes[name] as unknown as Regime<unknown, unknown>, options }];
  });
}

/** Days that anything here looks back: architectures, and what helps to train them. */
export const longestRead = (brief: Brief): number =>
  chosenRegimes(brief).reduce(
    (longest, { regime, options }) => Math.max(longest, regime.lookback?.(options) ?? 1),
    longestLookback(brief.architectures),
  );

export const openRegimes = (brief: Brief, premises: Premises): OpenRegime[] =>
  chosenRegimes(brief).map((chosen) => ({
    ...chosen,
    assistant: chosen.regime.assistant?.(chosen.options, premises),
  }));

/** What a lesson under all regimes gave. */
export interface Taught {
  readonly schooled: Schooled;
  readonly keepsakes: Keepsakes;
  readonly readings: readonly Reading[];
}

/** Holds a lesson under all regimes: each prepares it, it is held, each looks at what came of it.
 * Throws NonFinite with the pupil's model as it was. */
export function teach(pupil: Pupil, given: Lesson, opened: readonly OpenRegime[], before: Keepsakes): Taught {
  const sessionOf = ({ options, assistant }: OpenRegime, memory: unknown): Session<unknown, unknown> => ({
    options,
    assistant,
    pupil,
    memory,
  });
  const keepsakes: Record<string, unknown> = { ...before };
  const lesson = opened.reduce((under, open) => {
    const prepared = open.regime.prepare?.(sessionOf(open, keepsakes[open.name]), under);
    if (!prepared) return under;
    keepsakes[open.name] = prepared.memory;
    return prepared.lesson;
  }, given);
  const schooled = school(pupil, lesson);
  const readings = opened.flatMap((open) => {
    const concluded = open.regime.conclude?.(sessionOf(open, keepsakes[open.name]), lesson, schooled);
    if (!concluded) return [];
    keepsakes[open.name] = concluded.memory;
    return concluded.readings;
  });
  return { schooled, keepsakes, readings };
}

/** A forecast by the model as it is deployed, which regimes may make another than the one that trains. */
export function forecastDeployed(
  opened: readonly OpenRegime[],
  cohort: Cohort,
  slot: number,
  inputs: Float32Array,
  rows: number,
): ForecastResult {
  const deployed = opened.filter(({ regime }) => regime.deploy);
  if (deployed.length === 0) return cohort.forecast(slot, inputs, rows);
  const learned = cohort.parameters(slot);
  const changed = deployed.reduce((w, { regime }) => regime.deploy!(cohort.tensors!, w), learned);
  cohort.setParameters(slot, changed);
  try {
    return cohort.forecast(slot, inputs, rows);
  } finally {
    cohort.setParameters(slot, learned);
  }
}
