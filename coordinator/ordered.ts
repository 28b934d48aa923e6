import type { Notice } from '../core/events.js';
import type { Chosen } from '../core/scenario/catalogue.js';
import type { Scenario } from '../core/scenario.js';
import { suggestion } from '../core/nearest.js';
import { interventions } from '../market/interventions/index.js';
import type { Intervention } from '../market/interventions/act.js';
import type { Ordered } from './authority.js';
import { noticeOf } from './oversight/notice-of.js';

/** Interventions in force or to come, after those that were ordered today. */
export interface TakenUp {
  /** All that were ordered while the run goes on, so far. */
  readonly ordered: readonly Chosen<'kind'>[];
  readonly notices: readonly Notice[];
}

/** An entry with its options checked and completed, or what is wrong with it. */
type Judged = { readonly entry: Chosen<'kind'> } | { readonly wrong: string };

/** The day key that an entry of a kind begins on. */
const dayKey = ({ options }: Intervention): 'day' | 'from' => ('day' in options.shape ? 'day' : 'from');

/** Checks an order as the scenario's own list is checked, and that it does not begin in the past. */
function judge(scenario: Scenario, given: Chosen<'kind'>, day: number): Judged {
  const { kind, ...rest } = given;
  const known = interventions as Readonly<Record<string, Intervention>>;
  const intervention = known[kind];
  if (!intervention) return { wrong: `"${kind}" is no intervention${suggestion(kind, Object.keys(known))}` };
  const key = dayKey(intervention);
  const parsed = intervention.options.safeParse({ [key]: day, ...rest });
  if (!parsed.success)
    return { wrong: parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('; ') };
  const entry = { kind, ...parsed.data } as Chosen<'kind'>;
  const begins = Number(entry[key]);
  const wrong = [
    ...(begins < day ? [`${key}: day ${begins} is over; today is day ${day}`] : []),
    ...(intervention.check?.(entry, scenario) ?? []).map((p) => `${p.path.join('.')}: ${p.message}`),
    ...scenario.interventions.flatMap((other) => {
      const message = intervention.contradicts?.(entry, other, scenario);
      return message === undefined ? [] : [message];
    }),
  ];
  return wrong.length > 0 ? { wrong: wrong.join('; ') } : { entry };
}

/** Takes up what was ordered today: each order is accepted or refused, on record with its effective day.
 * @param scenario with all interventions so far in its list
 */
export function takeUp(
  scenario: Scenario,
  before: readonly Chosen<'kind'>[],
  today: readonly Ordered[],
  day: number,
): TakenUp {
  let ordered = before;
  const rows = today.map(({ by, entry: given }) => {
    const judged = judge(withOrdered(scenario, ordered), given, day);
    if ('entry' in judged) ordered = [...ordered, judged.entry];
    return {
      kind: given.kind,
      entry: JSON.stringify(given),
      by,
      accepted: 'entry' in judged ? 1 : 0,
      reason: 'entry' in judged ? `in force as ordered` : judged.wrong,
    };
  });
  return { ordered, notices: noticeOf('ordered', rows) };
}

/** The scenario with what was ordered in its list of interventions. */
export const withOrdered = (scenario: Scenario, ordered: readonly Chosen<'kind'>[]): Scenario =>
  ordered.length === 0 ? scenario : { ...scenario, interventions: [...scenario.interventions, ...ordered] };
