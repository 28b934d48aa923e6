import type { Extension } from '../../core/scenario/catalogue.js';
import type { Scenario } from '../../core/scenario.js';
import { overlap, spanOf, spanText } from './span.js';
import { common } from './targets.js';

type Chosen = Readonly<Record<string, unknown>>;

/** Two acts of these kinds contradict each other where they concern the same target on the same day. */
export const contradiction =
  (
    kinds: readonly string[],
    targets: (chosen: Chosen, scenario: Scenario) => readonly string[],
  ): NonNullable<Extension['contradicts']> =>
  (chosen, other, scenario) => {
    if (!kinds.includes(String(other['kind']))) return undefined;
    const [mine, theirs] = [spanOf(chosen), spanOf(other)];
    if (!overlap(mine, theirs)) return undefined;
    const name = common(targets(chosen, scenario), targets(other, scenario));
    return name === undefined
      ? undefined
      : `${String(chosen['kind'])} of ${name} ${spanText(mine)} meets ${String(other['kind'])} of the same ${spanText(theirs)}`;
  };
