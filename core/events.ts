/** Every recordable fact. Tables hold what happened, one batch of columns a day; notices hold decisions
 * and their reasons. The version is raised whenever a column or a kind changes its meaning. */
export const recordVersion = 1;

type ColumnType = 'int32' | 'float32' | 'float64' | 'string';
export type Level = 'minimal' | 'standard' | 'full';

interface Column {
  readonly type: ColumnType;
  readonly unit: string;
  readonly meaning: string;
}

interface Table {
  readonly level: Level;
  readonly meaning: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const int = (unit: string, meaning: string): Column => ({ type: 'int32', unit, meaning });
const f32 = (unit: string, meaning: string): Column => ({ type: 'float32', unit, meaning });
const f64 = (unit: string, meaning: string): Column => ({ type: 'float64', unit, meaning });
const text = (unit: string, meaning: string): Column => ({ type: 'string', unit, meaning });

const day = int('day', 'Trading day; 0 is the state before the first.');
const institution = int(
  'index',
  'Institution, as an index into the roster of data/dictionary.json (sorted by id).',
);
const asset = int('index', 'Asset, as an index into the assets of data/dictionary.json.');

export const tables = {
  days: {
    level: 'minimal',
    meaning: 'The market and the system, one row a day; measures are NaN in the warm-up and where undefined.',
    columns: {
      day,
      regime: int('0 or 1', 'Fundamental regime: 0 calm, 1 stress.'),
      indexLevel: f64('USD, 100 on day 0', 'Float-weighted price index.'),
      indexReturn: f64('log return', 'Of the index since the close before.'),
      fundamentalReturn: f64('log return', 'Of the float-weighted fundamental value.'),
      volumeUsd: f64('USD', 'Value traded with the outside book, gross.'),
      marginWaves: int('count', 'Waves of forced sales until nobody was in breach.'),
      forcedSalesUsd: f64('USD', 'Value sold in those waves.'),
      marginLossUsd: f64(
        'USD',
        'Fall in the value of institutions’ holdings through the impact of those waves.',
      ),
      openingEquityUsd: f64('USD', 'Equity of active institutions at the open.'),
      equityUsd: f64('USD', 'Equity of active institutions at the close.'),
      activeAtOpen: int('count', 'Institutions in business at the open.'),
      active: int('count', 'Institutions in business at the close.'),
      breaches: int('count', 'Institutions forced to sell on the day.'),
      defaults: int('count', 'Institutions that defaulted on the day.'),
      issuedUsd: f64('USD', 'Cash created on the day by logged issuance.'),
      lsv: f64('share', 'LSV herding of the day (measures/herding/lsv).'),
      crowding: f64('cosine', 'Mean pairwise cosine of active weights.'),
      overlap: f64('share', 'Mean pairwise overlap of weights, sum of minima.'),
      forecastCorrelation: f64('correlation', 'Mean pairwise correlation of forecasts across assets.'),
      effectiveArchitectures: f64('count', 'Effective number of architectures by share of assets.'),
      effectiveModels: f64('count', 'Effective number of models by forecast similarity (Leinster-Cobbold).'),
      parameterDispersion: f64(
        'ratio',
        'Mean distance of models to their federation, over its norm, at the last round.',
      ),
      debtRank: f64('share', 'Induced loss ratio of differential DebtRank under a uniform shock to equity.'),
      fireSaleLoss: f64('share', 'Loss from the impact of the day’s margin waves over opening equity.'),
      breachShare: f64('share', 'Institutions forced to sell, of those active at the open.'),
      defaultShare: f64('share', 'Institutions that defaulted, of those active at the open.'),
      leverage: f64('ratio', 'Assets over equity of all active institutions together.'),
      informationCoefficient: f64(
        'correlation',
        'Of matured forecasts with outcomes, pooled over institutions and assets.',
      ),
      turnover: f64('share', 'One-way traded value of institutions over their tradable books.'),
    },
  },
  assets: {
    level: 'minimal',
    meaning: 'Prices and liquidity, one row a day and asset.',
    columns: {
      day,
      asset,
      price: f64('USD per unit', 'Closing price.'),
      fundamental: f64('log USD', 'Fundamental value v.'),
      slow: f64('log', 'Slow impact m.'),
      fast: f64('log', 'Fast impact u.'),
      diffusion: f64('log return', 'Diffusive part of the day’s fundamental return.'),
      volumeUnits: f64('units', 'Units traded, noise included.'),
      netUnits: f64('units', 'Net signed flow of institutions and estates.'),
      depth: f64('ratio', 'Depth factor in force, at most 1.'),
    },
  },
  institutions: {
    level: 'standard',
    meaning: 'Balance sheets at the close, one row a day and institution.',
    columns: {
      day,
      institution,
      active: int('0 or 1', '1 while in business.'),
      generation: int('count', 'How many institutions held this seat before.'),
      architecture: int('index', 'Architecture, as an index into learning.architectures.'),
      cash: f64('USD', 'Cash; negative is debt to the prime broker.'),
      funding: f64('USD', 'Owed outside.'),
      loans: f64('USD', 'Illiquid loans.'),
      assetsUsd: f32('USD', 'Total assets.'),
      equityUsd: f32('USD', 'Equity.'),
      forcedUsd: f32('USD', 'Value it was forced to sell on the day.'),
    },
  },
  positions: {
    level: 'standard',
    meaning: 'Holdings at the close, one row a day, institution and asset held.',
    columns: { day, institution, asset, units: f64('units', 'Signed holding.') },
  },
  fills: {
    level: 'standard',
    meaning: 'Trades; the outside book is the other side of each.',
    columns: {
      day,
      institution: int('index', 'Institution (roster index); the outside book’s own sales are not listed.'),
      asset,
      wave: int(
        'count',
        '0: the day’s orders; 1 and on: forced sales; -1: an estate passes to the outside book, at price 0.',
      ),
      units: f64('units', 'Signed; positive buys.'),
      price: f64('USD per unit', 'Mean of the impact path over the wave.'),
    },
  },
  payments: {
    level: 'standard',
    meaning:
      'Every movement of cash but the value of fills; and what changes claims, loans, funding or units without cash.',
    columns: {
      day,
      from: int('index', 'Payer: roster index; the roster’s length is the outside book; -1 is issuance.'),
      to: int('index', 'Payee, likewise.'),
      kind: text('name', 'Why: see the dictionary of kinds in docs/model.md.'),
      amount: f64('USD', 'Cash that moved.'),
    },
  },
  forecasts: {
    level: 'standard',
    meaning: 'What each institution expected, one row a day, institution and asset.',
    columns: {
      day,
      institution,
      asset,
      mean: f32('standard deviations', 'Forecast of the standardised return over the horizon.'),
      stdDev: f32('standard deviations', 'Its stated uncertainty.'),
    },
  },
  rounds: {
    level: 'minimal',
    meaning: 'Federated rounds, one row a round and participant.',
    columns: {
      day,
      round: int('count', 'Round, from 1.'),
      federation: text('name', 'Federation.'),
      institution: text('id', 'Participant.'),
      examples: int('count', 'Training examples: its weight.'),
      loss: f64('squared standard deviations', 'Mean loss over local steps.'),
      updateNorm: f64('norm', 'Euclidean norm of its update.'),
      distance: f64('norm', 'Distance of its model to the federation’s after mixing.'),
      updateHash: text('hex', 'First 16 hex digits of the SHA-256 of its update.'),
    },
  },
  skill: {
    level: 'minimal',
    meaning:
      'Sums over forecasts f that matured since the last round, their outcomes y, and least squares’ forecasts g: they give the information coefficient (core/skill.ts). At most 64 institutions, drawn by lot.',
    columns: {
      day,
      institution,
      n: f64('count', 'Matured forecasts.'),
      f: f64('standard deviations', 'Sum of forecasts.'),
      y: f64('standard deviations', 'Sum of outcomes.'),
      g: f64('standard deviations', 'Sum of least squares’ forecasts.'),
      ff: f64('squared standard deviations', 'Sum of f².'),
      yy: f64('squared standard deviations', 'Sum of y².'),
      gg: f64('squared standard deviations', 'Sum of g².'),
      fy: f64('squared standard deviations', 'Sum of f y.'),
      gy: f64('squared standard deviations', 'Sum of g y.'),
    },
  },
  probes: {
    level: 'standard',
    meaning: 'Forecasts of every institution’s model on public synthetic inputs, at every round.',
    columns: {
      day,
      institution,
      probe: int('index', 'Probe input.'),
      forecast: f32('standard deviations', 'Forecast.'),
    },
  },
  updates: {
    level: 'full',
    meaning: 'The raw updates of every round, one row a learner and parameter.',
    columns: {
      day,
      round: int('count', 'Round, from 1.'),
      institution: text('id', 'Who sent it: an institution, or a pool.'),
      parameter: int('index', 'Parameter, in the order its architecture declares them.'),
      delta: f32('parameter', 'Trained parameter less the federation’s at the start of the round.'),
    },
  },
  exposures: {
    level: 'standard',
    meaning: 'Interbank claims: all of them, on day 0 and on every day on which one changed.',
    columns: {
      day,
      creditor: int('index', 'Lender.'),
      debtor: int('index', 'Borrower.'),
      face: f64('USD', 'Face value.'),
    },
  },
} as const satisfies Record<string, Table>;

export type TableName = keyof typeof tables;
export type ColumnData = Int32Array | Float32Array | Float64Array | readonly string[];
/** Columns of one table for one day, all of one length. */
export type Batch = Readonly<Record<string, ColumnData>>;

/** A decision and its reason: one line a day and kind in events.jsonl, with columns of equal length. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly columns: Readonly<Record<string, readonly (string | number)[]>>;
}

/** Kinds of notice and their columns. */
export const notices = {
  outage: { institution: 'id', reason: 'text' },
  round: { round: 'count', federation: 'name', participants: 'count', absent: 'count' },
  'not-aggregated': { federation: 'name', round: 'count', reason: 'text' },
  'sat-out': { institution: 'id', round: 'count', reason: 'text' },
  held: { institution: 'id', reason: 'text' },
  amended: { institution: 'id', asset: 'id', from: 'units', to: 'units', reason: 'text' },
  refused: { institution: 'id', asset: 'id', units: 'units', reason: 'text' },
  moved: { institution: 'id', from: 'architecture', to: 'architecture', mandate: 'kind', reason: 'text' },
  'unmet-mandate': { mandate: 'kind', reason: 'text' },
  intervention: { kind: 'kind', target: 'id', amount: 'USD', reason: 'text' },
  shock: { target: 'id', size: 'log return or standard deviations' },
  regime: { regime: 'name' },
  jump: { size: 'standard deviations' },
  breach: { institution: 'id', leverage: 'ratio', cap: 'ratio', wave: 'count' },
  'not-renewed': { creditor: 'id', debtor: 'id', amount: 'USD', leverageRatio: 'ratio' },
  default: { institution: 'id', equity: 'USD', owed: 'USD', paid: 'USD' },
  entry: { institution: 'id', generation: 'count', equity: 'USD' },
  recapitalised: { institution: 'id', amount: 'USD' },
} as const;

export type NoticeKind = keyof typeof notices;

/** All that one day produced, before any of it is written. */
export interface DayFacts {
  readonly day: number;
  readonly tables: Readonly<Partial<Record<TableName, Batch>>>;
  readonly notices: readonly Notice[];
}
