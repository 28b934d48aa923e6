import { z } from 'zod';
import { field, id } from '../../core/scenario/field.js';
import type { Scenario } from '../../core/scenario.js';
import type { Intervention } from './act.js';
import { checkSpan, during, overlap, spanFields, spanOf, spanText } from './span.js';
import { checkInstitutions, common, institutionsOf, namedSeats, targetText } from './targets.js';

const group = z.array(id).min(1);

const options = z.strictObject({
  one: field(group, 'Institutions of one group, by id or type.', 'list of names'),
  other: field(group, 'Institutions of the other group, by id or type.', 'list of names'),
  ...spanFields,
});

type Options = z.output<typeof options>;

const textOf = ({ one, other }: Options): string => `${targetText(one)} | ${targetText(other)}`;

const within = (some: readonly string[], all: readonly string[]): boolean =>
  some.every((name) => all.includes(name));

/** Whether all lending that a firewall stops, another stops as well. */
function isInside(inner: Options, outer: Options, scenario: Scenario): boolean {
  const [one, other, a, b] = [inner.one, inner.other, outer.one, outer.other].map((list) =>
    namedSeats(list, scenario),
  ) as [string[], string[], string[], string[]];
  return (within(one, a) && within(other, b)) || (within(one, b) && within(other, a));
}

/** Two groups of institutions may not lend to each other: claims between them are called when they come due.
 * @source Independent Commission on Banking 2011, Final report (ring-fencing); Allen & Gale 2000, JPE 108(1)
 * @pitfall claims that are not yet due still carry losses across
 */
export const firewall: Intervention = {
  summary: 'Two groups may not lend to each other; claims between them are called when they come due.',
  options,
  check(chosen, scenario) {
    const given = chosen as Options;
    const unknown = [
      ...checkInstitutions('one', given.one, scenario),
      ...checkInstitutions('other', given.other, scenario),
    ];
    const both = common(namedSeats(given.one, scenario), namedSeats(given.other, scenario));
    const twice =
      both === undefined || unknown.length > 0
        ? []
        : [{ path: ['other'], message: `${both} would be on both sides`, beside: ['one'] }];
    return [...unknown, ...twice, ...checkSpan(given, scenario)];
  },
  contradicts(chosen, other, scenario) {
    if (other['kind'] !== 'firewall' || !overlap(spanOf(chosen), spanOf(other))) return undefined;
    const [mine, theirs] = [chosen as Options, other as Options];
    if (!isInside(mine, theirs, scenario) && !isInside(theirs, mine, scenario)) return undefined;
    return `firewall of ${textOf(mine)} ${spanText(mine)} meets that of ${textOf(theirs)} ${spanText(theirs)}: all that one stops, the other stops`;
  },
  on(chosen, { stage, day }) {
    const { one, other, ...span } = chosen as Options;
    if (!during(span, day)) return {};
    const target = textOf(chosen as Options);
    const reason = `no lending across ${spanText(span)}`;
    return {
      firewalls: [{ one: institutionsOf(stage, one), other: institutionsOf(stage, other) }],
      announced: day === span.from ? [{ kind: 'firewall', target, amount: 0, reason }] : [],
    };
  },
};
