import type { z } from 'zod';
import type { Needs } from '../../core/scenario/catalogue.js';

/** What an institution keeps to itself of what it learns, beside mixing. */
export interface Personalisation<Options = never> {
  readonly summary: string;
  readonly source: string;
  readonly needs: Needs;
  readonly options: z.ZodType<Options>;
  /** How many tensors at the end of the model never leave, nor are replaced. */
  readonly keeps?: (options: Options) => number;
  /** Weight of the pull of the model in use towards the federation's, where another copy is trained for that. */
  readonly pull?: (options: Options) => number;
}

/** Gives a method its types where it is defined and forgets them where methods are listed. */
export const personalisation = <Options>(definition: Personalisation<Options>): Personalisation =>
  definition as unknown as Personalisation;
