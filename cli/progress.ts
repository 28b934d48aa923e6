import { styleText } from 'node:util';
import type { Globals } from './globals.js';

/** What a bar shows of a running simulation. */
export interface Progress {
  readonly update: (day: number, stress: string) => void;
  readonly done: () => void;
}

const silent: Progress = { update: () => undefined, done: () => undefined };

const clock = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')}`;

function bar(share: number, width: number): string {
  const full = Math.round(share * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}

/** A progress bar on a terminal, a line every tenth elsewhere, nothing when quiet; `what` is counted. */
export function progress(
  days: number,
  { quiet, color }: Globals,
  what = 'day',
  stream = process.stderr,
): Progress {
  if (quiet) return silent;
  const began = performance.now();
  let shownAt = 0;
  let tenth = 0;
  const text = (day: number, stress: string): string => {
    const seconds = (performance.now() - began) / 1000;
    const speed = day / Math.max(seconds, 1e-3);
    const left = (days - day) / Math.max(speed, 1e-3);
    return `${what} ${day}/${days}  ${speed.toFixed(speed < 10 ? 2 : 0)} ${what}s/s  ${clock(left)} left  ${stress}`;
  };
  if (!stream.isTTY)
    return {
      ...silent,
      update: (day, stress) => {
        if (Math.floor((10 * day) / days) <= tenth) return;
        tenth = Math.floor((10 * day) / days);
        stream.write(`${text(day, stress)}\n`);
      },
    };
  const paint = (s: string): string => (color ? styleText('cyan', s, { stream }) : s);
  return {
    update: (day, stress) => {
      if (performance.now() - shownAt < 100 && day < days) return;
      shownAt = performance.now();
      stream.write(`\r${paint(bar(day / days, 24))} ${text(day, stress)}\x1b[K`);
    },
    done: () => stream.write('\n'),
  };
}
