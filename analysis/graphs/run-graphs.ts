import { csrFromTriplets } from '../../market/contagion/csr.js';
import { contagionGraph, type GraphTables } from '../../market/contagion/graph.js';
import type { DatedGraph } from '../../market/contagion/gexf-series.js';
import { cells, dayTables, type DayTables } from '../losses/day-tables.js';
import type { RunData } from '../run-data.js';

/** The state that contagion acts on, as it stood at each day's close; days without balance sheets are left out.
 * Claims that the outside book took over are not between institutions, and short positions are not holdings.
 */
export function* graphTablesOf(
  run: RunData,
): Generator<{ readonly day: number; readonly tables: GraphTables }> {
  let claims: DayTables['tables']['exposures'];
  for (const { day, tables } of dayTables(run)) {
    claims = tables.exposures ?? claims;
    if (tables.institutions === undefined) continue;
    yield { day, tables: tablesOn(run, tables, claims) };
  }
}

function tablesOn(
  run: RunData,
  { institutions, assets, positions }: DayTables['tables'],
  claims: DayTables['tables']['exposures'],
): GraphTables {
  const n = run.roster.length;
  const price = cells(assets, 'price');
  const [who, what, units] = ['institution', 'asset', 'units'].map((c) =>
    Array.from(cells(positions, c)),
  ) as [number[], number[], number[]];
  const long = [...units.keys()].filter((r) => units[r]! > 0);
  const [creditor, debtor, face] = ['creditor', 'debtor', 'face'].map((c) =>
    Array.from(cells(claims, c)),
  ) as [number[], number[], number[]];
  const inside = [...face.keys()].filter((e) => face[e]! > 0 && creditor[e]! < n);
  return {
    institutions: run.roster.map(({ id, type }, i) => ({
      id,
      type,
      equityUsd: cells(institutions, 'equityUsd')[i]!,
      totalAssetsUsd: cells(institutions, 'assetsUsd')[i]!,
    })),
    assets: run.scenario.assets.map((asset) => ({
      id: asset.id,
      class: asset.class,
      depthUsd: asset.floatUsd,
    })),
    exposures: csrFromTriplets(n, n, {
      row: inside.map((e) => creditor[e]!),
      column: inside.map((e) => debtor[e]!),
      value: inside.map((e) => face[e]!),
    }),
    holdings: csrFromTriplets(n, run.scenario.assets.length, {
      row: long.map((r) => who[r]!),
      column: long.map((r) => what[r]!),
      value: long.map((r) => units[r]! * price[what[r]!]!),
    }),
  };
}

/** The contagion graph at every `step`-th close, for `toGexfSeries`. */
export const graphSeries = (run: RunData, step = 1): DatedGraph[] =>
  [...graphTablesOf(run)]
    .filter(({ day }) => day % step === 0)
    .map(({ day, tables }) => ({ day, graph: contagionGraph(tables) }));
