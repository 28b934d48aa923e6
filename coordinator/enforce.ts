import type { Notice } from '../core/events.js';
import { stream } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Books, Stage, World } from '../core/types.js';
import type { Learning } from './learning.js';
import { mandates } from './mandates/index.js';
import type { Mandate, Move } from './mandates/mandate.js';
import { daysSeenOn, migration, type Migration } from './mandates/migration.js';
import { mayHaveIn, underManagement } from './mandates/opening-roster.js';
import { rotates, unmetNotice } from './mandates/standing.js';

/** What the mandates make of the roster before a round. */
export interface Enforced {
  readonly architecture: Int32Array;
  readonly moved: ReadonlySet<number>;
  /** Whether it is drawn anew who aggregates with whom. */
  readonly rotated: boolean;
  /** What the moves cost, by seat, USD. */
  readonly charges: readonly { readonly institution: number; readonly amountUsd: number }[];
  readonly notices: readonly Notice[];
}

/** The roster of a day without a round. */
export const unchanged = ({ architecture }: { readonly architecture: Int32Array }): Enforced => ({
  architecture,
  moved: new Set(),
  rotated: false,
  charges: [],
  notices: [],
});

/** A move on record: who, from where, and at what cost. */
interface Made extends Move, Migration {
  readonly kind: string;
  readonly from: number;
}

function movedNotice(stage: Stage, names: readonly string[], moves: readonly Made[]): Notice {
  return {
    kind: 'moved',
    columns: {
      institution: moves.map((m) => stage.institutions[m.seat]!.id),
      from: moves.map((m) => names[m.from]!),
      to: moves.map((m) => names[m.to]!),
      mandate: moves.map((m) => m.kind),
      energyKwh: moves.map((m) => m.energyKwh),
      costUsd: moves.map((m) => m.costUsd),
      reason: moves.map((m) => m.reason),
    },
  };
}

/** One mandate's say in one pass. */
interface Ruling {
  readonly moves: readonly Made[];
  readonly notices: readonly Notice[];
}

/** Asks every mandate in the scenario's order; each sees what those before it did. */
function pass(
  scenario: Scenario,
  stage: Stage,
  { architectures, aum, books, day, learning }: Roster,
  before: Int32Array,
  number: number,
): { readonly architecture: Int32Array; readonly rulings: readonly Ruling[] } {
  const architecture = before.slice();
  const ids = stage.institutions.map((i) => i.id);
  const costs = (seat: number, to: number): Migration =>
    migration(
      scenario,
      learning.flops,
      { daysSeen: daysSeenOn(scenario, books, day, seat), aumUsd: aum[seat]! },
      to,
    );
  const rulings = scenario.mandates.flatMap((chosen, index): Ruling[] => {
    const { kind } = chosen;
    const mandate: Mandate = mandates[kind as keyof typeof mandates];
    if (!mandate.assign) return [];
    const entity = number === 0 ? `${index}.${kind}` : `${index}.${kind}.pass-${number}`;
    const { moves, unmet } = mandate.assign(chosen as never, {
      day,
      ids,
      architectures,
      architecture: architecture.slice(),
      mayHave: mayHaveIn(scenario, stage),
      aum,
      meanForecasts: learning.meanForecasts,
      costUsd: (seat, to) => costs(seat, to).costUsd,
      lot: stream({ seed: scenario.seed, purpose: 'mandate', entity, day }),
    });
    const made = moves.map((m) => {
      const from = architecture[m.seat]!;
      architecture[m.seat] = m.to;
      return { ...m, kind, from, ...costs(m.seat, m.to) };
    });
    const told = unmet === undefined ? [] : [unmetNotice(kind, unmet)];
    return [
      { moves: made, notices: made.length > 0 ? [movedNotice(stage, architectures, made), ...told] : told },
    ];
  });
  return { architecture, rulings };
}

interface Roster {
  readonly architectures: readonly string[];
  readonly aum: Float64Array;
  readonly books: Books;
  readonly day: number;
  readonly learning: Learning;
}

/** Applies every mandate before a round. Where several move institutions, they are asked in turn until none moves
 * anybody, or as often as there are mandates: what one of them undoes of another's is said to be unmet. */
export function enforce(
  scenario: Scenario,
  stage: Stage,
  world: World,
  day: number,
  learning: Learning,
): Enforced {
  const architectures = scenario.learning.architectures.map((a) => a.name);
  const roster = { architectures, aum: underManagement(stage, world), books: world.books, day, learning };
  let architecture = learning.architecture;
  const rulings: Ruling[] = [];
  let quiet = false;
  for (let number = 0; number < Math.max(1, scenario.mandates.length) && !quiet; number++) {
    const made = pass(scenario, stage, roster, architecture, number);
    quiet = made.rulings.length < 2 || made.rulings.every(({ moves }) => moves.length === 0);
    // A later pass repeats what the first already said is unmet, unless it moved somebody.
    rulings.push(...made.rulings.filter(({ moves }) => number === 0 || moves.length > 0));
    if (made.rulings.some(({ moves }) => moves.length > 0)) architecture = made.architecture;
  }
  const moves = rulings.flatMap((r) => r.moves);
  const conflict = quiet ? [] : [unmetNotice('combination', 'mandates keep undoing what others ask for')];
  return {
    architecture,
    moved: new Set(moves.map(({ seat }) => seat)),
    rotated: rotates(scenario, learning.round + 1),
    charges: moves.map(({ seat, costUsd }) => ({ institution: seat, amountUsd: costUsd })),
    notices: [...rulings.flatMap((r) => r.notices), ...conflict],
  };
}
