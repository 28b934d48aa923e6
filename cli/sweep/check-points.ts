import { requireModels } from '../check-models.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import { readSweep, type PlannedSweep } from './plan.js';

/** A plan of which every point's models can be used, and what to know of each point's. */
export interface CheckedSweep {
  readonly planned: PlannedSweep;
  readonly notes: readonly (readonly string[])[];
}

/** Reads a design; leaves with exit code 3 where a point of it asks for models that cannot be used, every one named. */
export async function planChecked(path: string): Promise<CheckedSweep> {
  const { planned, points, placed } = readSweep(path);
  const faults = new Set<string>();
  const notes: string[][] = [];
  for (const [p, point] of points.entries())
    try {
      notes.push(await requireModels(point));
    } catch (error) {
      if (!(error instanceof CliError)) throw error;
      for (const line of error.lines) faults.add(placed(p, line));
    }
  if (faults.size > 0) throw new CliError(exitCodes.scenario, [...faults]);
  return { planned, notes };
}
