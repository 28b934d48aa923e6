import type { Batch, DayFacts } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import { dailyMeasures, effectiveModels, parameterDispersion, representationSimilarity } from './measures.js';
import { contagionRows } from './probes.js';
import { viewDay, type DayView } from './view.js';

/** What the measures of the next day need of the days before; plain data, so that a checkpoint can hold it. */
export interface MeasureMemory {
  before: DayView | undefined;
}

/** Adds each day's measures to its row of the `days` table, and what channels were asked to the table `contagion`. Measures see tables only: the same numbers can be
 * had from a record on disk. In the warm-up they are NaN. What it must remember from day to day it keeps in `memory`. */
export function measureDays(
  scenario: Scenario,
  memory: MeasureMemory = { before: undefined },
): (facts: DayFacts) => DayFacts {
  return (facts) => {
    const seen = viewDay(scenario, facts, memory.before);
    const view = facts.tables.probes
      ? {
          ...seen,
          lastRound: {
            effectiveModels: effectiveModels(seen),
            parameterDispersion: parameterDispersion(seen),
            representationSimilarity: representationSimilarity(seen),
          },
        }
      : seen;
    memory.before = view;
    const measured = Object.entries(dailyMeasures).map(([name, measure]): [string, Float64Array] => [
      name,
      Float64Array.of(facts.day > scenario.warmUp ? measure(view) : NaN),
    ]);
    const days: Batch | undefined = facts.tables.days && {
      ...facts.tables.days,
      ...Object.fromEntries(measured),
    };
    const contagion = facts.day > scenario.warmUp ? contagionRows(view) : undefined;
    const added = { ...(days ? { days } : {}), ...(contagion ? { contagion } : {}) };
    return { ...facts, tables: { ...facts.tables, ...added } };
  };
}
