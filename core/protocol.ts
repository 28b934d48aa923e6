import type { AssetTags } from './asset-tags.js';

/** The messages between a host of agents and the coordinator. Agents and coordinator meet only here.
 *
 * One message per host and phase, columnar; rows follow the host's seats in roster order. Arrays are
 * owned copies: a receiver may keep them. The version is raised whenever a field changes its meaning. */
export const protocolVersion = 8;

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
  /** Estimator of its covariance; without one, exponential weights of its half-life, kept day by day. */
  readonly riskModel?: { readonly estimator: string } & Readonly<Record<string, unknown>>;
  readonly strategy: { readonly name: string } & Readonly<Record<string, unknown>>;
  /** Rules laid over the strategy, in this order. */
  readonly overlay: readonly ({ readonly rule: string } & Readonly<Record<string, unknown>>)[];
  readonly rebalancing: { readonly trigger: string } & Readonly<Record<string, unknown>>;
  readonly integration: { readonly view: string } & Readonly<Record<string, unknown>>;
  readonly execution: { readonly slicing: string } & Readonly<Record<string, unknown>>;
  /** How losses are harvested; absent: they are not. */
  readonly harvesting?: { readonly threshold: number; readonly every: number };
  readonly riskAversion: number;
  readonly volatilityTarget: number | null;
  readonly positionLimit: number;
  readonly activeLimit: number;
  readonly turnoverBudget: number;
  /** Whether least squares on its samples is fitted beside its model, as a yardstick. */
  readonly yardstick: boolean;
  /** First and last round (null: of the run) in which it attacks by training on targets of the other sign; null: never. */
  readonly turnedLabels: readonly [number, number | null] | null;
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
  readonly assets: readonly (AssetTags & {
    readonly dailyVolatility: number;
    /** Half of the bid-ask spread, as a share of price. */
    readonly halfSpread: number;
  })[];
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
    readonly regimes: readonly ({ readonly name: string } & Readonly<Record<string, unknown>>)[];
    readonly validation: {
      readonly everyRounds: number;
      readonly folds: number;
      readonly scheme: string;
      readonly embargoDays: number;
      readonly share: number;
    };
    readonly forgetting: { readonly everyRounds: number; readonly days: number; readonly keep: number };
  };
  readonly decide: {
    readonly trade: number;
    readonly confidence: number;
    readonly commonHalfLife: number;
  };
  /** Days after a sale at a loss within which a purchase takes the loss back. */
  readonly washSaleDays: number;
  readonly homogeneity: { readonly updates: number; readonly initialisation: number; readonly risk: number };
  /** Whether updates leave a host in the clear, or only behind masks that it draws a secret for. */
  readonly updates: 'clear' | 'masked';
  /** How updates are made smaller on the wire. */
  readonly compression: { readonly method: string } & Readonly<Record<string, unknown>>;
  /** What institutions keep to themselves of what they learn. */
  readonly personalisation: { readonly method: string } & Readonly<Record<string, unknown>>;
  /** What updates are differences of, and models sent are: parameters, or forecasts of the public probes, which are then
   * trained towards for some steps under a penalty of some weight. */
  readonly exchange:
    | { readonly of: 'parameters' }
    | { readonly of: 'forecasts'; readonly probes: number; readonly weight: number; readonly steps: number };
  /** What hides every example in what is learned, and each learner's budget for it; null: nothing. */
  readonly examplePrivacy: {
    /** Bound on the length of one example's gradient. */
    readonly clip: number;
    /** Standard deviation of the noise on a lot's sum of gradients, over the bound. */
    readonly noiseMultiplier: number;
    readonly epsilon: number;
    readonly delta: number;
  } | null;
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
  /** Parameters of each architecture that a federation shares; where forecasts are exchanged, public probes. */
  readonly parameterCounts: Int32Array;
  /** What all have in common at first of those, architecture after architecture. */
  readonly initial: Float32Array;
  /** Numbers in a probe row: the features of as many days as any architecture looks back, oldest first. */
  readonly features: number;
  /** What each architecture was loaded from, by hash; empty where it was not. */
  readonly models: readonly string[];
  /** Trees in each architecture's model, which a federation bags; 0 where it averages parameters. */
  readonly blocks: Int32Array;
  /** Multiplications and additions by architecture: of a forecast row and of a training step; where all rows are fitted
   * anew instead, of a refit, and of each row of it. */
  readonly flopsPerForecast: Float64Array;
  readonly flopsPerStep: Float64Array;
  readonly flopsPerRefit: Float64Array;
  readonly flopsPerRefitRow: Float64Array;
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
  /** Assets over equity above which it may not buy today. */
  readonly leverageCap: Float64Array;
  /** Signed units: seats x assets. */
  readonly units: Float64Array;
  /** Units that would be sold at a loss large enough to be harvested, and not washed by purchases before, seats x
   * assets; empty where nobody harvests. */
  readonly atLoss: Float64Array;
  /** Seats x sources x assets; exactly 0 where nothing is said: not subscribed, not covered, missing. */
  readonly sources: Float32Array;
  /** 1 where the training label that matures today arrives with its sign turned, seats x assets; empty where none. */
  readonly flipped: Uint8Array;
}

/** Learners that hide their updates among each other in a round, and how many of them can uncover what one left behind.
 * Places in it are those of Shamir shares, less one, and say who adds a mask and who subtracts it. */
export interface Circle {
  readonly learners: readonly string[];
  readonly threshold: number;
}

/** Asks for the public keys of those who take part in a round under secure aggregation. */
export interface Invite {
  readonly type: 'invite';
  readonly round: number;
  /** As in `train`. */
  readonly asked: Uint8Array;
}

export interface Keys {
  readonly type: 'keys';
  readonly round: number;
  readonly learners: readonly string[];
  /** Learners x 64 bytes: X25519 keys to seal shares and to agree on masks. */
  readonly publicKeys: Uint8Array;
}

/** Asks for shares of what masks are made of, each sealed for one other of the circle. */
export interface Share {
  readonly type: 'share';
  readonly round: number;
  readonly circles: readonly Circle[];
  /** Members of the circles, one after another, x 64 bytes. */
  readonly publicKeys: Uint8Array;
}

export interface Sealed {
  readonly type: 'sealed';
  readonly round: number;
  readonly learners: readonly string[];
  /** For each learner, one sealed pair of shares for every place of its circle; its own place is empty (zeros). */
  readonly sealed: Uint8Array;
  /** Bytes of each learner in it. */
  readonly sizes: Int32Array;
}

/** Asks those whose updates arrived for the shares that uncover the sum: of their own masks for those who delivered, of
 * pairwise ones for those who did not; never of both. */
export interface Unmask {
  readonly type: 'unmask';
  readonly round: number;
  readonly circles: readonly Circle[];
  readonly publicKeys: Uint8Array;
  /** Of each member: 0 shared nothing, 1 shared and did not deliver, 2 delivered. */
  readonly stage: Uint8Array;
  /** Who is asked here, and for each what every place of its circle sealed for it. */
  readonly learners: readonly string[];
  readonly sealed: Uint8Array;
}

export interface Revealed {
  readonly type: 'revealed';
  readonly round: number;
  readonly learners: readonly string[];
  /** For each learner, a share for every place of its circle; empty (zeros) where it has none. */
  readonly shares: Uint8Array;
  /** Bytes of each learner in it. */
  readonly sizes: Int32Array;
}

export interface Train {
  readonly type: 'train';
  readonly round: number;
  /** 1 where the learner of a seat, or of a pool after all seats, is asked for an update. */
  readonly asked: Uint8Array;
  /** Public probe inputs (rows x features) and each architecture's federation-mean forecasts on them (architectures x rows);
   * empty unless the decorrelation penalty is on. */
  readonly probes: Float32Array;
  readonly meanForecasts: Float32Array;
  /** Of each learner, as in `asked`: the longest update it may send, and the standard deviation of the noise that it adds
   * to every coordinate; empty unless the federation's model hides institutions. */
  readonly bounds: Float64Array;
  /** Standard deviation of the noise that each adds to whether its update was within the bound; empty: not asked. */
  readonly countNoise: Float64Array;
  /** Whom updates are hidden among; none: they are sent in the clear. */
  readonly circles: readonly Circle[];
  /** Members of the circles x 64 bytes, and 1 for those who take part still. */
  readonly publicKeys: Uint8Array;
  readonly present: Uint8Array;
  /** Numbers are sent as whole multiples of 1/scale: one a circle. */
  readonly scales: Float64Array;
  /** Examples that count as one: updates are weighed by examples over this before they are masked; 0: all alike. */
  readonly unitExamples: number;
}

export interface Updates {
  readonly type: 'updates';
  readonly round: number;
  /** Learner ids, sorted; one row each below. */
  readonly learners: readonly string[];
  readonly architecture: Int32Array;
  readonly examples: Int32Array;
  readonly loss: Float64Array;
  /** Minibatch steps behind each. */
  readonly localSteps: Int32Array;
  /** Float32 differences from the federation's model at the round's start, learner after learner. */
  readonly deltas: Float32Array;
  /** Changes of their control variates, likewise; empty unless the rule has them (SCAFFOLD). */
  readonly controls: Float32Array;
  /** Whether each update was within its bound (1, else 0), noised where asked; empty unless it was asked, or where it is
   * the last number behind the masks. */
  readonly within: Float64Array;
  /** Weighed differences behind masks, learner after learner, in place of `deltas`; empty where they are in the clear. */
  readonly masked: Int32Array;
  /** Differences made smaller, learner after learner, in place of `deltas`, and the bytes of each; empty where they are whole. */
  readonly packed: Uint8Array;
  readonly packedSizes: Int32Array;
  /** ε that training has spent of each learner asked, and whether its budget did not pay for this round; empty where
   * examples are not hidden. */
  readonly accounts: readonly { readonly id: string; readonly epsilon: number; readonly refused: boolean }[];
  /** Learners that sat the round out, with the reason. */
  readonly satOut: readonly { readonly id: string; readonly reason: string }[];
  /** Skill since the last round by seat: n, Σf, Σy, Σg, Σff, Σyy, Σgg, Σfy, Σgy (f forecast, y outcome,
   * g least squares' forecast; n counts samples that had all three). */
  readonly skill: Float64Array;
  /** What training regimes and assessments report of each learner: what, of what (a fold, a day), and the values. */
  readonly readings: readonly { readonly id: string; readonly quantity: string; readonly at: number }[];
  readonly readingValues: Float64Array;
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
  /** Their control variates, likewise; empty unless the rule has them (SCAFFOLD). */
  readonly controls: Float32Array;
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
  /** Seats x `kernelWidth(rows)`: kernels of hidden representations; 0 where a model has none. */
  readonly kernels: Float32Array;
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

export type Message =
  Welcome | Observe | Invite | Share | Train | Unmask | Install | Decide | Probe | Save | Load | Farewell;
export type Reply = Ready | Keys | Sealed | Updates | Revealed | Decisions | ProbeReply | Saved | Done;
export type AnyMessage = Message | Reply;

/** The reply that each message gets. */
export interface ReplyTo {
  welcome: Ready;
  observe: Done;
  invite: Keys;
  share: Sealed;
  train: Updates;
  unmask: Revealed;
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
