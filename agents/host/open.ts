import { randomBytes } from 'node:crypto';
import { concatenated } from '../../core/concatenated.js';
import type { Brief, Ready, Welcome } from '../../core/protocol.js';
import { protocolVersion } from '../../core/protocol.js';
import { observeReturns, riskModel, type RiskModel } from '../allocation/risk-model.js';
import { openRegimes } from '../curriculum.js';
import { openAccountant } from '../example-privacy.js';
import { featureLayout, type FeatureLayout } from '../features.js';
import { firstParameters } from '../initial.js';
import type { Learner } from '../learner.js';
import type { Cohort } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';
import { createMind, learnReturns, look, type Mind } from '../mind.js';
import { architectures, type Architecture, type DayShape, type Loaded } from '../models/index.js';
import { longestLookback } from '../models/lookback.js';
import { tensorsKept } from '../personalisation/index.js';
import { sharedCount } from '../shared-part.js';
import { holderOf, inTheNameOf } from './in-the-name-of.js';
import { begin, type State } from './state.js';

const dayShape = (brief: Brief, layout: FeatureLayout): DayShape => ({
  features: layout.width,
  assets: brief.assets.length,
});

const named = (name: string): Architecture => architectures[name as keyof typeof architectures];

/** What the architectures have to load, in their order; nothing where none has. */
export function loadArchitectures({
  architectures: chosen,
}: Brief): Promise<(Loaded | undefined)[]> | undefined {
  return chosen.some(({ name }) => named(name).load)
    ? Promise.all(chosen.map(async (options) => named(options.name).load?.(options as never)))
    : undefined;
}

/** Each architecture once, with room for every seat and pool of the host, and where a federation of it begins. */
function openCohorts(
  { brief, seats, pools, architecture }: Welcome,
  layout: FeatureLayout,
  engine: Engine,
  loaded: readonly (Loaded | undefined)[],
): { readonly cohort: Cohort; readonly first: Float32Array }[] {
  const shape = dayShape(brief, layout);
  const size = seats.length + pools.length;
  const holders = [...seats.map(({ id }, i) => ({ id, architecture: architecture[i]! })), ...pools];
  return brief.architectures.map((options, a) =>
    inTheNameOf(holderOf(holders, a), () => {
      const cohort = named(options.name).create(shape, options as never, size, engine, loaded[a]);
      return { cohort, first: firstShared(brief, cohort, a) };
    }),
  );
}

function learnersOf(welcome: Welcome, minds: readonly Mind[], initial: readonly Float32Array[]): Learner[] {
  const learner = (id: string, slot: number, members: readonly Mind[], architecture: number): Learner => ({
    id,
    slot,
    members,
    architecture,
    anchor: initial[architecture]!,
    control: new Float32Array(0),
    ownControl: new Float32Array(0),
    copy: undefined,
    heldBack: new Float32Array(0),
    spent: new Float64Array(0),
    trained: false,
    retrains: false,
    owed: undefined,
    keepsakes: {},
    exams: [],
  });
  const own = welcome.seats.map((seat, i) => learner(seat.id, i, [minds[i]!], welcome.architecture[i]!));
  const pools = welcome.pools.map((pool, p) =>
    learner(
      pool.id,
      minds.length + p,
      pool.members.map((i) => minds[i]!),
      pool.architecture,
    ),
  );
  return [...own, ...pools];
}

/** Lets a mind live through its private history. */
function recall(mind: Mind, seat: number, welcome: Welcome): void {
  const { historyDays } = welcome.brief.learning;
  const assets = welcome.brief.assets.length;
  const sources = welcome.brief.sources.length;
  for (let d = 0; d < historyDays; d++) {
    const at = seat * historyDays + d;
    look(mind, welcome.historySources.subarray(at * sources * assets, (at + 1) * sources * assets));
    learnReturns(mind, Float64Array.from(welcome.historyReturns.subarray(at * assets, (at + 1) * assets)));
  }
}

function commonRisk(welcome: Welcome): RiskModel {
  const assets = welcome.brief.assets.length;
  const model = riskModel(assets, welcome.brief.decide.commonHalfLife);
  for (let at = 0; at < welcome.publicReturns.length; at += assets)
    observeReturns(model, Float64Array.from(welcome.publicReturns.subarray(at, at + assets)));
  return model;
}

/** Where a federation begins: with the first parameters in common that it shares, or with no consensus on forecasts. */
function firstShared(brief: Brief, cohort: Cohort, architecture: number): Float32Array {
  if (brief.exchange.of === 'forecasts') return new Float32Array(brief.exchange.probes);
  const count = sharedCount(brief.architectures[architecture]!.name, cohort, tensorsKept(brief));
  return firstParameters(brief, cohort, architecture, 0, undefined).slice(0, count);
}

/** Takes in a welcome. */
export function open(welcome: Welcome, engine: Engine, loaded: readonly (Loaded | undefined)[] = []): State {
  const { brief } = welcome;
  const layout = featureLayout(brief.sources);
  const minds = welcome.seats.map((seat) => createMind(brief, seat, layout));
  minds.forEach((mind, i) => recall(mind, i, welcome));
  const opened = openCohorts(welcome, layout, engine, loaded);
  const cohorts = opened.map(({ cohort }) => cohort);
  const initial = opened.map(({ first }) => first);
  const learners = learnersOf(welcome, minds, initial);
  for (const learner of learners) begin(brief, cohorts, learner, learner.id);
  return {
    brief,
    layout,
    engine,
    engineName: [engine.kind, ...loaded.flatMap((one) => one?.title ?? [])].join(' and '),
    models: brief.architectures.map((_, a) => loaded[a]?.sha256 ?? ''),
    minds,
    learners,
    seats: minds.length,
    cohorts,
    accountant: brief.examplePrivacy ? openAccountant(brief.examplePrivacy) : undefined,
    regimes: inTheNameOf(learners[0]?.id ?? 'nobody', () =>
      openRegimes(brief, { shape: dayShape(brief, layout), engine }),
    ),
    initial,
    common: commonRisk(welcome),
    secret: brief.updates === 'masked' ? new Uint8Array(randomBytes(32)) : new Uint8Array(0),
    uncovered: undefined,
    lastLogPrices: undefined,
    observed: undefined,
  };
}

/** What the coordinator must know of the models here. */
export function ready(state: State): Ready {
  const { cohorts, initial, brief, layout, learners } = state;
  const stepFlops = (cohort: Cohort, a: number): number =>
    inTheNameOf(holderOf(learners, a), () => cohort.flopsPerTrainingStep(brief.learning.batchSize));
  return {
    type: 'ready',
    version: protocolVersion,
    engine: state.engineName,
    parameterCounts: Int32Array.from(initial, ({ length }) => length),
    initial: concatenated(initial),
    features: layout.width * longestLookback(brief.architectures),
    models: state.models,
    blocks: Int32Array.from(cohorts, (c) => c.blocks ?? 0),
    flopsPerForecast: Float64Array.from(cohorts, (c) => c.flopsPerForecast),
    flopsPerStep: Float64Array.from(cohorts, stepFlops),
    flopsPerRefit: Float64Array.from(cohorts, ({ refit }) => refit?.flops ?? 0),
    flopsPerRefitRow: Float64Array.from(cohorts, ({ refit }) => refit?.flopsPerRow ?? 0),
  };
}
