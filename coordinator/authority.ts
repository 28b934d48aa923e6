import type { DatedFact } from './oversight/dated-fact.js';
import type { Chosen } from '../core/scenario/catalogue.js';
import { SCRIPT, type Ticket, type Verdict } from './oversight/ticket.js';

/** An intervention that was ordered while the run goes on. */
export interface Ordered {
  readonly by: string;
  /** As in a scenario's list of interventions; a day that is left out is the day on which it is taken up. */
  readonly entry: Chosen<'kind'>;
}

/** Whoever decides beside the scenario: people who watch a run, or the record of what they did. It is asked once a day,
 * before anybody acts; what it answers takes effect on that day, is put on record with it, and is replayed from there. */
export interface Authority {
  readonly verdicts: (day: number, waiting: readonly Ticket[]) => Promise<readonly Verdict[]>;
  readonly interventions: (day: number) => Promise<readonly Ordered[]>;
}

/** Nobody decides but scripts. */
export const nobody: Authority = {
  verdicts: () => Promise.resolve([]),
  interventions: () => Promise.resolve([]),
};

/** An authority that people speak to: what they say waits until it is next asked. */
export interface LiveAuthority extends Authority {
  readonly decide: (verdict: Verdict) => void;
  readonly order: (ordered: Ordered) => void;
  /** Orders that wait, as of the last day. */
  readonly waiting: () => readonly Ticket[];
}

/** What people said, in the order in which they said it. */
export interface Said {
  readonly verdicts: readonly Verdict[];
  readonly ordered: readonly Ordered[];
}

export const nothingSaid: Said = { verdicts: [], ordered: [] };

/** What was said of a run when it stopped. */
export interface SaidBefore {
  /** By the day on which it was taken up. */
  readonly taken: ReadonlyMap<number, Said>;
  /** The last day that was told to anybody: nothing new is taken up until it is past. */
  readonly told: number;
  readonly waiting: Said;
}

/** Keeps what is said where it survives the process. */
export interface Keeping {
  /** Called before what was said counts as taken. */
  readonly said: (one: Verdict | Ordered) => void;
  /** Called before a day goes on with what it took up. */
  readonly taken: (day: number, what: Partial<Said>) => void;
}

const nobodyKeeps: Keeping = { said: () => undefined, taken: () => undefined };
const fresh: SaidBefore = { taken: new Map(), told: -1, waiting: nothingSaid };

/** Opens an authority for people; `by` may not be the script's name. Days that took something up before the run stopped
 * take up the same again. */
export function liveAuthority(before: SaidBefore = fresh, keeping: Keeping = nobodyKeeps): LiveAuthority {
  let said = [...before.waiting.verdicts];
  let ordered = [...before.waiting.ordered];
  let seen: readonly Ticket[] = [];
  const person = (by: string): void => {
    if (by === SCRIPT) throw new RangeError(`"${SCRIPT}" is the name of scripted overseers`);
  };
  /** What a day took up before; undefined where it is new. */
  const again = (day: number): Said | undefined =>
    before.taken.get(day) ?? (day <= before.told ? nothingSaid : undefined);
  return {
    decide(verdict) {
      person(verdict.by);
      keeping.said(verdict);
      said.push(verdict);
    },
    order(one) {
      person(one.by);
      keeping.said(one);
      ordered.push(one);
    },
    waiting: () => seen,
    verdicts(day, waiting) {
      seen = waiting;
      const known = new Set(waiting.map(({ id }) => id));
      const verdicts = again(day)?.verdicts ?? said;
      if (verdicts === said) {
        if (said.length > 0) keeping.taken(day, { verdicts });
        said = [];
      }
      return Promise.resolve(verdicts.filter(({ ticket }) => known.has(ticket)));
    },
    interventions(day) {
      const all = again(day)?.ordered ?? ordered;
      if (all === ordered) {
        if (ordered.length > 0) keeping.taken(day, { ordered });
        ordered = [];
      }
      return Promise.resolve(all);
    },
  };
}

/** The people of a run that is over, as its record tells. */
export function replayed(facts: readonly DatedFact[]): Authority {
  const of = (day: number, kind: string): Readonly<Record<string, string | number>>[] =>
    facts
      .filter((fact) => fact.day === day && fact.kind === kind)
      .flatMap(({ columns }) =>
        Array.from({ length: columns['by']?.length ?? 0 }, (_, row) =>
          Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]!])),
        ),
      );
  return {
    verdicts: (day) =>
      Promise.resolve(
        of(day, 'verdict')
          .filter(({ by }) => by !== SCRIPT)
          .map(({ institution, asset, placed, approved, by, reason }) => ({
            ticket: `${institution!}/${asset!}/${placed!}`,
            approved: approved === 1,
            by: String(by),
            reason: String(reason),
          })),
      ),
    interventions: (day) =>
      Promise.resolve(
        of(day, 'ordered').map(({ by, entry }) => ({
          by: String(by),
          entry: JSON.parse(String(entry)) as Chosen<'kind'>,
        })),
      ),
  };
}
