import { parcelsTo, announced, circlesWith, formCircles, maskingOf, withParcels } from '../secure/circle.js';
import type { RoundCircle } from '../secure/circle.js';
import { compressionOf } from '../../core/compression/index.js';
import { concatenatedBytes } from '../../core/concatenated.js';
import type { Train, Unmask, Updates } from '../../core/protocol.js';
import type { Scenario } from '../../core/scenario.js';
import type { Hosts, Learning } from '../learning.js';
import { privacyOf } from '../privacy/chosen.js';
import { secureOf } from '../secure/index.js';
import { stageOf, uncovered } from '../secure/uncover.js';
import { collect, type Contribution } from './contribution.js';
import { boundsOf } from './private.js';
import type { Sum } from './sum.js';

/** Who is asked in a round: the learners of each host, in the order of its messages, and whether each is. */
export interface Call {
  readonly round: number;
  /** By host. */
  readonly learners: readonly (readonly string[])[];
  readonly asks: (learner: string) => boolean;
}

/** What a round's training brought. */
export interface Gathered {
  readonly replies: readonly Updates[];
  /** In order of learner id. */
  readonly contributions: readonly Contribution[];
  /** Sums of masked updates by federation, where the coordinator sees no more; undefined: it sees updates. */
  readonly sums: ReadonlyMap<string, Sum> | undefined;
}

const askedIn = ({ asks }: Call, learners: readonly string[]): Uint8Array =>
  Uint8Array.from(learners, (id) => (asks(id) ? 1 : 0));

/** Circles of those who will train, with what they sealed for each other. */
async function agreeOnCircles(
  scenario: Scenario,
  { transport }: Hosts,
  { federations }: Learning,
  call: Call,
): Promise<readonly RoundCircle[]> {
  const secure = secureOf(scenario);
  if (!secure) return [];
  const { round, learners } = call;
  const invites = learners.map((ids) => ({ type: 'invite' as const, round, asked: askedIn(call, ids) }));
  const circles = formCircles(federations, await transport.exchange(invites), secure);
  const shares = learners.map((ids) => ({
    type: 'share' as const,
    round,
    ...announced(circlesWith(circles, ids)),
  }));
  return withParcels(circles, await transport.exchange(shares));
}

/** Examples that count as one where updates are weighed before they are summed; 0: all alike. */
const unitExamples = (scenario: Scenario): number =>
  privacyOf(scenario) ? 0 : (scenario.learning.window + scenario.tradeEvery) * scenario.assets.length;

/** What a host is asked of the sums that its institutions' updates went into. */
function unmaskMessage(
  circles: readonly RoundCircle[],
  learners: readonly string[],
  delivered: ReadonlySet<string>,
  round: number,
): Unmask {
  const here = circlesWith(circles, learners);
  const asked = here.flatMap((circle) =>
    circle.learners
      .filter((id) => learners.includes(id) && delivered.has(id))
      .map((id) => [id, parcelsTo(circle, id)] as const),
  );
  return {
    type: 'unmask',
    round,
    ...announced(here),
    stage: Uint8Array.from(here.flatMap((circle) => stageOf(circle, delivered))),
    learners: asked.map(([id]) => id),
    sealed: concatenatedBytes(asked.map(([, parcels]) => parcels)),
  };
}

/** Sums of masked updates, by federation: those that enough members uncovered. */
async function sumsOf(
  scenario: Scenario,
  { transport }: Hosts,
  circles: readonly RoundCircle[],
  contributions: readonly Contribution[],
  { round, learners }: Call,
): Promise<ReadonlyMap<string, Sum>> {
  const delivered = new Set(
    contributions.filter(({ masked }) => masked).map(({ institution }) => institution),
  );
  const messages = learners.map((ids) => unmaskMessage(circles, ids, delivered, round));
  const revealed = await transport.exchange(messages);
  const unit = unitExamples(scenario);
  const beside = privacyOf(scenario)?.noise.count === undefined ? 0 : 1;
  return new Map(
    circles.flatMap((circle) => {
      const members = new Set(circle.learners);
      const own = contributions.filter(({ institution }) => members.has(institution));
      const sum =
        own.length < circle.threshold
          ? undefined
          : uncovered(circle, stageOf(circle, delivered), own, revealed, round);
      if (!sum) return [];
      const weight = own.reduce((total, { examples }) => total + (unit > 0 ? examples / unit : 1), 0);
      const parameters = sum.length - beside;
      return [
        [circle.federation, { updates: sum.subarray(0, parameters), weight, within: sum[parameters] ?? 0 }],
      ];
    }),
  );
}

/** Asks every learner that is to take part for its update. */
export async function gather(
  scenario: Scenario,
  hosts: Hosts,
  learning: Learning,
  call: Call,
): Promise<Gathered> {
  const { probes, meanForecasts, federations, privacy, parameterCounts } = learning;
  const { round, learners, asks } = call;
  const numbers = new Map(federations.map(({ id, learners: all }) => [id, all.filter(asks).length]));
  const circles = await agreeOnCircles(scenario, hosts, learning, call);
  const replies = await hosts.transport.exchange(
    learners.map((ids): Train => ({
      type: 'train',
      round,
      asked: askedIn(call, ids),
      probes,
      meanForecasts,
      ...boundsOf(scenario, federations, privacy, numbers, ids),
      ...maskingOf(circlesWith(circles, ids), unitExamples(scenario)),
    })),
  );
  const shared = new Set(circles.flatMap(({ parcels }) => [...parcels.keys()]));
  const contributions = collect(
    replies,
    parameterCounts,
    compressionOf(scenario.federation.compression).unpack,
  ).filter(
    // Whose shares nobody has, its masks nobody could take out.
    ({ institution, masked }) => !masked || shared.has(institution),
  );
  const sums = secureOf(scenario) && (await sumsOf(scenario, hosts, circles, contributions, call));
  return { replies, contributions, sums };
}
