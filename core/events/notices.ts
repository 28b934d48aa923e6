/** A decision and its reason: one line a day and kind in events.jsonl, with columns of equal length. */
export interface Notice {
  readonly kind: NoticeKind;
  readonly columns: Readonly<Record<string, readonly (string | number)[]>>;
}

/** Kinds of notice and their columns. */
export const notices = {
  outage: { institution: 'id', reason: 'text' },
  round: { round: 'count', federation: 'name', participants: 'count', absent: 'count' },
  absent: { institution: 'id', exchange: 'count', reason: 'text' },
  returned: { institution: 'id' },
  attack: { institution: 'id', round: 'count', attack: 'kind' },
  'budget-spent': {
    institution: 'id',
    round: 'count',
    epsilon: 'epsilon',
    budget: 'epsilon',
    reason: 'text',
  },
  late: { institution: 'id', round: 'count', due: 'count' },
  'arrived-late': { institution: 'id', round: 'count', staleness: 'rounds' },
  stale: { institution: 'id', round: 'count', reason: 'text' },
  'not-aggregated': { federation: 'name', round: 'count', reason: 'text' },
  'sat-out': { institution: 'id', round: 'count', reason: 'text' },
  /** An order that waits for approval, and what came of it. */
  waits: {
    institution: 'id',
    asset: 'id',
    units: 'units',
    valueUsd: 'USD',
    due: 'day',
    reason: 'text',
  },
  verdict: {
    institution: 'id',
    asset: 'id',
    placed: 'day',
    units: 'units',
    approved: '0 or 1',
    waitedDays: 'days',
    costUsd: 'USD',
    by: 'name',
    reason: 'text',
  },
  /** An intervention that somebody ordered while the run went on, as JSON. */
  ordered: { kind: 'kind', entry: 'JSON', by: 'name', accepted: '0 or 1', reason: 'text' },
  held: { institution: 'id', reason: 'text' },
  amended: { institution: 'id', asset: 'id', from: 'units', to: 'units', reason: 'text' },
  refused: { institution: 'id', asset: 'id', units: 'units', reason: 'text' },
  unfilled: { institution: 'id', asset: 'id', units: 'units', wave: 'count', reason: 'text' },
  'asset-halted': { asset: 'id', price: 'USD per unit', reason: 'text' },
  moved: {
    institution: 'id',
    from: 'architecture',
    to: 'architecture',
    mandate: 'kind',
    energyKwh: 'kWh',
    costUsd: 'USD',
    reason: 'text',
  },
  'unmet-mandate': { mandate: 'kind', reason: 'text' },
  intervention: { kind: 'kind', target: 'id', amount: 'USD', reason: 'text' },
  shock: { target: 'id', size: 'log return or standard deviations' },
  regime: { regime: 'name' },
  jump: { size: 'standard deviations' },
  'margin-call': { institution: 'id', wealth: 'USD', required: 'USD', wave: 'count' },
  breach: { institution: 'id', leverage: 'ratio', cap: 'ratio', wave: 'count' },
  'not-renewed': { creditor: 'id', debtor: 'id', amount: 'USD', leverageRatio: 'ratio' },
  hoarded: { creditor: 'id', debtor: 'id', amount: 'USD' },
  default: { institution: 'id', equity: 'USD', owed: 'USD', paid: 'USD' },
  entry: { institution: 'id', generation: 'count', equity: 'USD' },
  recapitalised: { institution: 'id', amount: 'USD' },
} as const;

export type NoticeKind = keyof typeof notices;

/** Why an order was `amended` by what the institution itself may do; where another reason stands, mandates cut it. */
export const ownLimits = {
  long: 'would sell more than it holds',
  short: 'would be short beyond its position limit',
} as const;
