import type { Notice } from '../../core/events.js';
import { stream, type Stream } from '../../core/random.js';
import type { Scenario } from '../../core/scenario.js';
import type { Stage } from '../../core/types.js';
import { mandates } from './index.js';
import type { ForecastsView, Mandate, OrdersView, Withdrawal } from './mandate.js';

interface InForce {
  readonly kind: string;
  readonly mandate: Mandate;
  readonly options: never;
  /** Lots that do not change from day to day. */
  readonly lot: (entity: string) => Stream;
}

/** The scenario's mandates in its order. */
const inForce = ({ mandates: chosen, seed }: Scenario): InForce[] =>
  chosen.map((options, index) => ({
    kind: options.kind,
    mandate: mandates[options.kind as keyof typeof mandates],
    options: options as never,
    lot: (entity) =>
      stream({ seed, purpose: 'standing-mandate', entity: `${index}.${options.kind}.${entity}` }),
  }));

/** Mixing that the scenario asks for and every mandate permits. */
export const permittedMixing = (scenario: Scenario): number =>
  inForce(scenario).reduce(
    (mixing, { mandate, options }) => Math.min(mixing, mandate.mixing?.(options) ?? 1),
    scenario.homogeneity.updates,
  );

/** Days after which the positions of all together are public; undefined where no mandate publishes them. */
export const disclosureDelay = (scenario: Scenario): number | undefined =>
  inForce(scenario).flatMap(({ mandate, options }) => mandate.discloses?.(options) ?? [])[0];

/** Penalties that the scenario gives and every mandate asks for at least. */
export function mandatedPenalties(scenario: Scenario): Scenario['learning']['penalties'] {
  const weights: Record<string, number> = { ...scenario.learning.penalties };
  for (const { mandate, options } of inForce(scenario))
    for (const [name, least] of Object.entries(mandate.penalties?.(options) ?? {}))
      weights[name] = Math.max(weights[name] ?? 0, least);
  return weights as Scenario['learning']['penalties'];
}

/** Whether a mandate draws anew, before a round, who aggregates with whom. */
export const rotates = (scenario: Scenario, round: number): boolean =>
  inForce(scenario).some(({ mandate, options }) => mandate.rotates?.(options, round) ?? false);

/** Federations cut into the parts that mandates ask for; the parts' ids tell them apart. */
export const splitMembers = (
  scenario: Scenario,
  round: number,
  ids: readonly string[],
  groups: readonly (readonly [string, readonly number[]])[],
): [string, number[]][] =>
  inForce(scenario).reduce<[string, number[]][]>(
    (all, { mandate, options, lot }) =>
      mandate.split
        ? all.flatMap(([id, seats]) => parted(id, seats, ids, round, { mandate, options, lot }))
        : all,
    groups.map(([id, seats]) => [id, [...seats]]),
  );

function parted(
  id: string,
  seats: readonly number[],
  ids: readonly string[],
  round: number,
  { mandate, options, lot }: Pick<InForce, 'mandate' | 'options' | 'lot'>,
): [string, number[]][] {
  const part = mandate.split!(options, { members: seats.map((seat) => ids[seat]!), round, lot });
  const parts = Math.max(...part) + 1;
  if (parts === 1) return [[id, [...seats]]];
  return Array.from({ length: parts }, (_, p) => [
    `${id}.${p + 1}`,
    seats.filter((_seat, i) => part[i] === p),
  ]);
}

export const unmetNotice = (kind: string, reason: string): Notice => ({
  kind: 'unmet-mandate',
  columns: { mandate: [kind], reason: [reason] },
});

/** Which mandates the forecasts after a round do not meet. */
export const unmetForecasts = (scenario: Scenario, view: ForecastsView): Notice[] =>
  inForce(scenario).flatMap(({ kind, mandate, options }) => {
    const reason = mandate.judge?.(options, view);
    return reason === undefined ? [] : [unmetNotice(kind, reason)];
  });

type Told = Withdrawal & { readonly kind: string };

function withdrawals(scenario: Scenario, stage: Stage): Told[] {
  const ids = stage.institutions.map((i) => i.id);
  const sources = stage.institutions.map(({ type }) => [...scenario.institutions.types[type]!.sources]);
  return inForce(scenario).flatMap(({ kind, mandate, options, lot }) => {
    const told = (mandate.withdraw?.(options, { ids, sources, lot }) ?? []).map((w) => ({ ...w, kind }));
    for (const { seat, source } of told) sources[seat] = sources[seat]!.filter((name) => name !== source);
    return told;
  });
}

/** Sources by seat that mandates leave it. */
export function permittedSources(scenario: Scenario, stage: Stage): string[][] {
  const gone = new Set(withdrawals(scenario, stage).map(({ seat, source }) => `${seat} ${source}`));
  return stage.institutions.map(({ type }, seat) =>
    scenario.institutions.types[type]!.sources.filter((source) => !gone.has(`${seat} ${source}`)),
  );
}

/** What mandates took away before the first day. */
export function withdrawalNotices(scenario: Scenario, stage: Stage): Notice[] {
  const all = withdrawals(scenario, stage);
  if (all.length === 0) return [];
  return [
    {
      kind: 'moved',
      columns: {
        institution: all.map((w) => stage.institutions[w.seat]!.id),
        from: all.map((w) => w.source),
        to: all.map(() => 'none'),
        mandate: all.map((w) => w.kind),
        energyKwh: all.map(() => 0),
        costUsd: all.map(() => 0),
        reason: all.map((w) => w.reason),
      },
    },
  ];
}

/** Orders after every mandate, and why they were cut. */
export const permittedOrders = (
  scenario: Scenario,
  view: OrdersView,
): { readonly orders: Float64Array; readonly reasons: readonly string[] } =>
  inForce(scenario).reduce(
    ({ orders, reasons }, { mandate, options }) => {
      const cut = mandate.permit?.(options, { ...view, orders });
      return cut ? { orders: cut.orders, reasons: [...reasons, cut.reason] } : { orders, reasons };
    },
    { orders: view.orders, reasons: [] as readonly string[] },
  );
