import type { Brief, Ready, Welcome } from '../../core/protocol.js';
import { protocolVersion } from '../../core/protocol.js';
import { observeReturns, riskModel, type RiskModel } from '../allocation/risk-model.js';
import { featureLayout, type FeatureLayout } from '../features.js';
import { firstParameters } from '../initial.js';
import type { Learner } from '../learner.js';
import type { Cohort } from '../learning/cohort.js';
import type { Engine } from '../learning/engine.js';
import { createMind, learnReturns, look, type Mind } from '../mind.js';
import { architectures, type Architecture } from '../models/index.js';
import { longestLookback } from '../models/lookback.js';
import { begin, type State } from './state.js';

/** Each architecture once, with room for every seat and pool of the host. */
function openCohorts(brief: Brief, layout: FeatureLayout, engine: Engine, size: number): Cohort[] {
  const shape = { features: layout.width, assets: brief.assets.length };
  return brief.architectures.map((options) => {
    const architecture: Architecture = architectures[options.name as keyof typeof architectures];
    return architecture.create(shape, options as never, size, engine);
  });
}

function learnersOf(welcome: Welcome, minds: readonly Mind[], initial: readonly Float32Array[]): Learner[] {
  const learner = (id: string, slot: number, members: readonly Mind[], architecture: number): Learner => ({
    id,
    slot,
    members,
    architecture,
    anchor: initial[architecture]!,
    trained: false,
    owed: undefined,
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

/** Takes in a welcome. */
export function open(welcome: Welcome, engine: Engine): State {
  const { brief } = welcome;
  const layout = featureLayout(brief.sources);
  const minds = welcome.seats.map((seat) => createMind(brief, seat, layout));
  minds.forEach((mind, i) => recall(mind, i, welcome));
  const cohorts = openCohorts(brief, layout, engine, minds.length + welcome.pools.length);
  const initial = cohorts.map((cohort, a) => firstParameters(brief, cohort, a, 0, undefined));
  const learners = learnersOf(welcome, minds, initial);
  for (const learner of learners) begin(brief, cohorts, learner, learner.id);
  return {
    brief,
    layout,
    engine,
    minds,
    learners,
    seats: minds.length,
    cohorts,
    initial,
    common: commonRisk(welcome),
    lastLogPrices: undefined,
    observed: undefined,
  };
}

/** What the coordinator must know of the models here. */
export function ready(state: State): Ready {
  const { cohorts, initial, brief, engine, layout } = state;
  const parameters = new Float32Array(initial.reduce((sum, p) => sum + p.length, 0));
  initial.reduce((at, p) => (parameters.set(p, at), at + p.length), 0);
  return {
    type: 'ready',
    version: protocolVersion,
    engine: engine.kind,
    parameterCounts: Int32Array.from(cohorts, (c) => c.parameterCount),
    initial: parameters,
    features: layout.width * longestLookback(brief.architectures),
    blocks: Int32Array.from(cohorts, (c) => c.blocks ?? 0),
    flopsPerStep: Float64Array.from(cohorts, (c) => c.flopsPerTrainingStep(brief.learning.batchSize)),
    flopsPerForecast: Float64Array.from(cohorts, (c) => c.flopsPerForecast),
  };
}
