import type { Notice } from '../core/events.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage, World } from '../core/types.js';

/** Whether an institution's model is down on a day. */
const isDown = (scenario: Scenario, id: string, day: number): boolean =>
  scenario.institutions.outages.some((o) => o.institution === id && o.from <= day && day <= o.to);

/** 1 where an institution is in business and its model is up. */
export const onlineOn = (scenario: Scenario, stage: Stage, world: World, day: number): Uint8Array =>
  Uint8Array.from(stage.institutions, ({ id }, i) =>
    world.books.active[i] && !isDown(scenario, id, day) ? 1 : 0,
  );

/** Outages that begin or end on a day. */
export function outageNotices(scenario: Scenario, day: number): Notice[] {
  const edges = scenario.institutions.outages.flatMap((o) => [
    ...(o.from === day ? [{ id: o.institution, reason: `model down until day ${o.to}` }] : []),
    ...(o.to + 1 === day ? [{ id: o.institution, reason: 'model up again' }] : []),
  ]);
  return edges.length === 0
    ? []
    : [
        {
          kind: 'outage',
          columns: { institution: edges.map((e) => e.id), reason: edges.map((e) => e.reason) },
        },
      ];
}
