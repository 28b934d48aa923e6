import { createHash, timingSafeEqual } from 'node:crypto';
import { handshakeSchema, type Handshake } from '../core/handshake.js';
import { protocolVersion } from '../core/protocol.js';
import { planHosts } from './transport/plan.js';

/** Which institutions a token may run; `everyone`: all of them. */
export interface TokenGrant {
  readonly token: string;
  readonly institutions: readonly string[] | 'everyone';
}

/** Who may join. */
export interface Admission {
  /** Ids, in roster order. */
  readonly roster: readonly string[];
  /** Without tokens anyone who can reach the port may join. */
  readonly tokens: readonly TokenGrant[] | undefined;
}

/** Thrown where a host is not let in; the message goes to both sides. */
export class Refused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Refused';
  }
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

function grantOf(tokens: readonly TokenGrant[], token: string | undefined): TokenGrant {
  if (token === undefined) throw new Refused('this coordinator asks for a token');
  const given = digest(token);
  const grants = tokens.filter((grant) => timingSafeEqual(digest(grant.token), given));
  if (!grants[0]) throw new Refused('the token is not one of this coordinator');
  return grants[0];
}

function claimed({ roster }: Admission, { seats }: Handshake): number[] {
  if ('part' in seats) {
    if (seats.part > seats.of) throw new Refused(`part ${seats.part} of ${seats.of} does not exist`);
    const plan = seats.of <= roster.length && planHosts(roster.length, seats.of, false)[seats.part - 1];
    if (!plan) throw new Refused(`${roster.length} institutions cannot be split into ${seats.of} parts`);
    return [...plan.own];
  }
  const index = new Map(roster.map((id, i) => [id, i]));
  return [...new Set(seats.institutions)]
    .map((id) => {
      const seat = index.get(id);
      if (seat === undefined) throw new Refused(`the scenario has no institution ${id}`);
      return seat;
    })
    .sort((a, b) => a - b);
}

/** The seats that a handshake may take.
 *
 * @throws {Refused} with one line for both sides
 */
export function admit(admission: Admission, taken: ReadonlySet<number>, handshake: unknown): number[] {
  const parsed = handshakeSchema.safeParse(handshake);
  if (!parsed.success) throw new Refused('the handshake cannot be read');
  const { protocol, token } = parsed.data;
  if (protocol !== protocolVersion)
    throw new Refused(`protocol version ${protocol}, but this coordinator speaks ${protocolVersion}`);
  const grant = admission.tokens && grantOf(admission.tokens, token);
  const seats = claimed(admission, parsed.data);
  for (const seat of seats) {
    const id = admission.roster[seat]!;
    if (grant && grant.institutions !== 'everyone' && !grant.institutions.includes(id))
      throw new Refused(`the token is not for ${id}`);
    if (taken.has(seat)) throw new Refused(`${id} has already joined`);
  }
  return seats;
}
