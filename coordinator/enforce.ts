import type { Notice } from '../core/events.js';
import { stream } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';
import { pricesOf } from '../market/book.js';
import { mandates } from './mandates/index.js';
import type { Mandate, Move } from './mandates/mandate.js';

/** What the mandates make of the roster before a round. */
export interface Enforced {
  readonly architecture: Int32Array;
  readonly moved: ReadonlySet<number>;
  readonly notices: readonly Notice[];
}

/** The roster of a day without a round. */
export const unchanged = ({ architecture }: { readonly architecture: Int32Array }): Enforced => ({
  architecture,
  moved: new Set(),
  notices: [],
});

function movedNotice(
  stage: Stage,
  names: readonly string[],
  kind: string,
  from: Int32Array,
  moves: readonly Move[],
): Notice {
  return {
    kind: 'moved',
    columns: {
      institution: moves.map((m) => stage.institutions[m.seat]!.id),
      from: moves.map((m) => names[from[m.seat]!]!),
      to: moves.map((m) => names[m.to]!),
      mandate: moves.map(() => kind),
      reason: moves.map((m) => m.reason),
    },
  };
}

/** Value of the holdings of every institution in business. */
function underManagement(stage: Stage, { books, prices }: World): Float64Array {
  const price = pricesOf(prices);
  const k = price.length;
  return Float64Array.from(stage.institutions, (_, i) =>
    books.active[i] ? price.reduce((sum, p, a) => sum + Math.max(0, books.units[i * k + a]!) * p, 0) : 0,
  );
}

/** Applies every mandate in the scenario's order; each sees what those before it did. */
export function enforce(
  scenario: Scenario,
  stage: Stage,
  world: World,
  day: number,
  before: Int32Array,
): Enforced {
  const names = scenario.learning.architectures.map((a) => a.name);
  const aum = underManagement(stage, world);
  let architecture = before;
  const moved = new Set<number>();
  const notices: Notice[] = [];
  scenario.mandates.forEach((chosen, index) => {
    const mandate: Mandate = mandates[chosen.kind as keyof typeof mandates];
    if (!mandate.assign) return;
    const lot = stream({ seed: scenario.seed, purpose: 'mandate', entity: `${index}.${chosen.kind}`, day });
    const ids = stage.institutions.map((i) => i.id);
    const { moves, unmet } = mandate.assign(chosen as never, {
      day,
      ids,
      architectures: names,
      architecture,
      aum,
      lot,
    });
    if (moves.length > 0) notices.push(movedNotice(stage, names, chosen.kind, architecture, moves));
    if (unmet !== undefined)
      notices.push({ kind: 'unmet-mandate', columns: { mandate: [chosen.kind], reason: [unmet] } });
    const next = architecture.slice();
    for (const move of moves) {
      next[move.seat] = move.to;
      moved.add(move.seat);
    }
    architecture = next;
  });
  return { architecture, moved, notices };
}
