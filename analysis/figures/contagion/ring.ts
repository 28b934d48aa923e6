import { cos, sin } from '../../../core/numeric.js';

/** A disc of the picture. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface Ring {
  /** By roster index. */
  readonly places: readonly Place[];
  /** Pixels of radius per square root of a USD. */
  readonly scale: number;
  readonly centre: number;
}

const gap = 2;
const typeGap = 12;
export const leastRadius = 2.5;

/** A ring of discs that do not touch, grouped by type and by falling size inside a type: one place for each
 * institution, the same on every day that is drawn.
 *
 * @shape assets (n): the largest that each disc is to show; result in pixels of a square of width `side`
 */
export function ringOf(types: readonly string[], assets: Float64Array, side: number): Ring {
  const names = [...new Set(types)];
  const order = Array.from(types.keys()).sort(
    (a, b) => names.indexOf(types[a]!) - names.indexOf(types[b]!) || assets[b]! - assets[a]! || a - b,
  );
  const roots = assets.map(Math.sqrt);
  const largest = 0.07 * side;
  const radius = side / 2 - largest - 2;
  const around = 2 * Math.PI * radius;
  const room = Math.max(0, around - gap * types.length - typeGap * names.length);
  const scale = Math.min(largest / Math.max(...roots, 1e-9), room / 2 / Math.max(sumOf(roots), 1e-9));
  const radii = roots.map((r) => Math.max(leastRadius, scale * r));
  const slack = (around - 2 * sumOf(radii) - typeGap * names.length) / types.length;
  const places: Place[] = [];
  let along = 0;
  order.forEach((i, k) => {
    if (k > 0 && types[order[k - 1]!] !== types[i]) along += typeGap;
    const angle = (along + radii[i]! + slack / 2) / radius - Math.PI / 2;
    places[i] = { x: side / 2 + radius * cos(angle), y: side / 2 + radius * sin(angle) };
    along += 2 * radii[i]! + slack;
  });
  return { places, scale, centre: side / 2 };
}

const sumOf = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
