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
  /** Hears which orders wait once a day is over, before the next one asks. */
  readonly waits: (day: number, waiting: readonly Ticket[]) => void;
}

/** Nobody decides but scripts. */
export const nobody: Authority = {
  verdicts: () => Promise.resolve([]),
  interventions: () => Promise.resolve([]),
  waits: () => undefined,
};

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
    waits: () => undefined,
  };
}
