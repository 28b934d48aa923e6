import { day, field } from '../../core/scenario/field.js';
import type { Problem } from '../../core/scenario/problem.js';
import type { Scenario } from '../../core/scenario.js';
import { checkDay } from './check.js';

/** Days on which an act is in force; without an end it is a standing rule. */
export const spanFields = {
  from: field(day.default(1), 'First day.', 'day'),
  to: field(day.nullable().default(null), 'Last day; null: a standing rule, to the end of the run.', 'day'),
};

export interface Span {
  readonly from: number;
  readonly to: number | null;
}

/** The span of an entry whose kind has one. */
export const spanOf = (chosen: Readonly<Record<string, unknown>>): Span => ({
  from: chosen['from'] as number,
  to: chosen['to'] as number | null,
});

export const during = ({ from, to }: Span, day: number): boolean => from <= day && day <= (to ?? Infinity);

/** "from day 3 to day 9", as reasons say it. */
export const spanText = ({ from, to }: Span): string =>
  to === null ? `from day ${from} on` : `from day ${from} to day ${to}`;

/** That a span lies on the calendar and runs forwards. */
export const checkSpan = ({ from, to }: Span, scenario: Scenario): Problem[] => [
  ...checkDay('from', from, scenario),
  ...(to === null ? [] : checkDay('to', to, scenario)),
  ...(to !== null && to < from
    ? [{ path: ['to'], message: `day ${to} is before the first day, ${from}` }]
    : []),
];

export const overlap = (a: Span, b: Span): boolean =>
  a.from <= (b.to ?? Infinity) && b.from <= (a.to ?? Infinity);
