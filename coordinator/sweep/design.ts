import { z } from 'zod';
import type { Range, Value } from './axis.js';
import { levelDesigns, sampledDesigns } from './designs/index.js';
import { sobolDimensions } from './designs/sobol-sequence.js';

const value: z.ZodType<Value> = z.json();
const levels = z.array(value).min(1, 'needs at least one level');
const range = z
  .strictObject({
    from: z.number(),
    to: z.number(),
    scale: z.enum(['linear', 'log']).default('linear'),
    whole: z.boolean().default(false),
  })
  .refine((r) => r.to > r.from, { message: 'must be above from', path: ['to'] })
  .refine((r) => r.scale === 'linear' || r.from > 0, {
    message: 'must be positive on a log scale',
    path: ['from'],
  });

/** Fields that a sweep sets itself: the point never enters the seed, so points share their noise. */
const own: Readonly<Record<string, string>> = {
  seed: 'is set by the replication: the same at every point',
  name: 'is the sweep’s name',
  record: 'is set by the design’s own key "record"',
};

function refuseOwn(fields: Readonly<Record<string, unknown>>, context: z.core.$RefinementCtx): void {
  for (const path of Object.keys(fields))
    if (own[path] !== undefined) context.addIssue({ code: 'custom', path: [path], message: own[path] });
}

const overFields = <T extends z.ZodType>(entry: T) =>
  z
    .record(z.string(), entry)
    .refine((fields) => Object.keys(fields).length > 0, { message: 'names no field' })
    .superRefine(refuseOwn);

const common = {
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'must be lower-case letters, digits and dashes'),
  question: z.string().default(''),
  scenario: z.string(),
  replications: z.int().min(1).max(100_000).default(30),
  metrics: z.array(z.string()).min(1).optional(),
  record: z.enum(['minimal', 'standard', 'full']).default('minimal'),
  contrasts: z
    .record(
      z.string().min(1),
      z.record(
        z.string(),
        z.number().refine((w) => w !== 0, 'must not be 0'),
      ),
    )
    .refine((all) => Object.keys(all).length > 0, { message: 'names no contrast' })
    .superRefine((all, context) => {
      for (const [name, weights] of Object.entries(all))
        if (
          Math.abs(Object.values(weights).reduce((a, b) => a + b, 0)) > 1e-9 ||
          Object.keys(weights).length < 2
        )
          context.addIssue({ code: 'custom', path: [name], message: 'weights of points must add up to 0' });
    })
    .optional(),
};

const over = (names: readonly string[], entry: z.ZodType) =>
  z.strictObject({
    ...common,
    design: z.enum(names as [string, ...string[]]),
    over: overFields(entry),
  });

const levelled = over(Object.keys(levelDesigns), levels).superRefine((given, context) => {
  const lengths = new Set(Object.values(given.over as Record<string, unknown[]>).map((l) => l.length));
  if (given.design === 'zip' && lengths.size > 1)
    context.addIssue({ code: 'custom', path: ['over'], message: 'zip needs lists of one length' });
});

const dimensionsOf: Readonly<Record<string, number>> = { sobol: 1, saltelli: 2 };

const sampled = over(Object.keys(sampledDesigns), z.union([levels, range]))
  .extend({ count: z.int({ error: 'a sampled design needs a count, a whole number' }).min(1).max(1_000_000) })
  .superRefine((given, context) => {
    const most = Math.floor(sobolDimensions / (dimensionsOf[given.design] ?? Infinity)) || Infinity;
    if (Object.keys(given.over).length > most)
      context.addIssue({
        code: 'custom',
        path: ['over'],
        message: `${given.design} takes at most ${most} fields`,
      });
  });

/** A row may set nothing, and may have a label of its own. */
const row = z.object({ label: z.string().optional() }).catchall(value).superRefine(refuseOwn);

const tabled = z.strictObject({
  ...common,
  design: z.literal('table'),
  table: z.array(row).min(1, 'has no rows'),
});

/** What a sweep's YAML file says. */
export const designSchema = z.discriminatedUnion('design', [levelled, sampled, tabled]);

interface Common {
  readonly name: string;
  readonly question: string;
  readonly scenario: string;
  readonly replications: number;
  readonly metrics?: readonly string[] | undefined;
  readonly record: 'minimal' | 'standard' | 'full';
  /** What is compared, by name: weights of points by label, which add up to 0. */
  readonly contrasts?: Readonly<Record<string, Readonly<Record<string, number>>>> | undefined;
}

export type Design = Common &
  (
    | { readonly design: 'table'; readonly table: readonly Readonly<Record<string, Value>>[] }
    | {
        readonly design: keyof typeof levelDesigns | keyof typeof sampledDesigns;
        readonly over: Readonly<Record<string, readonly Value[] | Range>>;
        readonly count?: number;
      }
  );
