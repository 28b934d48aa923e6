import type { Notice } from '../../core/events.js';
import type { Scenario } from '../../core/scenario.js';
import type { Overseer } from '../../core/scenario/institutions.js';
import type { Stage, World } from '../../core/types.js';
import { pricesOf } from '../../market/book.js';
import { drawdown } from '../../market/interventions/drawdown.js';
import { typeOf } from '../../market/stage.js';
import { noticeOf } from './notice-of.js';
import { policies } from './policies.js';
import { SCRIPT, type Ticket, type Verdict } from './ticket.js';

/** What overseers leave of the day's orders. */
export interface Overseen {
  /** Signed units, institutions x assets: orders that need no approval, and what was approved today. */
  readonly units: Float64Array;
  /** 1 where an institution has an approved order. */
  readonly released: Uint8Array;
  readonly waiting: readonly Ticket[];
  readonly notices: readonly Notice[];
}

/** A day as overseers see it: prices are those of the last close. */
interface Desk {
  readonly scenario: Scenario;
  readonly stage: Stage;
  readonly world: World;
  readonly day: number;
  readonly price: Float64Array;
  readonly drawdown: number;
}

const overseerOf = ({ scenario, stage }: Desk, seat: number): Overseer | null =>
  typeOf(scenario, stage.institutions[seat]!).overseer;

/** Value of holdings and net cash, USD. */
function bookUsd({ world, price }: Desk, seat: number): number {
  const { cash, units } = world.books;
  return price.reduce((sum, p, a) => sum + units[seat * price.length + a]! * p, cash[seat]!);
}

/** Why an order must wait; undefined where it need not. */
function whyWait(desk: Desk, seat: number, asset: number, units: number): string | undefined {
  const overseer = overseerOf(desk, seat);
  if (!overseer) return undefined;
  const { beyondShare, inDrawdown } = overseer;
  if (inDrawdown !== null && desk.drawdown >= inDrawdown) return `the index is ${inDrawdown} below its high`;
  const value = Math.abs(units) * desk.price[asset]!;
  return beyondShare !== null && value > beyondShare * Math.max(0, bookUsd(desk, seat))
    ? `beyond ${beyondShare} of its book`
    : undefined;
}

/** Verdicts of today: those that people gave, and the script's on what is due without one. */
function decided(desk: Desk, waiting: readonly Ticket[], given: readonly Verdict[]): Verdict[] {
  const byTicket = new Map(given.map((verdict) => [verdict.ticket, verdict]));
  return waiting.flatMap((ticket): Verdict[] => {
    const verdict = byTicket.get(ticket.id);
    if (verdict) return [verdict];
    const overseer = overseerOf(desk, ticket.seat);
    if (ticket.due > desk.day || !overseer) return [];
    const answer = policies[overseer.verdict]({ ticket, overseer, drawdown: desk.drawdown });
    return [{ ticket: ticket.id, by: SCRIPT, ...answer }];
  });
}

/** What waiting cost: the move of the price since the order was placed, against it; of what was rejected, what it
 * forwent. */
const costUsd = ({ price }: Desk, { units, asset, price: then }: Ticket): number =>
  units * (price[asset]! - then);

/** Splits the day's wishes into what may go to the market at once and what waits, and lets go what was approved. Until
 * an order is filled or rejected, its institution sends no other in the same asset.
 *
 * @param wishes signed units, institutions x assets
 */
export function oversee(
  scenario: Scenario,
  stage: Stage,
  world: World,
  wishes: Float64Array,
  waiting: readonly Ticket[],
  given: readonly Verdict[],
): Overseen {
  const n = stage.institutions.length;
  const k = stage.assets.length;
  const { day } = world;
  const overseen = stage.institutions.some((institution) => typeOf(scenario, institution).overseer !== null);
  if (!overseen) return { units: wishes, released: new Uint8Array(n), waiting: [], notices: [] };
  const view = { scenario, stage, world, day };
  const desk: Desk = { ...view, price: pricesOf(world.prices), drawdown: drawdown(view) };
  const verdicts = new Map(decided(desk, waiting, given).map((verdict) => [verdict.ticket, verdict]));
  const alive = waiting.filter(({ seat }) => world.books.active[seat] === 1);
  const open = alive.filter(({ id }) => !verdicts.has(id));
  const closed = alive.filter(({ id }) => verdicts.has(id));
  const approved = closed.filter(({ id }) => verdicts.get(id)!.approved);
  // What is wished for beside an approved order was wished before that was filled.
  const held = new Set([...open, ...approved].map(({ seat, asset }) => seat * k + asset));
  const units = wishes.map((q, at) => (held.has(at) ? 0 : q));
  const placed: Ticket[] = [];
  units.forEach((q, at) => {
    const [seat, asset] = [Math.floor(at / k), at % k];
    const reason = q === 0 ? undefined : whyWait(desk, seat, asset, q);
    if (reason === undefined) return;
    const id = `${stage.institutions[seat]!.id}/${stage.assets[asset]!.id}/${day}`;
    const due = day + overseerOf(desk, seat)!.waitDays;
    placed.push({ id, seat, asset, units: q, day, due, price: desk.price[asset]!, reason });
    units[at] = 0;
  });
  const released = new Uint8Array(n);
  for (const { seat, asset, units: q } of approved) {
    units[seat * k + asset] = q;
    released[seat] = 1;
  }
  return {
    units,
    released,
    waiting: [...open, ...placed],
    notices: [...verdictNotices(desk, closed, verdicts), ...waitNotices(desk, placed)],
  };
}

const names = ({ stage }: Desk, { seat, asset }: Ticket): { institution: string; asset: string } => ({
  institution: stage.institutions[seat]!.id,
  asset: stage.assets[asset]!.id,
});

const waitNotices = (desk: Desk, placed: readonly Ticket[]): Notice[] =>
  noticeOf(
    'waits',
    placed.map((ticket) => ({
      ...names(desk, ticket),
      units: ticket.units,
      valueUsd: Math.abs(ticket.units) * ticket.price,
      due: ticket.due,
      reason: ticket.reason,
    })),
  );

const verdictNotices = (
  desk: Desk,
  closed: readonly Ticket[],
  verdicts: ReadonlyMap<string, Verdict>,
): Notice[] =>
  noticeOf(
    'verdict',
    closed.map((ticket) => {
      const { approved, by, reason } = verdicts.get(ticket.id)!;
      return {
        ...names(desk, ticket),
        placed: ticket.day,
        units: ticket.units,
        approved: approved ? 1 : 0,
        waitedDays: desk.day - ticket.day,
        costUsd: costUsd(desk, ticket),
        by,
        reason,
      };
    }),
  );
