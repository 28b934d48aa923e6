import type { z } from 'zod';
import type { Cohort } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';

/** What an institution sees of one asset on one day, and of how many. */
export interface InputShape {
  /** Numbers per asset and day. */
  readonly features: number;
  readonly assets: number;
  /** Days in a row, oldest first; 1 where the architecture has no memory. */
  readonly window: number;
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
  /** Strict schema of its options, every field with a default. */
  readonly options: z.ZodType<Options>;
  /** A cohort of `size` agents. A row is `window` days of `features` numbers, oldest day first. */
  readonly create: (shape: InputShape, options: Options, size: number, engine?: Engine) => Cohort;
}

/** Gives an architecture its types where it is defined and forgets them where architectures are listed. */
export function architecture<Options>(definition: Architecture<Options>): Architecture {
  return definition as unknown as Architecture;
}
