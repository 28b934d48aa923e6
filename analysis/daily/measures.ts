import { mean } from '../../core/descriptive.js';
import { sharesOf } from '../../core/diversity.js';
import { stream } from '../../core/random.js';
import { informationCoefficients, skillColumns } from '../../core/skill.js';
import { debtRank } from '../../market/contagion/debtrank.js';
import { csrFromTriplets } from '../../market/contagion/csr.js';
import { effectiveForecasters } from '../measures/monoculture/forecast-similarity.js';
import { column, rowsByInstitution, type Numbers } from './columns.js';
import { dispersionMeasures } from './dispersion.js';
import { forecastMeasures } from './forecasts.js';
import { positionMeasures } from './positions.js';
import { tradeMeasures } from './trades.js';
import type { DayView } from './view.js';

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
export function effectiveModels(view: DayView, most = compared): number {
  const { seats, rows } = rowsByInstitution(
    column(view.tables.probes, 'institution'),
    column(view.tables.probes, 'forecast'),
  );
  const varied = seats
    .map((_, r) => r)
    .filter((r) => view.held[seats[r]!]! > 0 && Array.from(rows[r]!).some((x) => x !== rows[r]![0]));
  if (varied.length === 0) return NaN;
  const drawn =
    varied.length <= most
      ? varied
      : stream({ seed: view.scenario.seed, purpose: 'compared-models' })
          .shuffle(varied)
          .slice(0, most)
          .sort((a, b) => a - b);
  return effectiveForecasters(
    drawn.map((r) => rows[r]!),
    sharesOf(drawn.map((r) => view.held[seats[r]!]!)),
    1,
  );
}

/** Mean distance of contributors' models to their federation's: how far apart their parameters are. */
export const parameterDispersion = (view: DayView): number => mean(column(view.tables.rounds, 'distance'));

/** Mean similarity of two institutions' hidden representations on public probes, all pairs. */
export const representationSimilarity = (view: DayView): number =>
  mean(column(view.tables.representations, 'similarity'));

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
  ...tradeMeasures,
  ...dispersionMeasures,
  ...positionMeasures,
  ...forecastMeasures,
  effectiveModels: (view) => view.lastRound.effectiveModels,
  parameterDispersion: (view) => view.lastRound.parameterDispersion,
  representationSimilarity: (view) => view.lastRound.representationSimilarity,
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
