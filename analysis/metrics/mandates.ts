import { informationCoefficients, skillColumns, skillWidth } from '../../core/skill.js';
import { numbers, type RunData } from '../run-data.js';
import { metric, type Metric, type MetricMap, type Unit } from './metric.js';

/** A change of architecture that a mandate ordered. */
export interface OrderedMove {
  readonly day: number;
  readonly institution: string;
  readonly mandate: string;
  readonly energyKwh: number;
  readonly costUsd: number;
}

/** Changes of architecture by mandate, in the order of days; what a mandate only took away is none. */
export const orderedMoves = ({ notices, scenario }: RunData): OrderedMove[] => {
  const architectures = new Set(scenario.learning.architectures.map(({ name }) => name));
  return notices
    .filter(({ kind }) => kind === 'moved')
    .flatMap(({ day, columns }) =>
      (columns['institution'] ?? []).map((institution, row) => ({
        day,
        institution: String(institution),
        mandate: String(columns['mandate']![row]),
        to: String(columns['to']![row]),
        energyKwh: Number(columns['energyKwh']?.[row] ?? 0),
        costUsd: Number(columns['costUsd']?.[row] ?? 0),
      })),
    )
    .filter(({ to }) => architectures.has(to))
    .map(({ to: _, ...move }) => move);
};

/** What a group of institutions knew and traded after a day. */
export interface Group {
  readonly institutions: number;
  /** Out-of-sample information coefficient of its forecasts, pooled; NaN where none matured. */
  readonly skill: number;
  /** One-way value traded a day over the value of assets; NaN where the record leaves out fills. */
  readonly turnover: number;
}

function skillOf({ tables }: RunData, seats: ReadonlySet<number>, from: number, to: number): number {
  if (!tables.skill) return NaN;
  const [day, who] = [numbers(tables.skill, 'day'), numbers(tables.skill, 'institution')];
  const columns = skillColumns.map((name) => numbers(tables.skill!, name));
  const sums = new Float64Array(skillWidth);
  for (let row = 0; row < day.length; row++)
    if (seats.has(who[row]!) && day[row]! >= from && day[row]! < to)
      columns.forEach((c, j) => (sums[j]! += c[row]!));
  return informationCoefficients(sums).model;
}

function turnoverOf({ tables }: RunData, seats: ReadonlySet<number>, from: number, to: number): number {
  if (!tables.fills || !tables.institutions) return NaN;
  const within = (day: number, seat: number): boolean => seats.has(seat) && day >= from && day < to;
  const fill = (name: string) => numbers(tables.fills!, name);
  const [fillDay, trader, units, price] = [fill('day'), fill('institution'), fill('units'), fill('price')];
  let [traded, held] = [0, 0];
  for (let r = 0; r < fillDay.length; r++)
    if (within(fillDay[r]!, trader[r]!)) traded += Math.abs(units[r]!) * price[r]!;
  const book = (name: string) => numbers(tables.institutions!, name);
  const [bookDay, owner, assets] = [book('day'), book('institution'), book('assetsUsd')];
  for (let r = 0; r < bookDay.length; r++) if (within(bookDay[r]!, owner[r]!)) held += assets[r]!;
  return traded / 2 / held;
}

/** Those that mandates moved and those that stayed, before the first move and after it. */
export function movedAndStayed(
  run: RunData,
): Readonly<Record<'moved' | 'stayed', { readonly before: Group; readonly after: Group }>> {
  const moves = orderedMoves(run);
  const gone = new Set(moves.map(({ institution }) => institution));
  const first = Math.max(run.scenario.warmUp + 1, Math.min(...moves.map(({ day }) => day)));
  const side = (isMoved: boolean) => {
    const seats = new Set(run.roster.flatMap(({ id }, i) => (gone.has(id) === isMoved ? [i] : [])));
    const group = (from: number, to: number): Group => ({
      institutions: seats.size,
      skill: skillOf(run, seats, from, to),
      turnover: turnoverOf(run, seats, from, to),
    });
    return { before: group(run.scenario.warmUp + 1, first), after: group(first, Infinity) };
  };
  return { moved: side(true), stayed: side(false) };
}

const tally = (label: string, unit: Unit, meaning: string, value: number): Metric =>
  metric({ topic: 'mandates', label, unit, meaning }, value, 'there are no mandates');

/** What mandates made institutions do, and what they charged for it, warm-up included. */
export function mandateMetrics(run: RunData): MetricMap {
  const moves = orderedMoves(run);
  const total = (of: (move: OrderedMove) => number): number => moves.reduce((sum, m) => sum + of(m), 0);
  return {
    mandateMoves: tally(
      'Changes of architecture',
      'count',
      'Times that a mandate made an institution change its architecture.',
      moves.length,
    ),
    mandateCostUsd: tally(
      'Cost of those changes',
      'USD',
      'What institutions paid for them: fee and energy; trading and lost skill are in their books.',
      total((m) => m.costUsd),
    ),
    retrainingKwh: tally(
      'Energy of retraining',
      'kWh',
      'What training the new models took, reckoned from floating-point operations.',
      total((m) => m.energyKwh),
    ),
  };
}
