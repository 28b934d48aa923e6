import type { Stream } from '../../../core/random.js';
import type { Axis, Value } from '../axis.js';

/** What a design draws its points from. */
export interface Sampling {
  readonly axes: readonly Axis[];
  /** Points asked for; designs over levels have as many as their levels give. */
  readonly count: number;
  /** A stream for each name: adding an axis shifts no other's draws. */
  readonly draw: (name: string) => Stream;
}

/** A way to lay points over axes: one row a point, one value an axis. */
export type DesignKind = (sampling: Sampling) => readonly (readonly Value[])[];
