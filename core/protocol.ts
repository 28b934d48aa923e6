/** The messages between a host of agents and the coordinator. Agents and coordinator meet only here.
 *
 * One message per host and phase, columnar; rows follow the host's seats in roster order. Arrays are
 * owned copies: a receiver may keep them. The version is raised whenever a field changes its meaning. */
export const protocolVersion = 1;

/** What a mind needs to know of its institution, once. */
export interface SeatBrief {
  readonly id: string;
  readonly type: string;
  /** 'own': it decides here; 'shadow': only its data is needed here, by a pooled learner. */
  readonly role: 'own' | 'shadow';
  /** Subscribed sources, by name. */
  readonly sources: readonly string[];
  readonly benchmark: readonly number[];
  readonly investedShare: number;
  readonly covarianceHalfLife: number;
  readonly strategy: { readonly name: string } & Readonly<Record<string, unknown>>;
  readonly riskAversion: number;
  readonly volatilityTarget: number | null;
  readonly positionLimit: number;
  readonly activeLimit: number;
  readonly turnoverBudget: number;
  readonly leverageCap: number;
  /** Whether least squares on its samples is fitted beside its model, as a yardstick. */
  readonly yardstick: boolean;
}

/** A learner that trains on the pooled data of several seats (centralised learning). */
export interface PoolBrief {
  readonly id: string;
  /** Index into `architectures`. */
  readonly architecture: number;
  /** Indices into `seats`. */
  readonly members: readonly number[];
}

/** What is the same for every host. */
export interface Brief {
  readonly seed: number;
  readonly assets: readonly { readonly id: string; readonly dailyVolatility: number }[];
  /** Names of all data sources beside the tape, in the order of their columns. */
  readonly sources: readonly string[];
  readonly horizon: number;
  readonly architectures: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
  readonly learning: {
    readonly historyDays: number;
    readonly window: number;
    readonly minSamples: number;
    readonly localSteps: number;
    readonly firstSteps: number;
    readonly batchSize: number;
    readonly learningRate: number;
    readonly penalties: Readonly<Record<string, number>>;
    readonly targets: 'returns' | 'shuffled';
  };
  readonly decide: {
    readonly trade: number;
    readonly confidence: number;
    readonly commonHalfLife: number;
  };
  readonly homogeneity: { readonly updates: number; readonly initialisation: number; readonly risk: number };
}

export interface Welcome {
  readonly type: 'welcome';
  readonly version: number;
  readonly brief: Brief;
  readonly seats: readonly SeatBrief[];
  readonly pools: readonly PoolBrief[];
  /** Architecture of each seat, an index into `brief.architectures`. */
  readonly architecture: Int32Array;
  /** Private pre-sample log returns: seats x historyDays x assets. */
  readonly historyReturns: Float32Array;
  /** Private pre-sample sources: seats x historyDays x sources x assets. */
  readonly historySources: Float32Array;
  /** Public pre-sample log returns, for the common risk model: historyDays x assets. */
  readonly publicReturns: Float32Array;
}

export interface Ready {
  readonly type: 'ready';
  readonly version: number;
  readonly engine: string;
  /** Parameters of each architecture. */
  readonly parameterCounts: Int32Array;
  /** First parameters that all have in common, architecture after architecture. */
  readonly initial: Float32Array;
  /** Numbers in a probe row: the features of as many days as any architecture looks back, oldest first. */
  readonly features: number;
  /** Trees in each architecture's model, which a federation bags; 0 where it averages parameters. */
  readonly blocks: Int32Array;
  /** Multiply-adds times two, per training step and per forecast row, by architecture. */
  readonly flopsPerStep: Float64Array;
  readonly flopsPerForecast: Float64Array;
}

/** The public tape, each seat's own book, and its subscribed sources, before the day. */
export interface Observe {
  readonly type: 'observe';
  readonly day: number;
  /** Closing log prices of the day before: assets. */
  readonly logPrices: Float64Array;
  /** Units traded on the day before: assets. */
  readonly volume: Float64Array;
  /** 1 where the seat's model is up and its institution in business. */
  readonly online: Uint8Array;
  readonly generation: Int32Array;
  readonly architecture: Int32Array;
  readonly cash: Float64Array;
  /** Of the whole balance sheet, USD. */
  readonly assetsUsd: Float64Array;
  readonly equityUsd: Float64Array;
  /** Signed units: seats x assets. */
  readonly units: Float64Array;
  /** Seats x sources x assets; 0 where not subscribed. */
  readonly sources: Float32Array;
}

export interface Train {
  readonly type: 'train';
  readonly round: number;
  /** Public probe inputs (rows x features) and each architecture's federation-mean forecasts on them (architectures x rows);
   * empty unless the decorrelation penalty is on. */
  readonly probes: Float32Array;
  readonly meanForecasts: Float32Array;
}

export interface Updates {
  readonly type: 'updates';
  readonly round: number;
  /** Learner ids, sorted; one row each below. */
  readonly learners: readonly string[];
  readonly architecture: Int32Array;
  readonly examples: Int32Array;
  readonly loss: Float64Array;
  /** Float32 differences from the federation's model at the round's start, learner after learner. */
  readonly deltas: Float32Array;
  /** Learners that sat the round out, with the reason. */
  readonly satOut: readonly { readonly id: string; readonly reason: string }[];
  /** Skill since the last round by seat: n, Σf, Σy, Σg, Σff, Σyy, Σgg, Σfy, Σgy (f forecast, y outcome,
   * g least squares' forecast; n counts samples that had all three). */
  readonly skill: Float64Array;
}

export interface Install {
  readonly type: 'install';
  readonly round: number;
  /** The federations whose model is sent, by the seats (or pool members) that mix it in. */
  readonly federations: readonly {
    readonly architecture: number;
    readonly seats: readonly number[];
    readonly mixing: number;
  }[];
  /** Their parameters, federation after federation. */
  readonly parameters: Float32Array;
}

export interface Decide {
  readonly type: 'decide';
  readonly day: number;
}

export interface Decisions {
  readonly type: 'decisions';
  readonly day: number;
  /** Signed units that each seat wants to trade: seats x assets. */
  readonly orders: Float64Array;
  /** Standardised forecasts and their uncertainty: seats x assets. */
  readonly mean: Float32Array;
  readonly stdDev: Float32Array;
  /** 1 where the seat acted on a model's forecast. */
  readonly acted: Uint8Array;
  readonly held: readonly { readonly id: string; readonly reason: string }[];
}

/** What the coordinator may know of a mind it asks for. */
export interface Probe {
  readonly type: 'probe';
  /** Public synthetic inputs: rows x features. */
  readonly inputs: Float32Array;
}

export interface ProbeReply {
  readonly type: 'probe-reply';
  /** Seats x rows. */
  readonly forecasts: Float32Array;
}

/** Asks a host for everything its institutions' future depends on. */
export interface Save {
  readonly type: 'save';
  /** Last day that is over: what the state is filed under. */
  readonly day: number;
}

export interface Saved {
  readonly type: 'saved';
  /** SHA-256 of the state. */
  readonly hash: string;
  /** Empty where the host keeps its state to itself. */
  readonly state: Uint8Array;
}

/** Gives a welcomed host its state of a day back. */
export interface Load {
  readonly type: 'load';
  readonly day: number;
  readonly hash: string;
  readonly state: Uint8Array;
}

export interface Farewell {
  readonly type: 'farewell';
}

export interface Done {
  readonly type: 'done';
}

export type Message = Welcome | Observe | Train | Install | Decide | Probe | Save | Load | Farewell;
export type Reply = Ready | Updates | Decisions | ProbeReply | Saved | Done;
export type AnyMessage = Message | Reply;

/** The reply that each message gets. */
export interface ReplyTo {
  welcome: Ready;
  observe: Done;
  train: Updates;
  install: Done;
  decide: Decisions;
  probe: ProbeReply;
  save: Saved;
  load: Done;
  farewell: Done;
}

/** Whatever owns a set of institutions and answers the protocol: a thread, a worker, another machine. */
export interface Host {
  handle<M extends Message>(message: M): ReplyTo[M['type']] | Promise<ReplyTo[M['type']]>;
}
