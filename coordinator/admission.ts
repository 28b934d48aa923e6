import { createHash, timingSafeEqual } from 'node:crypto';
import { handshakeSchema, type Handshake, type Holdings } from '../core/handshake.js';
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
  /** SHA-256 of the resolved scenario. */
  readonly scenario: string;
  /** Without tokens anyone who can reach the port may join. */
  readonly tokens: readonly TokenGrant[] | undefined;
}

/** Who asks to be let in, and how it shows who it is. */
export interface Application {
  readonly handshake: unknown;
  readonly token: string | undefined;
  /** Names in the certificate that it showed, where certificates are asked for. */
  readonly names?: readonly string[] | undefined;
}

/** What a host is let in with. */
export interface Admitted {
  /** Roster indices, ascending. */
  readonly seats: readonly number[];
  readonly holds: Holdings;
}

/** Thrown where a host is not let in; the message goes to both sides. */
export class Refused extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Refused';
  }
}

const digest = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The grant of a token; compared by hash, in constant time. */
export function grantOf(tokens: readonly TokenGrant[], token: string): TokenGrant | undefined {
  const given = digest(token);
  return tokens.filter((grant) => timingSafeEqual(digest(grant.token), given))[0];
}

function tokenGrant(tokens: readonly TokenGrant[], token: string | undefined): TokenGrant['institutions'] {
  if (token === undefined) throw new Refused('this coordinator asks for a token');
  const grant = grantOf(tokens, token);
  if (!grant) throw new Refused('the token is not one of this coordinator');
  return grant.institutions;
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

const allows = (grant: readonly string[] | 'everyone', id: string): boolean =>
  grant === 'everyone' || grant.includes(id);

/** What an application is let in with: by its token where tokens are asked for, by the names in its certificate where
 * certificates are, by both where both are.
 *
 * @throws {Refused} with one line for both sides
 */
export function admit(admission: Admission, { handshake, token, names }: Application): Admitted {
  const version = (handshake as { readonly protocol?: unknown } | null | undefined)?.protocol;
  if (Number.isInteger(version) && version !== protocolVersion)
    throw new Refused(`protocol version ${Number(version)}, but this coordinator speaks ${protocolVersion}`);
  const parsed = handshakeSchema.safeParse(handshake);
  if (!parsed.success) throw new Refused('the handshake cannot be read');
  const { scenario, holds } = parsed.data;
  const byToken = admission.tokens ? tokenGrant(admission.tokens, token) : 'everyone';
  const byName = names === undefined || names.includes('*') ? 'everyone' : names;
  if (scenario !== undefined && scenario !== admission.scenario)
    throw new Refused(
      `scenario ${scenario.slice(0, 8)}, but this coordinator runs ${admission.scenario.slice(0, 8)}`,
    );
  const seats = claimed(admission, parsed.data);
  for (const seat of seats) {
    const id = admission.roster[seat]!;
    if (!allows(byToken, id)) throw new Refused(`the token is not for ${id}`);
    if (!allows(byName, id)) throw new Refused(`the certificate is not for ${id}`);
  }
  return { seats, holds };
}
