import { stream } from '../../core/random.js';
import type { Scenario } from '../../core/scenario.js';
import type { Attack, Attacking } from './attack.js';
import { attacks } from './index.js';

/** An attack of the scenario, and who takes part in it. */
export interface Plot {
  readonly index: number;
  readonly attacking: Attacking;
  readonly attack: Attack;
  readonly attackers: ReadonlySet<string>;
}

/** The scenario's attacks in its order. A share is drawn by lot among those whom no attack before it has; a larger
 * share has everybody that a smaller one has. */
export function plotsOf(scenario: Scenario, ids: readonly string[]): Plot[] {
  const taken = new Set<string>(
    scenario.federation.attacks.flatMap(({ institutions }) => institutions as string[]),
  );
  return scenario.federation.attacks.map((chosen, index) => {
    const attacking = chosen as unknown as Attacking;
    const lot = stream({ seed: scenario.seed, purpose: 'attackers', entity: String(index) });
    const free = lot.shuffle([...ids]).filter((id) => !taken.has(id));
    const drawn = free.slice(0, Math.round((attacking.share ?? 0) * ids.length));
    for (const id of drawn) taken.add(id);
    return {
      index,
      attacking,
      attack: attacks[attacking.kind as keyof typeof attacks],
      attackers: new Set([...attacking.institutions, ...drawn]),
    };
  });
}

/** Whether an attack goes on in a round. */
export const goesOn = ({ attacking: { from, to } }: Plot, round: number): boolean =>
  round >= from && round <= (to ?? Infinity);

/** Rounds in which an institution trains on turned labels: the first and the last, or nothing. */
export function turnedLabels(plots: readonly Plot[], id: string): readonly [number, number | null] | null {
  const own = plots.find(({ attack, attackers }) => attack.turnsLabels && attackers.has(id));
  return own ? [own.attacking.from, own.attacking.to] : null;
}
