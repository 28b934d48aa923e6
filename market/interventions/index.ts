import type { Scenario } from '../../core/scenario.js';
import type { Stage } from '../../core/types.js';
import type { Acts, Intervention } from './act.js';
import { capitalInjection } from './capital-injection.js';
import { halt } from './halt.js';

/** Acts of the authority that a scenario can name. */
export const interventions = {
  'capital-injection': capitalInjection,
  halt,
} satisfies Record<string, Intervention>;

/** All that the authority does on a day. */
export function actsOn(scenario: Scenario, stage: Stage, day: number): Acts {
  const all = scenario.interventions.map((chosen) =>
    (interventions as Readonly<Record<string, Intervention>>)[chosen.kind]!.on(chosen, stage, day),
  );
  return {
    halted: new Map(all.flatMap((acts) => [...acts.halted])),
    injections: all.flatMap((acts) => acts.injections),
    announced: all.flatMap((acts) => acts.announced),
  };
}
