import type { Cohort } from '../../../agents/learning/cohort.js';
import type { Engine } from '../../../agents/learning/engine.js';
import { architectures, type ArchitectureName, type InputShape } from '../../../agents/models/index.js';

/** A cohort as a scenario would ask for it: options parsed, defaults filled in. */
export function create(
  name: ArchitectureName,
  shape: Partial<InputShape>,
  options: Record<string, unknown> = {},
  size = 1,
  engine?: Engine,
): Cohort {
  const entry = architectures[name];
  const full = { features: 1, assets: 1, window: 1, ...shape };
  return entry.create(full, entry.options.parse(options), size, engine);
}
