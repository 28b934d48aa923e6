import type { Batch, DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { roster } from '../../core/roster.js';
import { column, forecastRows } from './columns.js';

/** Measures of models, as the last round left them. */
export interface LastRound {
  readonly parameterDispersion: number;
  readonly effectiveModels: number;
  readonly representationSimilarity: number;
}

/** What the measures of one day read: that day's rows, and what is still in force from days before. */
export interface DayView {
  readonly scenario: Scenario;
  readonly institutions: number;
  readonly assets: number;
  readonly tables: DayFacts['tables'];
  /** 1 where the institution is in business at the close. */
  readonly active: Uint8Array;
  readonly equity: Float64Array;
  readonly assetsUsd: Float64Array;
  readonly cash: Float64Array;
  readonly loans: Float64Array;
  /** Closing prices. */
  readonly prices: ArrayLike<number>;
  readonly architecture: Int32Array;
  /** Holdings over their value: institutions x assets; rows without holdings are 0. */
  readonly weights: Float64Array;
  /** Value of holdings by institution. */
  readonly held: Float64Array;
  /** Weights on day 0. */
  readonly benchmark: Float64Array;
  /** Interbank claims in force. */
  readonly exposures: Batch;
  /** Net value that each institution traded in each asset, USD: institutions x assets. */
  readonly traded: Float64Array;
  /** The same on the day before; absent on the first. */
  readonly tradedBefore: Float64Array | undefined;
  readonly pricesBefore: ArrayLike<number> | undefined;
  /** What institutions expected on the day before, one row each. */
  readonly forecastBefore: readonly ArrayLike<number>[] | undefined;
  /** Sources that each institution reads. */
  readonly sources: readonly (readonly string[])[];
  /** Model measures of the last round. */
  readonly lastRound: LastRound;
}

/** Net value traded by institution and asset. */
function netTrades({ fills }: DayFacts['tables'], n: number, k: number): Float64Array {
  const at = (name: string): ArrayLike<number> => column(fills, name);
  const [who, what, units, price] = [at('institution'), at('asset'), at('units'), at('price')];
  const net = new Float64Array(n * k);
  for (let r = 0; r < who.length; r++) if (who[r]! < n) net[who[r]! * k + what[r]!]! += units[r]! * price[r]!;
  return net;
}

/** Sources by seat, without those that mandates withdrew before the first day. */
function sourcesRead(scenario: Scenario, { notices }: DayFacts): string[][] {
  const seats = roster(scenario.institutions);
  const gone = new Set(
    notices.flatMap(({ kind, columns }) =>
      kind === 'moved' ? columns['institution']!.map((id, r) => `${id} ${columns['from']![r]!}`) : [],
    ),
  );
  return seats.map(({ id, type }) =>
    scenario.institutions.types[type]!.sources.filter((source) => !gone.has(`${id} ${source}`)),
  );
}

function scatter(batch: Batch | undefined, name: string, size: number): Float64Array {
  const at = column(batch, 'institution');
  const values = column(batch, name);
  const out = new Float64Array(size);
  for (let r = 0; r < at.length; r++) out[at[r]!] = values[r]!;
  return out;
}

function holdings(
  tables: DayFacts['tables'],
  n: number,
  k: number,
): { weights: Float64Array; held: Float64Array } {
  const prices = column(tables.assets, 'price');
  const [who, what, units] = [
    column(tables.positions, 'institution'),
    column(tables.positions, 'asset'),
    column(tables.positions, 'units'),
  ];
  const weights = new Float64Array(n * k);
  const held = new Float64Array(n);
  for (let r = 0; r < who.length; r++) {
    const value = units[r]! * prices[what[r]!]!;
    weights[who[r]! * k + what[r]!] = value;
    held[who[r]!]! += value;
  }
  for (let i = 0; i < n; i++) if (held[i]! > 0) for (let a = 0; a < k; a++) weights[i * k + a]! /= held[i]!;
  return { weights, held };
}

/** Reads one day's facts; `before` is the view of the day before. */
export function viewDay(scenario: Scenario, facts: DayFacts, before: DayView | undefined): DayView {
  const { tables } = facts;
  const institutions = before?.institutions ?? roster(scenario.institutions).length;
  const assets = scenario.assets.length;
  const { weights, held } = holdings(tables, institutions, assets);
  return {
    scenario,
    institutions,
    assets,
    tables,
    active: Uint8Array.from(scatter(tables.institutions, 'active', institutions)),
    equity: scatter(tables.institutions, 'equityUsd', institutions),
    assetsUsd: scatter(tables.institutions, 'assetsUsd', institutions),
    cash: scatter(tables.institutions, 'cash', institutions),
    loans: scatter(tables.institutions, 'loans', institutions),
    prices: column(tables.assets, 'price'),
    architecture: Int32Array.from(scatter(tables.institutions, 'architecture', institutions)),
    weights,
    held,
    benchmark: before?.benchmark ?? weights,
    traded: netTrades(tables, institutions, assets),
    tradedBefore: before?.traded,
    pricesBefore: before?.prices,
    forecastBefore: before && forecastRows(before),
    sources: before?.sources ?? sourcesRead(scenario, facts),
    exposures: tables.exposures ?? before?.exposures ?? {},
    lastRound: before?.lastRound ?? {
      parameterDispersion: NaN,
      effectiveModels: NaN,
      representationSimilarity: NaN,
    },
  };
}
