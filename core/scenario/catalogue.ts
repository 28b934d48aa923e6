import { z } from 'zod';
import type { Scenario } from '../scenario.js';
import { field } from './field.js';
import type { Problem } from './problem.js';

/** What an extension tells the scenario's schema: what it is, what it takes, and what contradicts it. */
export interface Extension {
  readonly summary: string;
  readonly options: z.ZodObject;
  /** Problems of its options in this scenario; paths are relative to the entry. */
  readonly check?: (chosen: Readonly<Record<string, unknown>>, scenario: Scenario) => ExtensionProblem[];
  /** What to know of it before a run of this scenario, though it may be run. */
  readonly notes?: (chosen: Readonly<Record<string, unknown>>, scenario: Scenario) => readonly string[];
  /** Why it cannot stand in one list with another entry, where it cannot. */
  readonly contradicts?: (
    chosen: Readonly<Record<string, unknown>>,
    other: Readonly<Record<string, unknown>>,
    scenario: Scenario,
  ) => string | undefined;
}

/** A problem inside an entry; `beside` is what it contradicts there. */
export interface ExtensionProblem extends Problem {
  readonly beside?: Problem['path'];
}

/** What the scenario must know of an architecture beside its options. */
export interface ArchitectureExtension extends Extension {
  readonly federates: 'average' | 'vote' | 'bagging' | 'none';
  readonly learns: 'by gradient' | 'by refitting' | 'by reward';
  /** Whether its forecast of the mean is a fixed one. */
  readonly isMeanFixed?: boolean;
  /** Whether its parts have a loss each. */
  readonly trainsApart?: boolean;
  /** Whether something else than the engine computes it. */
  readonly isForeign?: boolean;
}

/** What acts on local training asks of architectures: that penalties act on them, that penalties on forecasts do, or that
 * one loss has their gradient. */
export type Needs = 'nothing' | 'penalties' | 'forecasts' | 'gradient';

/** An extension that acts on local training. */
export interface TrainingExtension extends Extension {
  readonly needs: Needs;
}

/** What the scenario must know of an aggregation rule beside its options. */
export interface AggregationExtension extends TrainingExtension {
  /** Whether the coordinator must see each update in the clear. */
  readonly needsIndividualUpdates: boolean;
  /** There where institutions exchange forecasts of public probes in place of parameters. */
  readonly digest?: unknown;
  /** What it asks for beside updates. */
  readonly extras: readonly string[];
}

/** What the scenario must know of a way of privacy beside its options: that it has noise on updates, or is in training. */
export interface PrivacyExtension extends Extension {
  readonly training?: unknown;
  readonly noise?: unknown;
}

/** What the scenario must know of a way to keep updates from the coordinator: whether it sees sums only. */
export interface SecureExtension extends Extension {
  readonly sums: boolean;
}

/** What the scenario must know of an attack beside its options. */
export interface AttackExtension extends Extension {
  readonly turnsLabels: boolean;
  /** There where it changes updates themselves. */
  readonly send?: unknown;
}

/** What the scenario must know of a channel of contagion: what it travels through, which no other may. */
export interface ChannelExtension extends Extension {
  readonly through: string;
}

/** What the scenario must know of a training regime beside its options. */
export interface RegimeExtension extends Extension {
  /** What it asks of an architecture. */
  readonly needs: 'gradient' | 'learned mean' | 'nothing';
  /** Whether what it changes of training is within the gradient of each example, or reads none. */
  readonly isByExample?: boolean;
}

/** The entries of an extension map, by name. */
export type Options = Readonly<Record<string, Extension>>;

/** What a scenario may name: the extension maps that the folders export, gathered by the command line. */
export interface Catalogue {
  readonly mechanisms: Options;
  readonly architectures: Readonly<Record<string, ArchitectureExtension>>;
  readonly regimes: Readonly<Record<string, RegimeExtension>>;
  readonly strategies: Options;
  readonly riskModels: Options;
  readonly overlays: Options;
  readonly triggers: Options;
  readonly executions: Options;
  readonly integrations: Options;
  readonly aggregations: Readonly<Record<string, AggregationExtension>>;
  readonly personalisations: Readonly<Record<string, TrainingExtension>>;
  readonly privacies: Readonly<Record<string, PrivacyExtension>>;
  readonly secureAggregations: Readonly<Record<string, SecureExtension>>;
  readonly compressions: Options;
  readonly attacks: Readonly<Record<string, AttackExtension>>;
  readonly mandates: Options;
  readonly interventions: Options;
  readonly exposures: Options;
  readonly channels: Readonly<Record<string, ChannelExtension>>;
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

/** An entry that need not be chosen. */
export const optionalChoice = <Key extends string>(key: Key, entries: Options, description: string) =>
  z.discriminatedUnion(key, branches(key, entries)).optional().meta({ description }) as unknown as z.ZodType<
    Chosen<Key> | undefined
  >;

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
