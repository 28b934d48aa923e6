import { levelsOf, type Value } from '../axis.js';
import type { DesignKind } from './design-kind.js';

/** Every combination of levels; the last axis moves fastest. */
export const factorial: DesignKind = ({ axes }) =>
  axes.reduce<Value[][]>(
    (rows, axis) => rows.flatMap((row) => levelsOf(axis).map((level) => [...row, level])),
    [[]],
  );
