import type { Batch, DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { roster } from '../../core/roster.js';

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
  readonly architecture: Int32Array;
  /** Holdings over their value: institutions x assets; rows without holdings are 0. */
  readonly weights: Float64Array;
  /** Value of holdings by institution. */
  readonly held: Float64Array;
  /** Weights on day 0. */
  readonly benchmark: Float64Array;
  /** Interbank claims in force. */
  readonly exposures: Batch;
  /** Model measures of the last round. */
  readonly lastRound: { readonly parameterDispersion: number; readonly effectiveModels: number };
}

const column = (batch: Batch | undefined, name: string): ArrayLike<number> =>
  (batch?.[name] ?? []) as ArrayLike<number>;

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
    architecture: Int32Array.from(scatter(tables.institutions, 'architecture', institutions)),
    weights,
    held,
    benchmark: before?.benchmark ?? weights,
    exposures: tables.exposures ?? before?.exposures ?? {},
    lastRound: before?.lastRound ?? { parameterDispersion: NaN, effectiveModels: NaN },
  };
}
