import type { NoticeKind } from '../../../core/events.js';
import { counted, usd } from '../../figures/say.js';
import type { RunData } from '../../run-data.js';
import { html, table, text, type Section } from '../html.js';

type Cell = (column: string) => string | number;

interface Told {
  readonly what: string;
  readonly who: (of: Cell) => string | number;
  readonly detail: (of: Cell) => string | number;
}

/** The kinds that a reader wants one by one, and how each is told. */
const told: Partial<Readonly<Record<NoticeKind, Told>>> = {
  default: {
    what: 'Default',
    who: (of) => of('institution'),
    detail: (of) =>
      `equity ${usd(Number(of('equity')))}; owed ${usd(Number(of('owed')))}, of which ${usd(Number(of('paid')))} was paid`,
  },
  entry: {
    what: 'Entry',
    who: (of) => of('institution'),
    detail: (of) => `takes the seat with equity of ${usd(Number(of('equity')))}`,
  },
  recapitalised: {
    what: 'Recapitalised',
    who: (of) => of('institution'),
    detail: (of) => `with ${usd(Number(of('amount')))}`,
  },
  outage: { what: 'Outage', who: (of) => of('institution'), detail: (of) => of('reason') },
  moved: {
    what: 'Moved by mandate',
    who: (of) => of('institution'),
    detail: (of) =>
      `${of('from')} to ${of('to')}, ${of('mandate')}: ${of('reason')}${Number(of('costUsd')) > 0 ? `; it paid ${usd(Number(of('costUsd')))}` : ''}`,
  },
  'unmet-mandate': { what: 'Mandate not met', who: (of) => of('mandate'), detail: (of) => of('reason') },
  intervention: {
    what: 'Intervention',
    who: (of) => of('target'),
    detail: (of) => `${of('kind')} of ${usd(Number(of('amount')))}: ${of('reason')}`,
  },
  ordered: {
    what: 'Ordered live',
    who: (of) => of('by'),
    detail: (of) => `${of('kind')}, ${of('accepted') === 1 ? 'accepted' : 'refused'}: ${of('reason')}`,
  },
  shock: { what: 'Scheduled shock', who: (of) => of('target'), detail: (of) => `size ${of('size')}` },
};

interface Event {
  readonly day: number;
  readonly what: string;
  readonly who: string | number;
  readonly detail: string | number;
}

const most = 150;

const eventsOf = (run: RunData): Event[] =>
  [...run.notices]
    .sort((a, b) => a.day - b.day)
    .flatMap(({ day, kind, columns }) => {
      const how = told[kind];
      if (!how) return [];
      const rows = Math.max(0, ...Object.values(columns).map((c) => c.length));
      return Array.from({ length: rows }, (_, row) => {
        const of: Cell = (column) => columns[column]?.[row] ?? '';
        return { day, what: how.what, who: how.who(of), detail: how.detail(of) };
      });
    });

/** How many of every other kind there were. */
function others(run: RunData): string {
  const counts = new Map<string, number>();
  for (const { kind, columns } of run.notices)
    if (!told[kind]) counts.set(kind, (counts.get(kind) ?? 0) + (Object.values(columns)[0]?.length ?? 0));
  return [...counts].map(([kind, n]) => `${kind} ${n}`).join(', ');
}

/** Defaults, outages, moves by mandate and the like, one by one, with their reasons. */
export function events(run: RunData): Section {
  const all = eventsOf(run);
  const rows = all.slice(0, most).map((e) => [text(e.day), text(e.what), text(e.who), text(e.detail)]);
  const rest = others(run);
  return {
    id: 'events',
    title: 'Notable events',
    body: html`${all.length === 0 ? html`<p>There are no defaults, outages, moves by mandate, interventions or shocks.</p>` : table(['Day', 'Event', 'Who', 'What happened, and why'], rows, 'events')}
    ${all.length > most ? html`<p class="note">${text(counted(all.length - most, 'later event'))} not shown; all are in events.jsonl.</p>` : html``}
    ${rest === '' ? html`` : html`<p class="note">Also recorded in events.jsonl: ${text(rest)}.</p>`}`,
  };
}
