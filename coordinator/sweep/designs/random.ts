import { valueAt } from '../axis.js';
import type { DesignKind } from './design-kind.js';

/** Independent uniform draws along every axis. */
export const random: DesignKind = ({ axes, count, draw }) => {
  const streams = axes.map((axis) => draw(axis.path));
  return Array.from({ length: count }, () => axes.map((axis, a) => valueAt(axis, streams[a]!.uniform())));
};
