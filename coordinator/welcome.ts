import { concatenated } from '../core/concatenated.js';
import type { Brief, PoolBrief, SeatBrief, Welcome } from '../core/protocol.js';
import { protocolVersion } from '../core/protocol.js';
import { stream } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Stage } from '../core/types.js';
import { privateHistory, publicHistory } from '../market/histories.js';
import { sourceNames } from '../market/signals.js';
import { plotsOf, turnedLabels } from './attacks/attackers.js';
import { pastWithDisclosed } from './disclosure.js';
import { readNames } from '../core/scenario/read-names.js';
import { exchangeOf, poolId, rulePenalties } from './federations.js';
import { mandatedPenalties, permittedSources } from './mandates/standing.js';
import { examplePrivacyOf } from './privacy/chosen.js';
import { secureOf } from './secure/index.js';
import { seatsOf, type HostPlan } from './transport/plan.js';

/** At most this many institutions, drawn by lot, have least squares fitted beside their model. */
const yardsticks = 64;

function drawYardsticks(scenario: Scenario, stage: Stage): ReadonlySet<number> {
  const lot = stream({ seed: scenario.seed, purpose: 'yardstick' });
  const seats = lot.shuffle(stage.institutions.map((_, i) => i));
  return new Set(seats.slice(0, yardsticks));
}

function brief(scenario: Scenario, stage: Stage): Brief {
  const { learning, decide, homogeneity } = scenario;
  return {
    seed: scenario.seed,
    assets: stage.assets.map(({ id, class: cls, region, sector, currency, dailyVolatility, halfSpread }) => ({
      id,
      class: cls,
      region,
      sector,
      currency,
      dailyVolatility,
      halfSpread,
    })),
    sources: readNames(scenario),
    horizon: scenario.tradeEvery,
    architectures: learning.architectures,
    learning: { ...learning, penalties: { ...mandatedPenalties(scenario), ...rulePenalties(scenario) } },
    decide: {
      trade: decide.trade,
      confidence: decide.confidence,
      commonHalfLife: decide.covarianceHalfLife.common,
    },
    washSaleDays: scenario.market.costs.washSaleDays,
    homogeneity,
    compression: scenario.federation.compression,
    updates: secureOf(scenario) ? 'masked' : 'clear',
    personalisation: scenario.federation.personalisation,
    exchange: exchangeOf(scenario),
    examplePrivacy: examplePrivacyOf(scenario) ?? null,
  };
}

function seatBrief(
  scenario: Scenario,
  stage: Stage,
  seat: number,
  sources: readonly string[],
  { role, yardstick, turnedLabels }: Pick<SeatBrief, 'role' | 'yardstick' | 'turnedLabels'>,
): SeatBrief {
  const institution = stage.institutions[seat]!;
  const type = scenario.institutions.types[institution.type]!;
  return {
    id: institution.id,
    type: institution.type,
    role,
    sources,
    benchmark: Array.from(institution.benchmark),
    investedShare: institution.investedShare,
    covarianceHalfLife: institution.covarianceHalfLife,
    ...(type.riskModel && { riskModel: type.riskModel }),
    strategy: type.strategy,
    overlay: type.overlay,
    rebalancing: type.rebalancing,
    execution: type.execution,
    integration: type.integration,
    ...(type.harvesting && { harvesting: type.harvesting }),
    riskAversion: type.riskAversion,
    volatilityTarget: type.volatilityTarget,
    positionLimit: type.positionLimit,
    activeLimit: type.activeLimit,
    turnoverBudget: type.turnoverBudget,
    yardstick,
    turnedLabels,
  };
}

/** One pooled learner an architecture, on the first host, with every institution that has it. Other hosts know
 * it without members: nobody there trains alone. */
function pools(
  scenario: Scenario,
  seats: readonly number[],
  host: number,
  architecture: Int32Array,
): PoolBrief[] {
  if (scenario.federation.membership !== 'centralised') return [];
  return scenario.learning.architectures.map(({ name }, a) => ({
    id: poolId(name),
    architecture: a,
    members: seats.flatMap((seat, i) => (host === 0 && architecture[seat] === a ? [i] : [])),
  }));
}

/** What each host is told once: its seats, what they have in common, and their private histories. */
export function welcomes(
  scenario: Scenario,
  stage: Stage,
  plans: readonly HostPlan[],
  architecture: Int32Array,
): Welcome[] {
  const everybody = readNames(scenario).slice(sourceNames(scenario).length);
  const sources = permittedSources(scenario, stage).map((own) => [...own, ...everybody]);
  const measured = drawYardsticks(scenario, stage);
  const plots = plotsOf(
    scenario,
    stage.institutions.map(({ id }) => id),
  );
  const common = brief(scenario, stage);
  const publicReturns = publicHistory(scenario, stage);
  return plans.map((plan, host) => {
    const seats = seatsOf(plan);
    const own = new Set(plan.own);
    const histories = seats.map((seat) => privateHistory(scenario, stage, seat, sources[seat]));
    return {
      type: 'welcome',
      version: protocolVersion,
      brief: common,
      seats: seats.map((seat) =>
        seatBrief(scenario, stage, seat, sources[seat]!, {
          role: own.has(seat) ? 'own' : 'shadow',
          yardstick: measured.has(seat),
          turnedLabels: turnedLabels(plots, stage.institutions[seat]!.id),
        }),
      ),
      pools: pools(scenario, seats, host, architecture),
      architecture: Int32Array.from(seats, (seat) => architecture[seat]!),
      historyReturns: concatenated(histories.map((h) => h.logReturns)),
      historySources: concatenated(histories.map((h) => pastWithDisclosed(scenario, stage, h.sources))),
      publicReturns,
    };
  });
}
