import type { z } from 'zod';
import type { Scenario } from '../../core/scenario.js';
import type { Acts, Intervention, View } from './act.js';
import { contradiction } from './contradiction.js';
import { checkSpan, during, spanText, type Span } from './span.js';
import { targetText, type Over } from './targets.js';

/** What a rule with a span is made of; `Options` are its own, the span and its targets among them. */
interface Rule<Options extends Span> {
  readonly kind: string;
  readonly summary: string;
  readonly options: z.ZodObject;
  /** What it concerns: the assets or the institutions that its options list. */
  readonly over: Over;
  /** Kinds with which it contradicts itself on one target and day. */
  readonly rivals: readonly string[];
  /** What it does, for the record. */
  readonly detail: (given: Options) => string;
  readonly acts: (given: Options, view: View) => Partial<Acts>;
  /** What to know of it before a run of the scenario. */
  readonly notes?: (given: Options, scenario: Scenario) => readonly string[];
}

/** A rule that is in force on the days of a span and is announced on the first of them. */
export const standingRule = <Options extends Span>({
  kind,
  summary,
  options,
  over,
  rivals,
  detail,
  acts,
  notes = () => [],
}: Rule<Options>): Intervention => ({
  summary,
  options,
  check: (chosen, scenario) => [
    ...over.check(over.list(chosen), scenario),
    ...checkSpan(chosen as unknown as Span, scenario),
  ],
  notes: (chosen, scenario) => notes(chosen as unknown as Options, scenario),
  contradicts: contradiction(rivals, (chosen, scenario) => over.named(over.list(chosen), scenario)),
  on(chosen, view) {
    const given = chosen as unknown as Options;
    if (!during(given, view.day)) return {};
    const line = {
      kind,
      target: targetText(over.list(chosen)),
      amount: 0,
      reason: `${detail(given)} ${spanText(given)}`,
    };
    return { ...acts(given, view), announced: view.day === given.from ? [line] : [] };
  },
});
