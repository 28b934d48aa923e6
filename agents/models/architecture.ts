import type { z } from 'zod';
import type { Problem } from '../../core/scenario/problem.js';
import type { Scenario } from '../../core/scenario.js';
import type { Cohort } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';
import { lookbackOf } from './lookback.js';

/** What an institution sees of one asset on one day, and of how many. */
export interface DayShape {
  /** Numbers per asset and day. */
  readonly features: number;
  readonly assets: number;
}

/** What a model reads of one asset. */
export interface InputShape extends DayShape {
  /** Days in a row, oldest first; 1 where the architecture has no memory. */
  readonly window: number;
}

/** What an architecture had to load: how the run's manifest names it, what tells it from others, and whatever its
 * cohorts are made from. */
export interface Loaded {
  readonly title: string;
  readonly sha256: string;
  /** What to know of it before a run, though it may be run. */
  readonly note?: string;
}

/** A model's family, as a scenario names it. */
export interface Architecture<Options = never> {
  readonly summary: string;
  readonly source: string;
  readonly interpretability: 'white-box' | 'black-box';
  /** How its uncertainty is stated. */
  readonly uncertainty: string;
  /** How a federation combines it. */
  readonly federates: 'average' | 'vote' | 'bagging' | 'none';
  /** How it learns: from the error of a forecast by gradient or by refitting, or from what its own positions earn. */
  readonly learns: 'by gradient' | 'by refitting' | 'by reward';
  /** Whether its forecast of the mean is a fixed one, so that nobody can teach it another. */
  readonly isMeanFixed?: boolean;
  /** Whether its parts have a loss each, so that no one loss has the gradient that it descends. */
  readonly trainsApart?: boolean;
  /** Whether something else than the engine computes it. */
  readonly isForeign?: boolean;
  /** Strict schema of its options, every field with a default. */
  readonly options: z.ZodType<Options>;
  /** What contradicts its options in a scenario; paths are relative to the entry. */
  readonly check?: (chosen: Readonly<Record<string, unknown>>, scenario: Scenario) => Problem[];
  /** Reads what the architecture needs from elsewhere, before any cohort is made. */
  readonly load?: (options: Options) => Promise<Loaded>;
  /** A cohort of `size` agents. A row is as many days of `features` numbers as it looks back, oldest day first. */
  readonly create: (
    shape: DayShape,
    options: Options,
    size: number,
    engine?: Engine,
    loaded?: Loaded,
  ) => Cohort;
}

interface Definition<Options> extends Omit<Architecture<Options>, 'create'> {
  readonly create: (
    shape: InputShape,
    options: Options,
    size: number,
    engine?: Engine,
    loaded?: Loaded,
  ) => Cohort;
}

/** Gives an architecture its types where it is defined and forgets them where architectures are listed. */
export function architecture<Options>(definition: Definition<Options>): Architecture {
  const create: Architecture<Options>['create'] = (shape, options, size, engine, loaded) =>
    definition.create({ ...shape, window: lookbackOf(options as object) }, options, size, engine, loaded);
  return { ...definition, create } as unknown as Architecture;
}
