import type { Scenario } from '../scenario.js';
import type { Catalogue } from './catalogue.js';

/** What mandates and interventions have to say of a scenario before it is run, though it may be. */
export const notesOn = (scenario: Scenario, catalogue: Catalogue): string[] =>
  (['mandates', 'interventions'] as const).flatMap((key) =>
    scenario[key].flatMap((entry, i) =>
      (catalogue[key][entry.kind]?.notes?.(entry, scenario) ?? []).map(
        (note) => `${key}[${i}] (${entry.kind}): ${note}`,
      ),
    ),
  );
