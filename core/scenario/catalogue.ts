import { z } from 'zod';
import type { Scenario } from '../scenario.js';
import { field } from './field.js';
import type { Problem } from './problem.js';

/** What an extension tells the scenario's schema: what it is, what it takes, and what contradicts it. */
export interface Extension {
  readonly summary: string;
  readonly options: z.ZodObject;
  /** Problems of its options in this scenario; paths are relative to the entry. */
  readonly check?: (chosen: Readonly<Record<string, unknown>>, scenario: Scenario) => Problem[];
}

/** What the scenario must know of an architecture beside its options. */
export interface ArchitectureExtension extends Extension {
  readonly federates: 'average' | 'vote' | 'bagging' | 'none';
  readonly learns: 'by gradient' | 'by refitting';
}

/** The entries of an extension map, by name. */
export type Options = Readonly<Record<string, Extension>>;

/** What a scenario may name: the extension maps that the folders export, gathered by the command line. */
export interface Catalogue {
  readonly mechanisms: Options;
  readonly architectures: Readonly<Record<string, ArchitectureExtension>>;
  readonly strategies: Options;
  readonly aggregations: Options;
  readonly mandates: Options;
  readonly interventions: Options;
  readonly exposures: Options;
}

type Branch = z.ZodObject<Record<string, z.ZodType>, z.core.$strict>;

/** One branch per entry: `{ <key>: <name>, ...that entry's options }`. */
function branches(key: string, entries: Options): [Branch, ...Branch[]] {
  const made = Object.entries(entries).map(
    ([name, entry]) =>
      z
        .strictObject({
          [key]: field(z.literal(name), entry.summary, 'name'),
          ...(entry.options.shape as Record<string, z.ZodType>),
        })
        .meta({ description: entry.summary }) as unknown as Branch,
  );
  return made as [Branch, ...Branch[]];
}

/** A named entry of an extension map with its options as given; code that runs it knows their type. */
export type Chosen<Key extends string> = { readonly [K in Key]: string } & Readonly<Record<string, unknown>>;

/** An entry chosen by `key`, with its options beside it; leaving it out chooses `otherwise`. */
export const choice = <Key extends string>(
  key: Key,
  entries: Options,
  otherwise: string,
  description: string,
) =>
  z
    .discriminatedUnion(key, branches(key, entries))
    .prefault({ [key]: otherwise } as never)
    .meta({ description }) as unknown as z.ZodType<Chosen<Key>>;

/** A list of such entries. */
export const choices = <Key extends string>(
  key: Key,
  entries: Options,
  otherwise: readonly { readonly [K in Key]: string }[],
  description: string,
) =>
  z
    .array(z.discriminatedUnion(key, branches(key, entries)))
    .prefault(otherwise as never)
    .meta({ description, unit: 'list' }) as unknown as z.ZodType<Chosen<Key>[]>;
