import type { Cohort } from '../../../agents/learning/cohort.js';
import type { Engine } from '../../../agents/learning/engine.js';
import type { z } from 'zod';
import { architectures, type ArchitectureName, type InputShape } from '../../../agents/models/index.js';

/** A cohort as a scenario would ask for it: options parsed, defaults filled in. What has no memory sees the days of
 * the window side by side. */
export function create(
  name: ArchitectureName,
  shape: Partial<InputShape>,
  options: Record<string, unknown> = {},
  size = 1,
  engine?: Engine,
): Cohort {
  const entry = architectures[name];
  const { features = 1, assets = 1, window = 1 } = shape;
  const remembers = 'lookback' in (entry.options as unknown as z.ZodObject).shape;
  const [days, memory] = remembers ? [1, { lookback: window }] : [window, {}];
  return entry.create(
    { features: features * days, assets },
    entry.options.parse({ ...memory, ...options }),
    size,
    engine,
  );
}
