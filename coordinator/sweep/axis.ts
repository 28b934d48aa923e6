import { exp, log } from '../../core/numeric.js';

/** What a scenario field may be set to. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };

/** Numbers between two ends, from which a sampling design draws. */
export interface Range {
  readonly from: number;
  readonly to: number;
  readonly scale: 'linear' | 'log';
  readonly whole: boolean;
}

/** One field of the scenario and what it is varied over. */
export interface Axis {
  readonly path: string;
  readonly over: readonly Value[] | Range;
}

const scales: Readonly<Record<Range['scale'], (u: number, from: number, to: number) => number>> = {
  linear: (u, from, to) => from + u * (to - from),
  log: (u, from, to) => exp(log(from) + u * (log(to) - log(from))),
};

const within = (u: number, { from, to, scale, whole }: Range): number =>
  whole ? Math.min(to, from + Math.floor(u * (to - from + 1))) : scales[scale](u, from, to);

const isList = (over: Axis['over']): over is readonly Value[] => Array.isArray(over);

/** The value at a place between 0 and 1: along a range, or one of the levels, each with an equal share. */
export const valueAt = ({ over }: Axis, u: number): Value =>
  isList(over) ? over[Math.min(over.length - 1, Math.floor(u * over.length))]! : within(u, over);

/** The levels of an axis that has levels. */
export const levelsOf = ({ over }: Axis): readonly Value[] => (isList(over) ? over : []);
