import type { Notice, NoticeKind } from '../../core/events.js';

type Row = Readonly<Record<string, string | number>>;

/** Rows of one kind as a notice, in columns; none where there are no rows. */
export function noticeOf(kind: NoticeKind, rows: readonly Row[]): Notice[] {
  const [first] = rows;
  if (!first) return [];
  const columns = Object.fromEntries(Object.keys(first).map((name) => [name, rows.map((row) => row[name]!)]));
  return [{ kind, columns }];
}
