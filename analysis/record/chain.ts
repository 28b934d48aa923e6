import type { Notice } from '../../core/events.js';
import { byCodeUnit } from '../../core/roster.js';
import { hashText } from './hashing.js';

/** What the first `day` line has for its predecessor. */
export const genesis = '0'.repeat(64);

/** One line a kind: notices of one kind become one, in order of kind. */
function byKind(notices: readonly Notice[]): Notice[] {
  const merged = new Map<Notice['kind'], Notice>();
  for (const notice of notices) {
    const before = merged.get(notice.kind);
    const joined = Object.entries(notice.columns).map(([name, values]) => [
      name,
      [...(before?.columns[name] ?? []), ...values],
    ]);
    merged.set(notice.kind, { kind: notice.kind, columns: Object.fromEntries(joined) as Notice['columns'] });
  }
  return [...merged.values()].sort((a, b) => byCodeUnit(a.kind, b.kind));
}

export interface DayLine {
  readonly day: number;
  readonly kind: 'day';
  /** SHA-256 of the day's rows of all tables. */
  readonly tables: string;
  /** SHA-256 of the day's notice lines. */
  readonly notices: string;
  /** SHA-256 of the `day` line before. */
  readonly previous: string;
}

/** The lines of one day in events.jsonl: its notices, then the `day` line that binds them to all before. */
export function dayLines(
  day: number,
  notices: readonly Notice[],
  tables: string,
  previous: string,
): { readonly text: string; readonly hash: string } {
  const lines = byKind(notices).map((n) => `${JSON.stringify({ day, kind: n.kind, columns: n.columns })}\n`);
  const line: DayLine = { day, kind: 'day', tables, notices: hashText(lines.join('')), previous };
  const closing = JSON.stringify(line);
  return { text: `${lines.join('')}${closing}\n`, hash: hashText(closing) };
}
