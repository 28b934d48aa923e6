import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import type { Stream } from '../../core/random.js';
import { accuracyOn } from '../accuracy.js';
import { maturedSpan, type Span } from '../samples.js';
import { excerptOf, type Window } from '../window.js';
import { regime, type Session } from './regime.js';

interface Options {
  readonly share: number;
  readonly capacity: number;
}

/** How far a member's days have been looked through. */
interface Progress {
  /** First day that has not been a candidate yet. */
  readonly next: number;
  /** Days written at the last look. */
  readonly written: number;
}

interface Memory {
  /** Days kept, each with what it looks back on. */
  readonly days: readonly Window[];
  /** Candidates so far: the reservoir's denominator. */
  readonly seen: number;
  readonly progress: readonly Progress[];
}

const spanOfDay = (day: Window): Span => ({ window: day, from: day.written - 1, to: day.written });

/** The days that will have left the window by the next look, if as many come as came since the last. */
function leaving(window: Window, { next, written }: Progress): number[] {
  const { from, to } = maturedSpan(window);
  const restarted = window.written < written;
  const since = written === 0 || restarted ? 1 : window.written - written;
  const first = Math.max(from, restarted ? 0 : next);
  return Array.from({ length: Math.max(0, Math.min(to, from + since) - first) }, (_, i) => first + i);
}

/** Keeps a uniform sample of everything that ever came by: algorithm R. */
function admit(days: Window[], seen: number, capacity: number, draws: Stream, day: () => Window): void {
  const place = days.length < capacity ? days.length : draws.integer(seen + 1);
  if (place < capacity) days[place] = day();
}

function remember({ options, pupil, memory }: Session<Options, Memory>, spans: readonly Span[]): Memory {
  const draws = pupil.streamFor('reservoir');
  const days = [...(memory?.days ?? [])];
  let seen = memory?.seen ?? 0;
  const progress = spans.map(({ window }, member): Progress => {
    const before = memory?.progress[member] ?? { next: 0, written: 0 };
    const candidates = leaving(window, before);
    for (const day of candidates) {
      admit(days, seen, options.capacity, draws, () =>
        excerptOf(window, day, day + 1, pupil.longestLookback),
      );
      seen++;
    }
    return { next: (candidates.at(-1) ?? before.next - 1) + 1, written: window.written };
  });
  return { days, seen, progress };
}

/** Goes over earlier days again. */
export const replay = regime<Options, Memory>({
  summary: 'Continual learning with replay: days that have left the window are gone over again',
  source: 'Rolnick et al. 2019, Experience Replay for Continual Learning; Vitter 1985 (reservoir sampling)',
  needs: 'nothing',
  options: z.strictObject({
    share: field(z.number().gt(0).lt(1).default(0.25), 'Share of training that earlier days have', 'share'),
    capacity: field(
      z.int().min(1).max(10_000).default(100),
      'Days kept: a uniform sample of all that ever left the window',
      'days',
    ),
  }),
  prepare: ({ options, memory }, lesson) => {
    const spans = (memory?.days ?? []).map(spanOfDay);
    return {
      memory,
      lesson: spans.length > 0 ? { ...lesson, rehearsal: { spans, share: options.share } } : lesson,
    };
  },
  conclude: (session, { spans }) => {
    const { cohort, slot, lookback } = session.pupil;
    const memory = remember(session, spans);
    const kept = memory.days.map(spanOfDay);
    const readings =
      kept.length > 0
        ? [{ quantity: 'replay-loss', at: 0, value: accuracyOn(cohort, slot, kept, lookback).loss }]
        : [];
    return { memory, readings };
  },
});
