import type { Measure } from '../core/measure.js';
import { suggestion } from '../core/nearest.js';
import { measures as allocation } from '../agents/allocation/index.js';
import { measures as analysis } from '../analysis/measures/index.js';
import { measures as aggregation } from '../coordinator/aggregation/index.js';
import { measures as clearing } from '../market/clearing/order-book-measure.js';
import { measures as contagion } from '../market/contagion/index.js';
import { measures as market } from '../market/measures.js';
import { usageError } from './errors.js';

/** Every measure `herdscope measure` knows, by name. */
export const measures: Readonly<Record<string, Measure>> = {
  ...analysis,
  ...allocation,
  ...clearing,
  ...contagion,
  ...market,
  ...aggregation,
};

export function measureNamed(name: string): Measure {
  if (Object.hasOwn(measures, name)) return measures[name]!;
  throw usageError(`unknown measure "${name}"${suggestion(name, Object.keys(measures))}`);
}
