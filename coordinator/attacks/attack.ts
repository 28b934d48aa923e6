import { z } from 'zod';
import { field, unitInterval } from '../../core/scenario/field.js';
import type { Stream } from '../../core/random.js';
import type { Contribution } from '../round/contribution.js';

/** What those who attack a federation together know in a round. */
export interface Conspiracy {
  /** Their own updates as they trained them, in order of institution id. */
  readonly own: readonly Contribution[];
  /** The updates of all in the federation, theirs among them. */
  readonly all: readonly Contribution[];
  /** Draws of this attack, federation and round. */
  readonly stream: Stream;
}

/** What institutions do that mean a federation harm. */
export interface Attack {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  /** Whether they train on targets with their sign turned. */
  readonly turnsLabels: boolean;
  /** What each of them sends in place of what it trained, in their order; absent: that itself. */
  readonly send?: (conspiracy: Conspiracy, options: never) => Float32Array[];
}

const round = z.int().min(1).max(1_000_000);

/** Who attacks, and when: options that every attack has. */
const common = {
  share: field(
    unitInterval.gt(0).nullable().default(null),
    'Share of the institutions that attack, drawn by lot; null: those named.',
    'share of count',
  ),
  institutions: field(z.array(z.string()).default([]), 'Who attacks, by name, in place of a share.', 'ids'),
  from: field(round.default(1), 'First round of the attack.', 'round'),
  to: field(round.nullable().default(null), 'Last round of the attack; null: the last of the run.', 'round'),
};

type OptionsOf<Shape extends z.core.$ZodLooseShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

/** Gives an attack its types where it is defined, and the options that all have. */
export const attack = <Shape extends z.core.$ZodLooseShape>(definition: {
  readonly summary: string;
  readonly source: string;
  readonly options: Shape;
  readonly turnsLabels: boolean;
  readonly send?: (conspiracy: Conspiracy, options: OptionsOf<Shape>) => Float32Array[];
}): Attack => ({ ...definition, options: z.strictObject({ ...common, ...definition.options }) });

/** An attack as a scenario has it. */
export interface Attacking {
  readonly kind: string;
  readonly share: number | null;
  readonly institutions: readonly string[];
  readonly from: number;
  readonly to: number | null;
}
