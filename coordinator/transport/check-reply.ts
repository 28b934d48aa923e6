import { compressionOf } from '../../core/compression/index.js';
import { shareBytes } from '../../core/privacy/secure/seed-shares.js';
import { parcelBytes, publicBytes } from '../../core/privacy/secure/sizes.js';
import type {
  Circle,
  Keys,
  Message,
  Ready,
  Reply,
  ReplyTo,
  Revealed,
  Sealed,
  Updates,
  Welcome,
} from '../../core/protocol.js';
import { protocolVersion } from '../../core/protocol.js';
import { kernelWidth } from '../../core/representation-kernel.js';
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

/** Accounts of training: of own learners, and only where examples are hidden. */
function requireAccounts(list: unknown, own: ReadonlySet<string>, areAsked: boolean): void {
  const most = areAsked ? own.size : 0;
  require(isList(list) && list.length <= most, `accounts is not a list of at most ${most}`);
  for (const entry of list) {
    const { id, epsilon, refused } = (entry ?? {}) as Readonly<Record<string, unknown>>;
    require(typeof id === 'string' && own.has(id), 'accounts speaks for an institution that is not its own');
    require(typeof epsilon === 'number' && epsilon >= 0, 'accounts has no epsilon');
    require(typeof refused === 'boolean', 'accounts does not say whether the round was refused');
  }
}

/** Ids that may send updates from a host: its own institutions, and its pools. */
const learnersOf = ({ seats, pools }: Welcome): Set<string> =>
  new Set([...seats.filter((s) => s.role === 'own').map((s) => s.id), ...pools.map((p) => p.id)]);

/** Compressed updates: each stands for one of its architecture's length. */
function checkPacked({ packed, packedSizes, architecture }: Updates, { welcome, ready }: Terms): void {
  const { unpack } = compressionOf(welcome.brief.compression);
  require(packedSizes.length === architecture.length, `packedSizes has ${packedSizes.length} rows`);
  let at = 0;
  architecture.forEach((a, u) => {
    require(packedSizes[u]! >= 0, 'packedSizes is negative');
    const update = unpack(packed.subarray(at, (at += packedSizes[u]!)), ready!.parameterCounts[a]!);
    require(update !== undefined, `the bytes of update ${u} stand for none`);
  });
  require(at === packed.length, `packed has ${packed.length} bytes of ${at}`);
}

function checkUpdates(reply: Updates, asked: Extract<Message, { type: 'train' }>, terms: Terms): void {
  const { parameterCounts } = terms.ready!;
  const own = learnersOf(terms.welcome);
  require(reply.round === asked.round, `it is of round ${String(reply.round)}, not ${asked.round}`);
  require(isList(reply.learners), 'learners is not a list');
  require(new Set(reply.learners).size === reply.learners.length, 'an update comes twice');
  for (const id of reply.learners) require(own.has(id), 'an update is of an institution that is not its own');
  const rows = reply.learners.length;
  for (const column of [reply.architecture, reply.examples, reply.loss, reply.localSteps])
    require(column.length === rows, `a column has ${column.length} rows of ${rows}`);
  let floats = 0;
  for (const a of reply.architecture) {
    require(a >= 0 && a < parameterCounts.length, `it has no architecture ${a}`);
    floats += parameterCounts[a]!;
  }
  const isMasked = terms.welcome.brief.updates === 'masked';
  const isWhole = compressionOf(terms.welcome.brief.compression).whole;
  const clear = isMasked || !isWhole ? 0 : floats;
  if (!isWhole) checkPacked(reply, terms);
  require(!isWhole || reply.packed.length + reply.packedSizes.length === 0, 'packed is not asked for');
  require(reply.deltas.length === clear, `deltas has ${reply.deltas.length} values of ${clear}`);
  const toldBeside =
    asked.countNoise.length > 0 ? reply.architecture.filter((a) => parameterCounts[a]! > 0) : [];
  const words = isMasked ? floats + toldBeside.length : 0;
  require(reply.masked.length === words, `masked has ${reply.masked.length} words of ${words}`);
  const { control } = terms.welcome.brief.learning.penalties;
  const controls = control === undefined ? 0 : floats;
  require(reply.controls.length === controls, `controls has ${reply.controls.length} values of ${controls}`);
  const told = asked.countNoise.length === 0 || isMasked ? 0 : rows;
  require(reply.within.length === told, `within has ${reply.within.length} rows of ${told}`);
  for (const n of reply.examples) require(n >= 0, 'examples is negative');
  for (const n of reply.localSteps) require(n >= 1, 'localSteps is not positive');
  require(reply.skill.length === terms.welcome.seats.length * skillWidth, 'skill has the wrong length');
  requireAccounts(reply.accounts, own, terms.welcome.brief.examplePrivacy !== null);
  requireReasons(reply.satOut, own, 'satOut');
}

/** A reply about masks: of the round asked for, of own learners once each, and so many bytes for each. */
function checkMasks(
  { round, learners }: Keys | Sealed | Revealed,
  asked: { readonly round: number },
  terms: Terms,
  bytes: Uint8Array,
  sizes: readonly number[],
): void {
  const own = learnersOf(terms.welcome);
  require(round === asked.round, `it is of round ${String(round)}, not ${asked.round}`);
  require(isList(learners), 'learners is not a list');
  require(new Set(learners).size === learners.length, 'a learner comes twice');
  for (const id of learners) require(own.has(id), 'it speaks for an institution that is not its own');
  const size = sizes.reduce((sum, n) => sum + n, 0);
  require(bytes.length === size, `it has ${bytes.length} bytes of ${size}`);
}

/** Bytes that a learner has for every place of its circle. */
const circleBytes = (circles: readonly Circle[], each: number) => (id: string) =>
  each * (circles.find(({ learners }) => learners.includes(id))?.learners.length ?? 0);

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
      const { parameterCounts, flopsPerForecast, flopsPerStep, flopsPerRefit, flopsPerRefitRow } = reply;
      const costs = [flopsPerForecast, flopsPerStep, flopsPerRefit, flopsPerRefitRow];
      for (const column of [parameterCounts, ...costs])
        require(column.length === kinds, `a column has ${column.length} architectures of ${kinds}`);
      require(isList(reply.models) && reply.models.length === kinds, 'models are not one an architecture');
      const { exchange } = brief;
      if (exchange.of === 'forecasts')
        for (const n of reply.parameterCounts)
          require(n === exchange.probes, `it would send ${n} numbers for ${exchange.probes} probes`);
      const floats = reply.parameterCounts.reduce((sum, n) => sum + n, 0);
      require(reply.initial.length === floats, `initial has ${reply.initial.length} values of ${floats}`);
      require(typeof reply.engine === 'string' && reply.engine.length < 100, 'engine has no name');
      require(Number.isSafeInteger(reply.features) && reply.features > 0, 'features is no count');
    },
  ],
  observe: ['done', () => undefined],
  invite: [
    'keys',
    (reply, asked, terms) =>
      checkMasks(
        reply,
        asked,
        terms,
        reply.publicKeys,
        reply.learners.map(() => publicBytes),
      ),
  ],
  share: [
    'sealed',
    (reply, asked, terms) => {
      const sizes = reply.learners.map(circleBytes(asked.circles, parcelBytes));
      checkMasks(reply, asked, terms, reply.sealed, sizes);
      require(String(reply.sizes) === String(sizes), 'sizes are not those of its circles');
    },
  ],
  train: ['updates', checkUpdates],
  unmask: [
    'revealed',
    (reply, asked, terms) => {
      const sizes = reply.learners.map(circleBytes(asked.circles, shareBytes));
      checkMasks(reply, asked, terms, reply.shares, sizes);
      require(String(reply.sizes) === String(sizes), 'sizes are not those of its circles');
    },
  ],
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
      const [seats, rows] = [welcome.seats.length, inputs.length / ready!.features];
      const [cells, pairs] = [seats * rows, seats * kernelWidth(rows)];
      require(reply.forecasts.length === cells, `it has ${reply.forecasts.length} forecasts of ${cells}`);
      require(reply.kernels.length === pairs, `its kernels have ${reply.kernels.length} numbers of ${pairs}`);
    },
  ],
  save: [
    'saved',
    ({ hash, state }) => {
      require(typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash), 'its hash is not one');
      require(state.length === 0, 'it sends its state, which is its own');
    },
  ],
  load: ['done', () => undefined],
  farewell: ['done', () => undefined],
};

/** Refuses a reply that is not to this message, does not fit it, or speaks for an institution of another host. */
export function checkReply(reply: Reply, asked: Message, terms: Terms): void {
  const [type, check] = checks[asked.type];
  require(reply.type === type, `${reply.type} in answer to ${asked.type}`);
  (check as (reply: Reply, asked: Message, terms: Terms) => void)(reply, asked, terms);
}
