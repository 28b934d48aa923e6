import type { z } from 'zod';
import type { ExtensionProblem, Needs } from '../../core/scenario/catalogue.js';
import type { Scenario } from '../../core/scenario.js';
import { TooFewUpdates } from './too-few-updates.js';

/** Single precision on the wire and in models, double in measures: a rule is the same arithmetic for both. */
export type Vector = Float32Array | Float64Array;

/** What an aggregation rule may ask an institution to send beside its difference. */
export interface UpdateExtras<V extends Vector = Float32Array> {
  /** Local training steps behind the difference (FedNova divides by them); with local momentum, their accumulated weight. */
  readonly localSteps?: number;
  /** Change of the institution's control variate (SCAFFOLD), one value a parameter. */
  readonly controlDelta?: V;
  /** Rounds between the model that the update started from and the present one (FedBuff). */
  readonly staleness?: number;
  /** Where the institution belongs in a hierarchy: its own aggregator (hierarchical). */
  readonly region?: string;
}

/** One institution's contribution: how its parameters moved during local training. */
export interface Update<V extends Vector = Float32Array> extends UpdateExtras<V> {
  readonly institution: string;
  readonly examples: number;
  readonly delta: V;
}

/** What a rule sees of a round. */
export interface Round<V extends Vector = Float32Array> {
  /** The federation's current model. */
  readonly parameters: V;
  readonly updates: readonly Update<V>[];
  /** Institutions in the federation, present or not; absent: as many as sent an update. */
  readonly population?: number;
}

/** A rule's memory between rounds, ready to be written to a checkpoint. */
export type State = Readonly<Record<string, Float64Array>>;

export interface Aggregated<V extends Vector = Float32Array> {
  readonly parameters: V;
  readonly state: State;
  /** Updates used, as ascending indices into the round's updates in order of institution id. */
  readonly selected?: number[];
  /** One number an update, in order of institution id; its meaning is the rule's. */
  readonly scores?: number[];
  /** Cluster or region of every update, in order of institution id. */
  readonly groups?: number[];
  /** The model that each contributor receives instead of `parameters`, in order of institution id. */
  readonly personal?: V[];
}

/** Weight of the squared distance to a consensus of forecasts, and minibatch steps under it. */
export interface Digest {
  readonly weight: number;
  readonly steps: number;
}

/** What a rule asks of the institutions' training and of the scenario. */
interface Demands<Options> {
  /** Whether the coordinator must see each update in the clear, so that secure aggregation is impossible. */
  readonly needsIndividualUpdates: boolean;
  /** Extras that every update must carry. */
  readonly extras?: readonly (keyof UpdateExtras)[];
  /** What it asks of architectures: that penalties act on them, or that one loss has their gradient. */
  readonly needs?: Needs;
  /** Weights of penalties that it adds to local training. */
  readonly penalties?: (options: Options) => Readonly<Record<string, number>>;
  /** How a consensus is taken in, where institutions send forecasts of the public probes in place of parameters, and
   * receive the federation's: models of any architecture have those. Absent: they exchange parameters. */
  readonly digest?: (options: Options) => Digest;
  /** What goes out beside the federation's model: the server's control variate (SCAFFOLD). */
  readonly broadcast?: (state: State) => Float64Array;
  /** Whether contributors share the federation's model, or hold one each, kept in the rule's memory under their ids. */
  readonly models?: 'one' | 'one each';
  /** What contradicts its options in a scenario; paths are relative to the entry. */
  readonly check?: (chosen: Readonly<Record<string, unknown>>, scenario: Scenario) => ExtensionProblem[];
}

interface Definition<Shape extends z.core.$ZodLooseShape> extends Demands<OptionsOf<Shape>> {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject<Shape, z.core.$strict>;
  readonly initialState?: (parameterCount: number, options: OptionsOf<Shape>) => State;
  readonly aggregate: <V extends Vector>(
    state: State,
    round: Round<V>,
    options: OptionsOf<Shape>,
  ) => Aggregated<V>;
}

type OptionsOf<Shape extends z.core.$ZodLooseShape> = z.output<z.ZodObject<Shape, z.core.$strict>>;

/** An aggregation rule: from the federation's model and its institutions' updates to the next model. */
export interface Aggregation extends Demands<unknown> {
  readonly summary: string;
  readonly source: string;
  readonly extras: readonly (keyof UpdateExtras)[];
  readonly models: 'one' | 'one each';
  readonly needs: Needs;
  readonly options: z.ZodObject;
  readonly initialState: (parameterCount: number, options: unknown) => State;
  readonly aggregate: <V extends Vector>(state: State, round: Round<V>, options: unknown) => Aggregated<V>;
}

const byInstitution = (a: Update<Vector>, b: Update<Vector>): number =>
  a.institution < b.institution ? -1 : Number(a.institution > b.institution);

function check(round: Round<Vector>, extras: readonly (keyof UpdateExtras)[]): void {
  for (const update of round.updates) {
    if (update.delta.length !== round.parameters.length)
      throw new RangeError(
        `${update.institution} sent ${update.delta.length} values for ${round.parameters.length} parameters`,
      );
    const missing = extras.find((extra) => update[extra] === undefined);
    if (missing) throw new RangeError(`${update.institution} sent no ${missing}, which this rule needs`);
  }
}

/** Completes a rule: updates come in order of institution id whatever order they arrived in. */
export function aggregation<Shape extends z.core.$ZodLooseShape>(definition: Definition<Shape>): Aggregation {
  const aggregate: Definition<Shape>['aggregate'] = (state, round, options) => {
    if (round.updates.length === 0) throw new TooFewUpdates(0, 1, 'an aggregation');
    check(round, definition.extras ?? []);
    return definition.aggregate(state, { ...round, updates: round.updates.toSorted(byInstitution) }, options);
  };
  const plain = { extras: [], models: 'one', needs: 'nothing', initialState: () => ({}) };
  return { ...plain, ...definition, aggregate } as unknown as Aggregation;
}
