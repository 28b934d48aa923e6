import type { Message, Ready, Reply, ReplyTo, Updates, Welcome } from '../../core/protocol.js';
import { protocolVersion } from '../../core/protocol.js';
import { skillWidth } from '../../core/skill.js';

/** What a host's replies must fit. */
export interface Terms {
  readonly welcome: Welcome;
  readonly ready: Ready | undefined;
}

/** Thrown where a reply is well-formed but cannot be what was asked for. */
export class WrongReply extends Error {
  constructor(reason: string) {
    super(`its reply cannot be right: ${reason}`);
    this.name = 'WrongReply';
  }
}

function require(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new WrongReply(reason);
}

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** Reasons that a host gives: only for learners or institutions of its own. */
function requireReasons(list: unknown, own: ReadonlySet<string>, name: string): void {
  require(isList(list) && list.length <= own.size, `${name} is not a list of at most ${own.size}`);
  for (const entry of list) {
    const { id, reason } = (entry ?? {}) as { readonly id?: unknown; readonly reason?: unknown };
    require(typeof id === 'string' && own.has(id), `${name} speaks for an institution that is not its own`);
    require(typeof reason === 'string' && reason.length <= 1000, `${name} has no reason`);
  }
}

/** Ids that may send updates from a host: its own institutions, and its pools. */
const learnersOf = ({ seats, pools }: Welcome): Set<string> =>
  new Set([...seats.filter((s) => s.role === 'own').map((s) => s.id), ...pools.map((p) => p.id)]);

function checkUpdates(reply: Updates, asked: Extract<Message, { type: 'train' }>, terms: Terms): void {
  const { parameterCounts } = terms.ready!;
  const own = learnersOf(terms.welcome);
  require(reply.round === asked.round, `it is of round ${String(reply.round)}, not ${asked.round}`);
  require(isList(reply.learners), 'learners is not a list');
  require(new Set(reply.learners).size === reply.learners.length, 'an update comes twice');
  for (const id of reply.learners) require(own.has(id), 'an update is of an institution that is not its own');
  const rows = reply.learners.length;
  for (const column of [reply.architecture, reply.examples, reply.loss])
    require(column.length === rows, `a column has ${column.length} rows of ${rows}`);
  let floats = 0;
  for (const a of reply.architecture) {
    require(a >= 0 && a < parameterCounts.length, `it has no architecture ${a}`);
    floats += parameterCounts[a]!;
  }
  require(reply.deltas.length === floats, `deltas has ${reply.deltas.length} values of ${floats}`);
  for (const n of reply.examples) require(n >= 0, 'examples is negative');
  require(reply.skill.length === terms.welcome.seats.length * skillWidth, 'skill has the wrong length');
  requireReasons(reply.satOut, own, 'satOut');
}

type Check<T extends Message['type']> = (
  reply: ReplyTo[T],
  asked: Extract<Message, { type: T }>,
  terms: Terms,
) => void;

/** Type of the reply to each message, and what it must hold. */
const checks: { readonly [T in Message['type']]: readonly [ReplyTo[T]['type'], Check<T>] } = {
  welcome: [
    'ready',
    (reply, { brief }) => {
      const kinds = brief.architectures.length;
      require(reply.version === protocolVersion, `version ${String(reply.version)}`);
      for (const column of [reply.parameterCounts, reply.flopsPerStep, reply.flopsPerForecast])
        require(column.length === kinds, `a column has ${column.length} architectures of ${kinds}`);
      const floats = reply.parameterCounts.reduce((sum, n) => sum + n, 0);
      require(reply.initial.length === floats, `initial has ${reply.initial.length} values of ${floats}`);
      require(typeof reply.engine === 'string' && reply.engine.length < 100, 'engine has no name');
      require(Number.isSafeInteger(reply.features) && reply.features > 0, 'features is no count');
    },
  ],
  observe: ['done', () => undefined],
  train: ['updates', checkUpdates],
  install: ['done', () => undefined],
  decide: [
    'decisions',
    (reply, { day }, { welcome }) => {
      const seats = welcome.seats.length;
      const cells = seats * welcome.brief.assets.length;
      require(reply.day === day, `it is of day ${String(reply.day)}, not ${day}`);
      for (const column of [reply.orders, reply.mean, reply.stdDev])
        require(column.length === cells, `a column has ${column.length} cells of ${cells}`);
      require(reply.acted.length === seats, `acted has ${reply.acted.length} seats of ${seats}`);
      requireReasons(reply.held, learnersOf(welcome), 'held');
    },
  ],
  probe: [
    'probe-reply',
    (reply, { inputs }, { welcome, ready }) => {
      const cells = (welcome.seats.length * inputs.length) / ready!.features;
      require(reply.forecasts.length === cells, `it has ${reply.forecasts.length} forecasts of ${cells}`);
    },
  ],
  save: ['saved', () => undefined],
  load: ['done', () => undefined],
  farewell: ['done', () => undefined],
};

/** Refuses a reply that is not to this message, does not fit it, or speaks for an institution of another host. */
export function checkReply(reply: Reply, asked: Message, terms: Terms): void {
  const [type, check] = checks[asked.type];
  require(reply.type === type, `${reply.type} in answer to ${asked.type}`);
  (check as (reply: Reply, asked: Message, terms: Terms) => void)(reply, asked, terms);
}
