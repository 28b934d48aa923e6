import { levelsOf } from '../axis.js';
import type { DesignKind } from './design-kind.js';

/** All axes move together: the first levels of each, the second levels of each, and so on. */
export const zip: DesignKind = ({ axes }) =>
  levelsOf(axes[0]!).map((_, i) => axes.map((axis) => levelsOf(axis)[i]!));
