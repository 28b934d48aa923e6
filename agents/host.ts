import type {
  Brief,
  Decide,
  Decisions,
  Done,
  Host,
  Install,
  Message,
  Observe,
  Probe,
  ProbeReply,
  Ready,
  Reply,
  ReplyTo,
  Train,
  Updates,
  Welcome,
} from '../core/protocol.js';
import { exp } from '../core/numeric.js';
import { protocolVersion } from '../core/protocol.js';
import { stream } from '../core/random.js';
import { skillWidth } from '../core/skill.js';
import { observeReturns, riskModel, type RiskModel } from './allocation/risk-model.js';
import { StrategyFailed } from './allocation/strategy-failed.js';
import { Holds, ordersOf, type OwnBook } from './decide.js';
import { featureLayout, type FeatureLayout } from './features.js';
import { mixIn, trainLearner, type Learner } from './learner.js';
import type { Cohort } from './learning/cohort.js';
import { openEngine, type Engine } from './learning/engine.js';
import { NonFinite } from './learning/non-finite.js';
import { createMind, forget, keepForecast, learnReturns, look, todaysRows, type Mind } from './mind.js';
import { architectures, type Architecture } from './models/index.js';
import { firstParameters } from './initial.js';
import { penaltiesOf } from './penalties.js';
import { sampleCount } from './window.js';
import { fit } from './yardstick.js';

/** All that a host holds between messages. */
interface State {
  readonly brief: Brief;
  readonly layout: FeatureLayout;
  readonly engine: Engine;
  readonly minds: readonly Mind[];
  /** One learner a seat, then one a pool. */
  readonly learners: readonly Learner[];
  readonly seats: number;
  readonly cohorts: readonly Cohort[];
  /** First parameters in common, by architecture. */
  readonly initial: readonly Float32Array[];
  readonly common: RiskModel;
  lastLogPrices: Float64Array | undefined;
  observed: Observe | undefined;
}

const done: Done = { type: 'done' };

/** Each architecture once, with room for every seat and pool of the host. */
function openCohorts(brief: Brief, layout: FeatureLayout, engine: Engine, size: number): Cohort[] {
  const shape = { features: layout.width, assets: brief.assets.length, window: 1 };
  return brief.architectures.map((options) => {
    const architecture: Architecture = architectures[options.name as keyof typeof architectures];
    return architecture.create(shape, options, size, engine);
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

function open(welcome: Welcome, engine: Engine): State {
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

/** Gives a learner its first parameters, in the name of whoever holds the seat. */
function begin(brief: Brief, cohorts: readonly Cohort[], learner: Learner, name: string): void {
  const cohort = cohorts[learner.architecture]!;
  cohort.setParameters(
    learner.slot,
    firstParameters(brief, cohort, learner.architecture, learner.slot, name),
  );
  learner.trained = false;
  learner.owed = undefined;
}

function ready(state: State): Ready {
  const { cohorts, initial, brief, engine, layout } = state;
  const parameters = new Float32Array(initial.reduce((sum, p) => sum + p.length, 0));
  initial.reduce((at, p) => (parameters.set(p, at), at + p.length), 0);
  return {
    type: 'ready',
    version: protocolVersion,
    engine: engine.kind,
    parameterCounts: Int32Array.from(cohorts, (c) => c.parameterCount),
    initial: parameters,
    features: layout.width,
    flopsPerStep: Float64Array.from(cohorts, (c) => c.flopsPerTrainingStep(brief.learning.batchSize)),
    flopsPerForecast: Float64Array.from(cohorts, (c) => c.flopsPerForecast),
  };
}

/** Entrants, changes of architecture, and models that came while away. */
function settle(state: State, message: Observe, before: Observe | undefined, i: number): void {
  const learner = state.learners[i]!;
  const entered = message.generation[i] !== (before?.generation[i] ?? 0);
  const moved = message.architecture[i] !== learner.architecture;
  if (entered) forget(state.minds[i]!, state.brief);
  learner.architecture = message.architecture[i]!;
  if (entered || moved) {
    learner.anchor = state.initial[learner.architecture]!;
    begin(state.brief, state.cohorts, learner, `${learner.id}#${message.generation[i]!}`);
  }
  if (message.online[i] && learner.owed !== undefined)
    mixIn(learner, state.cohorts[learner.architecture]!, learner.anchor, learner.owed);
}

function observe(state: State, message: Observe): Done {
  const { minds, brief, lastLogPrices, observed } = state;
  const block = brief.sources.length * brief.assets.length;
  const returns = lastLogPrices && message.logPrices.map((p, k) => p - lastLogPrices[k]!);
  if (returns) observeReturns(state.common, returns);
  minds.forEach((mind, i) => {
    if (returns) learnReturns(mind, returns);
    settle(state, message, observed, i);
    look(mind, message.sources.subarray(i * block, (i + 1) * block));
  });
  state.lastLogPrices = message.logPrices;
  state.observed = message;
  return done;
}

/** Who trains now: pools where there are any, else every institution here that is up and has samples. */
function trainees(state: State): Learner[] {
  if (state.brief.learning.localSteps === 0) return [];
  const pools = state.learners.slice(state.seats);
  const own = state.learners.filter(
    (l, i) => i < state.seats && mayAct(state, i) && l.members[0]!.seat.role === 'own',
  );
  return (pools.length > 0 ? pools : own).filter((l) => l.members.some((m) => sampleCount(m.window) > 0));
}

const mayAct = (state: State, i: number): boolean => state.observed?.online[i] === 1;

function train(state: State, message: Train): Updates {
  const rounds: { learner: Learner; examples: number; loss: number; delta: Float32Array }[] = [];
  const satOut: { id: string; reason: string }[] = [];
  for (const learner of trainees(state)) {
    const cohort = state.cohorts[learner.architecture]!;
    try {
      const penalties = penaltiesOf(state.brief, learner, message);
      rounds.push({ learner, ...trainLearner(state.brief, learner, cohort, message.round, penalties) });
    } catch (error) {
      if (!(error instanceof NonFinite)) throw error;
      satOut.push({ id: learner.id, reason: error.message });
    }
  }
  const deltas = new Float32Array(rounds.reduce((sum, r) => sum + r.delta.length, 0));
  rounds.reduce((at, r) => (deltas.set(r.delta, at), at + r.delta.length), 0);
  return {
    type: 'updates',
    round: message.round,
    learners: rounds.map((r) => r.learner.id),
    architecture: Int32Array.from(rounds, (r) => r.learner.architecture),
    examples: Int32Array.from(rounds, (r) => r.examples),
    loss: Float64Array.from(rounds, (r) => r.loss),
    deltas,
    satOut,
    skill: reportSkill(state),
  };
}

/** Matured forecasts since the last round, by seat; fits the yardsticks anew. */
function reportSkill({ minds }: State): Float64Array {
  const skill = new Float64Array(minds.length * skillWidth);
  minds.forEach((mind, i) => {
    if (mind.seat.role === 'own') skill.set(mind.skill, i * skillWidth);
    mind.skill.fill(0);
    if (mind.yardstick) fit(mind.yardstick);
  });
  return skill;
}

function install(state: State, message: Install): Done {
  let at = 0;
  for (const { architecture, seats, mixing } of message.federations) {
    const size = state.initial[architecture]!.length;
    const model = message.parameters.slice(at, at + size);
    at += size;
    for (const i of seats) receive(state, i, model, mixing);
  }
  return done;
}

/** A learner that is away receives the model on its return. */
function receive(state: State, i: number, model: Float32Array, mixing: number): void {
  const learner = state.learners[i]!;
  if (i >= state.seats || mayAct(state, i))
    mixIn(learner, state.cohorts[learner.architecture]!, model, mixing);
  else [learner.anchor, learner.owed] = [model, mixing];
}

/** Whether a mind has learned enough to act on its forecasts. */
const prepared = ({ brief }: State, learner: Learner): boolean =>
  brief.learning.localSteps > 0 &&
  learner.trained &&
  sampleCount(learner.members[0]!.window) >= brief.learning.minSamples;

function ownBook(state: State, i: number): OwnBook {
  const { observed, brief } = state;
  const k = brief.assets.length;
  return {
    cash: observed!.cash[i]!,
    assetsUsd: observed!.assetsUsd[i]!,
    equityUsd: observed!.equityUsd[i]!,
    units: observed!.units.subarray(i * k, (i + 1) * k),
    prices: observed!.logPrices.map(exp),
  };
}

function decide(state: State, message: Decide): Decisions {
  const assets = state.brief.assets.length;
  const cells = state.seats * assets;
  const orders = new Float64Array(cells);
  const mean = new Float32Array(cells);
  const stdDev = new Float32Array(cells).fill(1);
  const acted = new Uint8Array(state.seats);
  const held: { id: string; reason: string }[] = [];
  state.minds.forEach((mind, i) => {
    if (mind.seat.role !== 'own' || !mayAct(state, i)) return;
    const row = i * assets;
    const learner = state.learners[i]!;
    if (prepared(state, learner)) {
      const forecast = state.cohorts[learner.architecture]!.forecast(learner.slot, todaysRows(mind), assets);
      mean.set(forecast.mean, row);
      stdDev.set(forecast.stdDev, row);
      keepForecast(mind, forecast.mean);
      acted[i] = 1;
    }
    try {
      const random = stream({
        seed: state.brief.seed,
        purpose: 'decision',
        entity: mind.seat.id,
        day: message.day,
      });
      const situation = {
        brief: state.brief,
        book: ownBook(state, i),
        common: state.common,
        stream: random,
        mean: mean.subarray(row, row + assets),
        stdDev: stdDev.subarray(row, row + assets),
      };
      orders.set(ordersOf(mind, situation), row);
    } catch (error) {
      if (!(error instanceof StrategyFailed || error instanceof Holds)) throw error;
      held.push({ id: mind.seat.id, reason: error.message });
    }
  });
  return { type: 'decisions', day: message.day, orders, mean, stdDev, acted, held };
}

function probe(state: State, message: Probe): ProbeReply {
  const rows = message.inputs.length / state.layout.width;
  const forecasts = new Float32Array(state.seats * rows);
  for (let i = 0; i < state.seats; i++) {
    const learner = state.learners[i]!;
    const cohort = state.cohorts[learner.architecture]!;
    forecasts.set(cohort.forecast(learner.slot, message.inputs, rows).mean, i * rows);
  }
  return { type: 'probe-reply', forecasts };
}

const answers: {
  readonly [T in Exclude<Message['type'], 'welcome'>]: (state: State, message: never) => Reply;
} = {
  observe,
  train,
  install,
  decide,
  probe,
  farewell: () => done,
};

/** A host: owns a set of institutions and answers the protocol. Its institutions know their own data and
 * the messages, nothing else. How institutions are split over hosts changes no result. */
export function createHost(engine: Engine = openEngine()): Host {
  let state: State | undefined;
  return {
    handle<M extends Message>(message: M): ReplyTo[M['type']] {
      if (message.type === 'welcome') {
        state = open(message, engine);
        return ready(state) as ReplyTo[M['type']];
      }
      if (!state) throw new Error(`a host was sent ${message.type} before its welcome`);
      return answers[message.type](state, message as never) as ReplyTo[M['type']];
    },
  };
}
