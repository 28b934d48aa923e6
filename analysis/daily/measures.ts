import { groupShares, hillNumber, meanCosine, sharesOf } from '../../core/diversity.js';
import { stream } from '../../core/random.js';
import { informationCoefficients, skillColumns } from '../../core/skill.js';
import { debtRank } from '../../market/contagion/debtrank.js';
import { csrFromTriplets } from '../../market/contagion/csr.js';
import { lsvHerding } from '../measures/herding/lsv.js';
import { meanOverlap } from '../measures/herding/mean-overlap.js';
import {
  effectiveForecasters,
  meanForecastCorrelation,
} from '../measures/monoculture/forecast-similarity.js';
import type { DayView } from './view.js';

type Numbers = ArrayLike<number>;
const column = (batch: Readonly<Record<string, unknown>> | undefined, name: string): Numbers =>
  (batch?.[name] ?? []) as Numbers;

/** Rows of active institutions that hold anything. */
function investors({ active, held, institutions }: DayView): number[] {
  return Array.from({ length: institutions }, (_, i) => i).filter((i) => active[i] === 1 && held[i]! > 0);
}

/** LSV herding of the day over all assets; who trades is who was filled, on net. */
function lsv({ tables, institutions, assets }: DayView): number {
  const [who, what, units] = ['institution', 'asset', 'units'].map((name) => column(tables.fills, name)) as [
    Numbers,
    Numbers,
    Numbers,
  ];
  const net = new Float64Array(institutions * assets);
  for (let r = 0; r < who.length; r++) net[who[r]! * assets + what[r]!]! += units[r]!;
  const buys = new Float64Array(assets);
  const sells = new Float64Array(assets);
  net.forEach((q, at) => {
    if (q > 0) buys[at % assets]!++;
    if (q < 0) sells[at % assets]!++;
  });
  return who.length === 0 ? NaN : (lsvHerding(buys, sells).meanHerding ?? NaN);
}

/** Distances from the benchmark below this share of the book are rounding, not positions. */
const flat = 1e-6;

/** Mean pairwise cosine of active weights: today's less those of day 0. */
function crowding(view: DayView): number {
  const { weights, benchmark, assets } = view;
  const rows = investors(view).flatMap((i) => {
    const tilt = Array.from(
      { length: assets },
      (_, k) => weights[i * assets + k]! - benchmark[i * assets + k]!,
    );
    return tilt.some((t) => Math.abs(t) > flat) ? [tilt] : [];
  });
  return meanCosine(Float64Array.from(rows.flat()), assets);
}

function overlap(view: DayView): number {
  const { weights, assets } = view;
  const rows = investors(view).map((i) => weights.subarray(i * assets, (i + 1) * assets));
  const flatRows = new Float64Array(rows.length * assets);
  rows.forEach((row, r) => flatRows.set(row, r * assets));
  return meanOverlap(flatRows, assets);
}

/** Rows of a table of (institution, item) cells, one an institution. */
function rowsByInstitution(
  who: Numbers,
  values: Numbers,
): { readonly seats: number[]; readonly rows: ArrayLike<number>[] } {
  const seats: number[] = [];
  const rows: number[][] = [];
  for (let r = 0; r < who.length; r++) {
    if (seats.at(-1) !== who[r]) {
      seats.push(who[r]!);
      rows.push([]);
    }
    rows.at(-1)!.push(values[r]!);
  }
  return { seats, rows };
}

function forecastCorrelation({ tables }: DayView): number {
  const { rows } = rowsByInstitution(
    column(tables.forecasts, 'institution'),
    column(tables.forecasts, 'mean'),
  );
  return rows.length < 2 ? NaN : meanForecastCorrelation(rows);
}

function effectiveArchitectures(view: DayView): number {
  const seats = investors(view);
  if (seats.length === 0) return NaN;
  const count = view.scenario.learning.architectures.length;
  const shares = groupShares(
    seats.map((i) => view.architecture[i]!),
    seats.map((i) => view.held[i]!),
    count,
  );
  return hillNumber(shares, 1);
}

/** Differential DebtRank after every institution loses the same share of its equity. */
function systemicDebtRank(view: DayView): number {
  const solvent = Uint8Array.from(view.equity, (e, i) => (view.active[i] === 1 && e > 0 ? 1 : 0));
  const seats = Array.from(solvent, (s, i) => (s ? i : -1)).filter((i) => i >= 0);
  const place = new Map(seats.map((seat, p) => [seat, p]));
  const [creditor, debtor, face] = ['creditor', 'debtor', 'face'].map((name) =>
    column(view.exposures, name),
  ) as [Numbers, Numbers, Numbers];
  const links = Array.from({ length: face.length }, (_, e) => e).filter(
    (e) => solvent[creditor[e]!] && solvent[debtor[e]!] && face[e]! > 0,
  );
  if (seats.length === 0) return NaN;
  const matrix = csrFromTriplets(seats.length, seats.length, {
    row: links.map((e) => place.get(creditor[e]!)!),
    column: links.map((e) => place.get(debtor[e]!)!),
    value: links.map((e) => face[e]!),
  });
  const equity = Float64Array.from(seats, (i) => view.equity[i]!);
  const shock = view.scenario.contagion.probeShock;
  const { value } = debtRank(matrix, equity, new Float64Array(seats.length).fill(shock));
  const total = equity.reduce((a, b) => a + b, 0);
  return value.reduce((sum, h, i) => sum + (h - shock) * equity[i]!, 0) / total;
}

const day = (view: DayView, name: string): number => column(view.tables.days, name)[0]!;

/** At most this many institutions are compared pair by pair, drawn by lot where there are more. */
const compared = 256;

/** Effective number of models, by how alike their forecasts on public probes are. */
export function effectiveModels(view: DayView): number {
  const { seats, rows } = rowsByInstitution(
    column(view.tables.probes, 'institution'),
    column(view.tables.probes, 'forecast'),
  );
  const varied = seats
    .map((_, r) => r)
    .filter((r) => view.held[seats[r]!]! > 0 && Array.from(rows[r]!).some((x) => x !== rows[r]![0]));
  if (varied.length === 0) return NaN;
  const drawn =
    varied.length <= compared
      ? varied
      : stream({ seed: view.scenario.seed, purpose: 'compared-models' })
          .shuffle(varied)
          .slice(0, compared)
          .sort((a, b) => a - b);
  return effectiveForecasters(
    drawn.map((r) => rows[r]!),
    sharesOf(drawn.map((r) => view.held[seats[r]!]!)),
    1,
  );
}

/** Mean distance of contributors' models to their federation's: how far apart their parameters are. */
export function parameterDispersion(view: DayView): number {
  const distances = Float64Array.from(column(view.tables.rounds, 'distance'));
  return distances.length === 0 ? NaN : distances.reduce((a, b) => a + b, 0) / distances.length;
}

/** Out-of-sample information coefficient of forecasts that matured since the last round. */
function informationCoefficient({ tables }: DayView): number {
  const sums = skillColumns.map((name) => Array.from(column(tables.skill, name)).reduce((a, b) => a + b, 0));
  return informationCoefficients(sums).model;
}

function turnover({ tables, held }: DayView): number {
  const [units, price] = [column(tables.fills, 'units'), column(tables.fills, 'price')];
  let traded = 0;
  for (let r = 0; r < units.length; r++) traded += Math.abs(units[r]!) * price[r]!;
  const books = held.reduce((a, b) => a + b, 0);
  return books > 0 ? traded / 2 / books : NaN;
}

/** The measures of one day, by the column of the `days` table they fill. */
export const dailyMeasures = {
  lsv,
  crowding,
  overlap,
  forecastCorrelation,
  effectiveArchitectures,
  effectiveModels: (view) => view.lastRound.effectiveModels,
  parameterDispersion: (view) => view.lastRound.parameterDispersion,
  debtRank: systemicDebtRank,
  fireSaleLoss: (view) => day(view, 'marginLossUsd') / day(view, 'openingEquityUsd'),
  breachShare: (view) => day(view, 'breaches') / day(view, 'activeAtOpen'),
  defaultShare: (view) => day(view, 'defaults') / day(view, 'activeAtOpen'),
  leverage: (view) => {
    const total = (values: Float64Array): number =>
      values.reduce((sum, x, i) => (view.active[i] ? sum + x : sum), 0);
    return total(view.assetsUsd) / total(view.equity);
  },
  informationCoefficient,
  turnover,
} satisfies Record<string, (view: DayView) => number>;
