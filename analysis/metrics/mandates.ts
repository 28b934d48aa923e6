import { ownLimits, type Batch } from '../../core/events.js';
import { firstMeasuredDay, noticeRows, numbers, type NoticeRow, type RunData } from '../run-data.js';
import { blockBootstrap, type Statistic } from './block-bootstrap.js';
import { closesOf } from './closes.js';
import { metric, type Metric, type MetricMap, type Unit } from './metric.js';
import { pooledSkill, skillSums, type Scope } from './skill-sums.js';

/** A change of architecture that a mandate ordered. */
export interface OrderedMove {
  readonly day: number;
  readonly institution: string;
  readonly mandate: string;
  readonly energyKwh: number;
  readonly costUsd: number;
}

const isArchitecture = ({ scenario }: RunData, name: unknown): boolean =>
  scenario.learning.architectures.some((architecture) => architecture.name === name);

/** Changes of architecture by mandate, in the order of days; what a mandate only took away is none. */
export const orderedMoves = (run: RunData): OrderedMove[] =>
  noticeRows(run, 'moved')
    .filter((row) => isArchitecture(run, row['to']))
    .map((row) => ({
      day: row.day,
      institution: String(row['institution']),
      mandate: String(row['mandate']),
      energyKwh: Number(row['energyKwh'] ?? 0),
      costUsd: Number(row['costUsd'] ?? 0),
    }));

/** Data sources that mandates took away: who had them, and by which mandate. */
export const withdrawals = (run: RunData): { readonly institution: string; readonly mandate: string }[] =>
  noticeRows(run, 'moved')
    .filter((row) => !isArchitecture(run, row['to']))
    .map((row) => ({ institution: String(row['institution']), mandate: String(row['mandate']) }));

/** A purchase that limits on what institutions hold together cut. */
export interface Forgone {
  readonly day: number;
  readonly institution: string;
  /** What was not bought at the day's close; NaN where the record has no prices. */
  readonly usd: number;
}

/** Purchases that mandates cut; what an institution's own limits cut is none. */
export function forgonePurchases(run: RunData): Forgone[] {
  const own = new Set<unknown>(Object.values(ownLimits));
  const closes = closesOf(run);
  const assets = run.scenario.assets.map(({ id }) => id);
  const closeOf = (row: NoticeRow): number =>
    closes?.get(row.day)?.[assets.indexOf(String(row['asset']))] ?? NaN;
  return noticeRows(run, 'amended')
    .filter((row) => !own.has(row['reason']))
    .map((row) => ({
      day: row.day,
      institution: String(row['institution']),
      usd: (Number(row['from']) - Number(row['to'])) * closeOf(row),
    }));
}

/** A number with its interval over stretches of the run, where there are enough days. */
export interface Estimate {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
}

/** What a group of institutions knew and traded after a day. */
export interface Group {
  readonly institutions: number;
  /** Out-of-sample information coefficient of its forecasts, pooled; NaN where none matured. */
  readonly skill: Estimate;
  /** One-way value traded a day over the value of assets; NaN where the record leaves out fills. */
  readonly turnover: Estimate;
}

const unknown: Estimate = { value: NaN, interval: null };

/** Blocks: of rounds for skill, of days for turnover; about a month of each. */
const [blockOfRounds, blockOfDays] = [4, 20];

function estimated(
  run: RunData,
  of: Statistic,
  length: number,
  blockLength: number,
  purpose: string,
): Estimate {
  const all = Int32Array.from({ length }, (_, i) => i);
  const resampling = {
    seed: run.scenario.seed,
    replications: 500,
    level: 0.95,
    length,
    blockLength,
    purpose,
  };
  return { value: of(all), interval: blockBootstrap({ of }, resampling)['of'] ?? null };
}

function skillOf(run: RunData, scope: Scope): Estimate {
  const sums = skillSums(run, scope);
  if (!sums) return unknown;
  const of = (at: Int32Array): number => pooledSkill(sums, at).model;
  return estimated(run, of, sums.days.length, blockOfRounds, 'bound-skill');
}

function turnoverOf(run: RunData, { seats, from = 0, to = Infinity }: Scope): Estimate {
  const { fills, institutions } = run.tables;
  if (!fills || !institutions) return unknown;
  const bookDay = numbers(institutions, 'day');
  const days = Int32Array.from(new Set(bookDay.filter((d) => d >= from && d < to))).sort();
  const place = new Map(Array.from(days, (d, i) => [d, i]));
  const [traded, held] = [new Float64Array(days.length), new Float64Array(days.length)];
  const add = (into: Float64Array, batch: Batch, worth: (row: number) => number): void => {
    const [day, who] = [numbers(batch, 'day'), numbers(batch, 'institution')];
    day.forEach((d, row) => {
      const at = place.get(d);
      if (at !== undefined && (seats?.has(who[row]!) ?? true)) into[at]! += worth(row);
    });
  };
  const [units, price] = [numbers(fills, 'units'), numbers(fills, 'price')];
  add(traded, fills, (row) => Math.abs(units[row]!) * price[row]!);
  const assetsUsd = numbers(institutions, 'assetsUsd');
  add(held, institutions, (row) => assetsUsd[row]!);
  const total = (of: Float64Array, at: Int32Array): number => at.reduce((sum, i) => sum + of[i]!, 0);
  const of = (at: Int32Array): number => total(traded, at) / 2 / total(held, at);
  return estimated(run, of, days.length, blockOfDays, 'bound-turnover');
}

/** Those that a mandate moved, took a source from or cut purchases of, and all others, from the first such day on, and before it
 * where any measured day was; null where mandates named nobody. */
export function boundAndOthers(run: RunData): {
  readonly since: number;
  readonly bound: { readonly before: Group | undefined; readonly after: Group };
  readonly others: { readonly before: Group | undefined; readonly after: Group };
} | null {
  const acts = [...noticeRows(run, 'moved'), ...forgonePurchases(run)];
  if (acts.length === 0) return null;
  const named = new Set(acts.map((act) => String(act.institution)));
  const measured = firstMeasuredDay(run);
  const since = Math.max(measured, Math.min(...acts.map(({ day }) => day)));
  const side = (isBound: boolean) => {
    const seats = new Set(run.roster.flatMap(({ id }, i) => (named.has(id) === isBound ? [i] : [])));
    const group = (from: number, to?: number): Group => {
      const scope = { seats, from, ...(to === undefined ? {} : { to }) };
      return { institutions: seats.size, skill: skillOf(run, scope), turnover: turnoverOf(run, scope) };
    };
    return { before: since > measured ? group(measured, since) : undefined, after: group(since) };
  };
  return { since, bound: side(true), others: side(false) };
}

const tally = (label: string, unit: Unit, meaning: string, value: number): Metric =>
  metric({ topic: 'mandates', label, unit, meaning }, value, 'there are no mandates');

/** What mandates made institutions do, and what they charged for it, warm-up included. */
export function mandateMetrics(run: RunData): MetricMap {
  const moves = orderedMoves(run);
  const total = (of: (move: OrderedMove) => number): number => moves.reduce((sum, m) => sum + of(m), 0);
  return {
    mandatesInForce: tally('Mandates', 'count', 'Mandates in force.', run.scenario.mandates.length),
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
    mandateWithdrawals: tally(
      'Data sources withdrawn',
      'count',
      'Subscriptions that a mandate took from institutions for the whole run; the skill lost is in their books.',
      withdrawals(run).length,
    ),
    mandateForgoneUsd: tally(
      'Purchases forgone',
      'USD',
      'Value of the purchases that limits on what institutions hold together cut, at the day’s close.',
      forgonePurchases(run).reduce((sum, { usd }) => sum + usd, 0),
    ),
  };
}
