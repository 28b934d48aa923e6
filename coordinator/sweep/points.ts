import { stream } from '../../core/random.js';
import type { Value } from './axis.js';
import type { Design } from './design.js';
import { levelDesigns, sampledDesigns } from './designs/index.js';

/** One place of the design: which fields it sets, to what. */
export interface Point {
  readonly label: string;
  readonly settings: Readonly<Record<string, Value>>;
}

const shown = (value: Value): string => (typeof value === 'string' ? value : JSON.stringify(value));

const point = ({ label, ...settings }: Point['settings']): Point => ({
  label:
    (label as string | undefined) ??
    (Object.entries(settings)
      .map(([path, value]) => `${path}=${shown(value)}`)
      .join(', ') ||
      'as the scenario'),
  settings,
});

/** The points of a design; the first is the one that others are compared with. */
export function pointsOf(design: Design, seed: number): Point[] {
  if (design.design === 'table') return design.table.map(point);
  const axes = Object.entries(design.over).map(([path, over]) => ({ path, over }));
  const draw = (entity: string) => stream({ seed, purpose: 'sweep-design', entity });
  const rows = { ...levelDesigns, ...sampledDesigns }[design.design]({
    axes,
    count: design.count ?? 0,
    draw,
  });
  return rows.map((row) => point(Object.fromEntries(axes.map(({ path }, a) => [path, row[a]!]))));
}

/** Every field that some point sets, in the order of their first appearance. */
export const fieldsOf = (points: readonly Point[]): string[] => [
  ...new Set(points.flatMap((p) => Object.keys(p.settings))),
];
