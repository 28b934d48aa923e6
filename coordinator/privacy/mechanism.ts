import { z } from 'zod';
import type { ExtensionProblem } from '../../core/scenario/catalogue.js';
import type { Scenario } from '../../core/scenario.js';
import { field } from '../../core/scenario/field.js';
import { defaultOrders, guarantee, spending } from '../../core/privacy/accountant.js';

/** How much noise hides one institution. */
export interface Noise {
  /** Standard deviation of the noise on the sum of updates, over the bound on their length. */
  readonly updates: number;
  /** Standard deviation of the noise on the number of updates within the bound; undefined: nobody is asked. */
  readonly count?: number;
}

/** What hides each example in what an institution learns: bound, noise and budget. */
export interface ExamplePrivacy {
  readonly clip: number;
  readonly noiseMultiplier: number;
  readonly epsilon: number;
  readonly delta: number;
}

/** What hides each institution in what its federation makes of updates, or each example in what an institution learns. */
export interface Privacy {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  /** How institutions train, where examples are hidden in that. */
  readonly training?: (options: ExamplePrivacy) => ExamplePrivacy;
  /** The noise that its options come to; undefined: no update is changed. */
  readonly noise?: (options: PrivacyOptions) => Noise;
  /** The next bound on updates, from the noised share of those within it. */
  readonly nextClip?: (clip: number, shareWithin: number, options: PrivacyOptions) => number;
  readonly check?: (chosen: Readonly<Record<string, unknown>>, scenario: Scenario) => ExtensionProblem[];
}

const positive = z.number().gt(0);

/** Options that every mechanism has. */
const common = {
  clip: field(
    positive.default(1),
    'Bound on the length of an update, or the first of them',
    'length in parameter space',
  ),
  noiseMultiplier: field(
    positive.max(1e6).default(1),
    'Standard deviation of the noise on the sum of updates over the bound: z',
    'ratio',
  ),
  noise: field(
    z.enum(['coordinator', 'institutions']).default('coordinator'),
    'Who adds the noise: the coordinator to the sum, or each institution its part to its own update',
    'name',
  ),
  epsilon: field(
    positive.default(8),
    'Budget ε of every institution: a round that would break it does without it',
    'epsilon',
  ),
  delta: field(z.number().gt(0).lt(1).default(1e-5), 'The δ at which ε is reckoned', 'probability'),
};

export type PrivacyOptions = z.output<z.ZodObject<typeof common>> & Readonly<Record<string, unknown>>;

/** A budget that a single round breaks is none. */
function budgetProblems(
  { noiseMultiplier, epsilon, delta }: PrivacyOptions,
  sampleRate: number,
): ExtensionProblem[] {
  const one = spending(defaultOrders, { noiseMultiplier, sampleRate, rounds: 1 });
  const { epsilon: cost } = guarantee(defaultOrders, one, delta);
  return cost <= epsilon
    ? []
    : [
        {
          path: ['epsilon'],
          message: `${epsilon} does not pay for one round, which costs ${cost.toFixed(2)}`,
        },
      ];
}

type OptionsOf<Shape extends z.core.$ZodLooseShape> = z.output<
  z.ZodObject<typeof common & Shape, z.core.$strict>
>;

/** Gives a mechanism its types where it is defined, and the options that all have. */
export const privacy = <Shape extends z.core.$ZodLooseShape>(definition: {
  readonly summary: string;
  readonly source: string;
  readonly options: Shape;
  readonly noise: (options: OptionsOf<Shape>) => Noise;
  readonly nextClip?: (clip: number, shareWithin: number, options: OptionsOf<Shape>) => number;
  readonly check?: (options: OptionsOf<Shape>) => ExtensionProblem[];
}): Privacy => {
  const check: Privacy['check'] = (chosen, { federation }) => [
    ...(definition.check?.(chosen as OptionsOf<Shape>) ?? []),
    ...budgetProblems(chosen as PrivacyOptions, federation.participation.askedShare),
  ];
  const options = z.strictObject({ ...common, ...definition.options });
  return { ...definition, options, check } as unknown as Privacy;
};
