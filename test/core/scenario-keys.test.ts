import { expect } from 'chai';
import { scenarioJsonSchema } from '../../cli/scenario-schema.js';
import { chainOf, overlaid, small, smallScenario } from '../small-run.js';
import { leavesOf } from '../scenario-leaves.js';

type Raw = Readonly<Record<string, unknown>>;

/** A change of one key: what the scenario is before (on top of the small one), and after. */
interface Change {
  readonly before?: Raw;
  readonly after: Raw;
}

const to = (after: Raw, before: Raw = {}): Change => ({ before, after });

/** The small universe with something else about its first asset. */
const shares = (changed: Raw): Raw => ({
  assets: [{ ...small.assets[0], ...changed }, ...small.assets.slice(1)],
});
const bank = (changed: Raw): Raw => ({ institutions: { types: { bank: changed } } });
const fund = (changed: Raw): Raw => ({ institutions: { types: { fund: changed } } });
const fundamentals = (changed: Raw): Raw => ({ market: { fundamentals: changed } });
/** A shock to whatever carries a label strikes an asset once it carries the label, not before. */
const label = (key: string, name: string): Change => {
  const [first, second, third] = small.assets;
  const shock = fundamentals({ shocks: [{ day: 4, [key]: name, size: -0.05 }] });
  return to(
    { assets: [{ ...first, [key]: name }, { ...second, [key]: name }, third] },
    { ...shock, assets: [{ ...first, [key]: name }, second, third] },
  );
};
/** A history of the small universe. */
const past = Array.from({ length: 60 }, (_, t) => [0.001 * (t % 7), -0.002 * (t % 3), 0.001 * ((t % 5) - 2)]);
const shocked = (changed: Raw): Raw =>
  fundamentals({ shocks: [{ day: 4, asset: 'shares', size: -0.05, ...changed }] });
const struck = (key: string, name: string): Change =>
  to(fundamentals({ shocks: [{ day: 4, [key]: name, size: -0.05 }] }));
const impact = (changed: Raw): Raw => ({ market: { clearing: { mechanism: 'impact', ...changed } } });
const auction = (changed: Raw): Raw => ({ market: { clearing: { mechanism: 'call-auction', ...changed } } });
const book = (changed: Raw): Raw => ({ market: { clearing: { mechanism: 'order-book', ...changed } } });
const costs = (changed: Raw): Raw => ({ market: { costs: changed } });
const learning = (changed: Raw): Raw => ({ learning: changed });
/** All of one architecture, with a round on day 1 and one on day 6. */
const minds = (name: string, changed: Raw = {}): Raw => ({
  days: 8,
  ...learning({ architectures: [{ name, ...changed }] }),
});
const both = (strategy: Raw): Raw => ({
  institutions: { types: { bank: { strategy }, fund: { strategy } } },
});
/** The same of both types. */
const each = (changed: Raw): Raw => ({ institutions: { types: { bank: changed, fund: changed } } });
const laid =
  (name: string, beside: Raw = {}) =>
  (o: Raw = {}): Raw => ({ ...each({ overlay: [{ rule: name, ...o }] }), ...beside });
/** A rule laid over both types’ strategies, and changes of its options. */
const overlay = (name: string, changes: Raw, given: Raw = {}, beside: Raw = {}): Record<string, Change> => ({
  [`institutions.types.*.overlay[](${name}).rule`]: to(laid(name, beside)(given), beside),
  ...options(`institutions.types.*.overlay[](${name})`, laid(name, beside), changes, given),
});
const trigger = (name: string, changes: Raw): Record<string, Change> => ({
  [`institutions.types.*.rebalancing(${name}).trigger`]: to(
    each({ rebalancing: { trigger: name, ...changes } }),
    each(name === 'calendar' ? { rebalancing: { trigger: 'threshold' } } : {}),
  ),
  ...options(
    `institutions.types.*.rebalancing(${name})`,
    (o) => each({ rebalancing: { trigger: name, ...o } }),
    changes,
  ),
});
const execution = (name: string, changes: Raw = {}): Record<string, Change> => ({
  [`institutions.types.*.execution(${name}).slicing`]: to(
    each({ execution: { slicing: name } }),
    each({ execution: { slicing: name === 'twap' ? 'immediate' : 'twap' } }),
  ),
  ...options(
    `institutions.types.*.execution(${name})`,
    (o) => each({ execution: { slicing: name, ...o } }),
    changes,
  ),
});
/** The small universe where metal's sector is called as the first asset. */
const likeNamed: Raw = {
  assets: [small.assets[0], small.assets[1], { ...small.assets[2], sector: 'shares' }],
};
const euros: Raw = shares({ currency: 'EUR' });
const ofGroup = (changed: Raw): Raw =>
  laid(
    'group-limits',
    likeNamed,
  )({ groups: [{ by: 'id', name: 'shares', min: 0.05, max: 0.1, ...changed }] });

/** All of one architecture, so that no federation has too few updates for a rule. */
const rule = (aggregation: Raw): Raw => ({ ...minds('linear'), days: 12, federation: { aggregation } });
const participation = (changed: Raw): Raw => ({
  ...minds('linear'),
  roundEvery: 1,
  federation: { participation: changed },
});
const contagion = (changed: Raw): Raw => ({ contagion: changed });
const core = (changed: Raw): Raw =>
  contagion({ exposures: { structure: 'core-periphery', coreShare: 0.5, ...changed } });
/** One channel acts alone, in a market that ruins banks. */
const onlyChannel = (channel: string, changed: Raw = {}): Raw => ({
  ...crash,
  contagion: { ...crash.contagion, channels: [{ channel, ...changed }] },
});
const acts = (channel: string): Change =>
  to(onlyChannel(channel), { ...crash, ...contagion({ channels: [] }) });
const outage = (changed: Raw = {}): Raw => ({
  institutions: { outages: [{ institution: 'bank-01', from: 3, to: 8, ...changed }] },
});
const inRegions: Raw = { institutions: { regions: { east: 0.5, west: 0.5 } } };
/** Shares fall on day 2; what they lose is looked at every second day, for 60 that nothing is washed by. */
const harvested = (changed: Raw): Raw => ({
  ...(overlaid(shocked({ day: 2, size: -0.3 }), costs({ gainsTaxRate: 0.2 })) as Raw),
  ...each({ harvesting: { threshold: 0.05, every: 4, ...changed } }),
});
const overseen = (changed: Raw): Raw => fund({ overseer: { beyondShare: 0.0001, ...changed } });
/** Everything about one source, which moves enough to show. */
const source = (changed: Raw): Raw => ({ sources: { macro: { informationCoefficient: 0.3, ...changed } } });
const poisoned = (changed: Raw): Raw =>
  source({ poison: { kind: 'bias', from: 3, to: 8, size: 2, ...changed } });
const injection = (changed: Raw = {}): Raw => ({
  interventions: [{ kind: 'capital-injection', institution: 'bank-01', day: 3, amountUsd: 1e9, ...changed }],
});
const correcting = (changed: Raw = {}): Raw => ({
  interventions: [{ kind: 'self-correcting', from: 3, every: 5, budgetShare: 0.01, worry: 0, ...changed }],
});
const halt = (changed: Raw = {}): Raw => ({
  interventions: [{ kind: 'halt', institution: 'bank-01', from: 3, to: 6, ...changed }],
});

/** Acts of the authority of one kind, and a change of each of their options. */
const decreed = (kind: string, given: Raw, changes: Raw, world: Raw = {}): Record<string, Change> => {
  const with_ = (o: Raw): Raw => overlaid(world, { interventions: [{ kind, ...given, ...o }] }) as Raw;
  return {
    [`interventions[](${kind}).kind`]: to(with_({}), world),
    ...Object.fromEntries(
      Object.entries(changes).map(([key, value]) => [
        `interventions[](${kind}).${key}`,
        to(with_({ [key]: value }), with_({})),
      ]),
    ),
  };
};

const mandated = (mandate: Raw): Raw => ({
  ...minds('linear'),
  days: 12,
  homogeneity: { updates: 1 },
  mandates: [mandate],
});

/** All of one architecture of two, of which a mandate makes some change. */
const oneKind: Raw = {
  institutions: { count: 16, sizes: { largestShare: 0.12 } },
  homogeneity: { models: 1 },
};
const capped = (changed: Raw): Raw => ({
  ...oneKind,
  mandates: [{ kind: 'architecture-cap', maxShare: 0.6, ...changed }],
});
const varied = (changed: Raw = {}): Raw => ({
  ...oneKind,
  mandates: [{ kind: 'minimum-effective-models', minimum: 1.6, ...changed }],
});
/** Enough lessons for two architectures to forecast somewhat alike. */
const schooled: Raw = { roundEvery: 2, ...learning({ firstSteps: 300, localSteps: 30 }) };
const rotated = (changed: Raw = {}): Raw => ({
  roundEvery: 2,
  homogeneity: { models: 1, updates: 1 },
  mandates: [{ kind: 'federation-rotation', parts: 2, everyRounds: 1, ...changed }],
});

/** Funds that may go short, and find reason to. */
const shorting: Raw = {
  decide: { trade: 1, confidence: 20 },
  institutions: {
    types: {
      fund: {
        strategy: { name: 'mean-variance', longOnly: false },
        activeLimit: 10,
        riskAversion: 1,
        turnoverBudget: 1,
      },
    },
  },
};

/** Enough assets for clusters to differ; some hedge others. */
const wide = {
  assets: [
    ...small.assets,
    { ...small.assets[0], id: 'growth-shares', volatility: 0.3, loadings: { growth: 0.95, rates: -0.2 } },
    { ...small.assets[1], id: 'long-bonds', volatility: 0.12, loadings: { rates: 0.95, growth: -0.2 } },
    { ...small.assets[2], id: 'ore', volatility: 0.25, loadings: { growth: 0.6 } },
  ],
};
const wideWith = (k: number, changed: Raw): Raw => ({
  assets: wide.assets.map((a, i) => (i === k ? { ...a, ...changed } : a)),
});
const amongMany = (table: Record<string, Change>): Record<string, Change> =>
  Object.fromEntries(
    Object.entries(table).map(([key, { before = {}, after }]) => [key, to(after, { ...before, ...wide })]),
  );

/** A market that ruins banks: everything falls by half on the third day. */
const crash = {
  days: 30,
  market: {
    fundamentals: {
      shocks: [
        { day: 3, factor: 'growth', size: -20 },
        { day: 3, class: 'government', size: -0.4 },
        { day: 3, class: 'equity', size: -0.6 },
      ],
    },
  },
  contagion: { entryDelayDays: 5, liquidationDays: 5, termDays: 5 },
};
/** Equity falls enough for banks to break their leverage cap and not to fail. */
const fall = fundamentals({ shocks: [{ day: 3, class: 'equity', size: -0.3 }] });
const inCrash = (changed: Raw): Change => to(changed, crash);

/** What a strategy, an architecture or a rule may be told, each by one change. */
const options = (
  path: string,
  chosen: (changed: Raw) => Raw,
  changes: Raw,
  given: Raw = {},
): Record<string, Change> =>
  Object.fromEntries(
    Object.entries(changes).map(([key, value]) => [
      `${path}.${key}`,
      to(chosen({ ...given, [key]: value }), chosen(given)),
    ]),
  );
/** A risk model that both types name, after eight days of returns, and changes of its options. */
const riskModel = (name: string, changes: Raw = {}, given: Raw = {}): Record<string, Change> => ({
  [`institutions.types.*.riskModel(${name}).estimator`]: to(
    estimating({ estimator: name, ...given }),
    active,
  ),
  ...options(
    `institutions.types.*.riskModel(${name})`,
    (o) => estimating({ estimator: name, ...o }),
    { days: 12, every: 2, ...changes },
    { every: 1, ...given },
  ),
});
/** Every strategy looks at risk every day, and what it wants shows. */
const active: Raw = {
  ...wide,
  ...each({ strategy: { name: 'risk-parity' }, activeLimit: 10, turnoverBudget: 1 }),
  learning: { historyDays: 40 },
};
const estimating = (model: Raw): Raw => overlaid(active, each({ riskModel: model })) as Raw;
const strategy = (name: string, changes: Raw, given: Raw = {}): Record<string, Change> => ({
  [`institutions.types.*.strategy(${name}).name`]: to(both({ name }), both({ name: otherStrategy(name) })),
  ...options(`institutions.types.*.strategy(${name})`, (o) => both({ name, ...o }), changes, given),
});
const otherStrategy = (name: string): string => (name === 'equal-weight' ? 'buy-and-hold' : 'equal-weight');
const limits = { minWeight: 0.3, maxWeight: 0.4 };
const grouped = (group: Raw): Raw => ({ groups: [{ members: [0], min: 0.05, max: 0.2, ...group }] });
/** Room to go short where forecasts and risks say so. */
const free = { activeLimit: 10, riskAversion: 1, turnoverBudget: 1 };
const roomy: Raw = {
  ...wide,
  decide: { trade: 1, confidence: 20 },
  institutions: { types: { bank: free, fund: free } },
};
const limited = (name: string, changes: Raw): Record<string, Change> => {
  const at = `institutions.types.*.strategy(${name})`;
  const group = (o: Raw): Change => to(both({ name, ...grouped(o) }), both({ name, ...grouped({}) }));
  return {
    ...strategy(name, { ...limits, ...changes }),
    [`${at}.longOnly`]: to(both({ name, longOnly: false }), overlaid(roomy, both({ name })) as Raw),
    [`${at}.groups[].members`]: group({ members: [0, 1] }),
    [`${at}.groups[].min`]: group({ min: 0.19 }),
    [`${at}.groups[].max`]: group({ max: 0.1 }),
  };
};
const architecture = (name: string, changes: Raw): Record<string, Change> => ({
  [`learning.architectures[](${name}).name`]: to(minds(name), minds(name === 'mlp' ? 'linear' : 'mlp')),
  ...options(`learning.architectures[](${name})`, (o) => minds(name, o), { ...training, ...changes }),
  [`learning.architectures[](${name}).huberDelta`]: to(
    minds(name, { loss: 'huber', huberDelta: 0.1 }),
    minds(name, { loss: 'huber' }),
  ),
});
/** A training regime, in a run with rounds on days 1, 6 and 11. */
const taught = (name: string, changed: Raw = {}): Raw => ({
  days: 13,
  ...learning({ localSteps: 4, architectures: [{ name: 'mlp' }], regimes: [{ name, ...changed }] }),
});
const regime = (name: string, changes: Raw, given: Raw = {}): Record<string, Change> => ({
  [`learning.regimes[](${name}).name`]: to(taught(name), {
    ...taught(name),
    ...learning({ localSteps: 4, architectures: [{ name: 'mlp' }] }),
  }),
  ...options(`learning.regimes[](${name})`, (o) => taught(name, o), changes, given),
});
/** A mind that learns by reward, and the strategy that takes its positions. */
const rewarded = (name: string, changes: Raw): Record<string, Change> => {
  const given = { days: 8 };
  const chosen = (o: Raw): Raw => overlaid(minds(name, o), both({ name: 'policy' })) as Raw;
  const key = `learning.architectures[](${name})`;
  return {
    [`${key}.name`]: to(chosen(given), overlaid(minds('mlp'), both({ name: 'policy' })) as Raw),
    ...options(key, chosen, { days: 6, ...changes }, given),
  };
};
const goal = { objective: 'sortino', cost: 0.5, drawdownWeight: 3 };
const validated = (changed: Raw): Raw =>
  learning({ validation: { everyRounds: 1, folds: 2, share: 1, ...changed } });
const examined = (changed: Raw): Raw => ({
  days: 18,
  ...learning({ forgetting: { everyRounds: 1, days: 6, keep: 3, ...changed } }),
});
const refitted = (
  name: string,
  changes: Raw,
  { given = {}, beside = {} }: { readonly given?: Raw; readonly beside?: Raw } = {},
): Record<string, Change> => {
  const alone = (o: Raw = {}): Raw => ({ ...minds(name, { ...given, ...o }), ...beside });
  return {
    [`learning.architectures[](${name}).name`]: to(alone(), { ...minds('mlp'), ...beside }),
    ...options(`learning.architectures[](${name})`, alone, changes),
  };
};
/** Few trees tell as much, sooner. */
const few = { given: { trees: 8 } };
const trees = { trees: 3, depth: 2, minLeaf: 40, featureShare: 0.2 };
const training = { optimiser: 'sgd', weightDecay: 0.3, loss: 'huber' };
const aggregation = (name: string, changes: Raw = {}): Record<string, Change> => ({
  [`federation.aggregation(${name}).rule`]: to(
    rule({ rule: name }),
    rule({ rule: name === 'median' ? 'fedavg' : 'median' }),
  ),
  ...options(`federation.aggregation(${name})`, (o) => rule({ rule: name, ...o }), changes),
});
/** A federation's model that hides institutions; a second round is beyond the smaller budget. */
const hidden =
  (mechanism: string) =>
  (o: Raw = {}): Raw => ({ ...rule({ rule: 'fedavg' }), federation: { privacy: { mechanism, ...o } } });
const budgeted = { clip: 0.01, noiseMultiplier: 2, noise: 'institutions', epsilon: 5, delta: 1e-3 };
/** Updates of which the coordinator may see the sum only. */
const summed =
  (protocol: string) =>
  (o: Raw = {}): Raw => ({
    ...rule({ rule: 'fedavg' }),
    federation: { probes: 0, secureAggregation: { protocol, ...o } },
  });
/** Updates that are made smaller on the wire. */
const smaller =
  (method: string) =>
  (o: Raw = {}): Raw => ({ ...rule({ rule: 'fedavg' }), federation: { compression: { method, ...o } } });
/** Half of the institutions attack one federation; changes of who, when and how. */
const attack = (kind: string, changes: Raw): Record<string, Change> => {
  const by = (o: Raw = {}): Raw => ({
    ...rule({ rule: 'fedavg' }),
    federation: { attacks: [{ kind, share: 0.5, ...o }] },
  });
  const named = by({ share: null, institutions: ['bank-01', 'fund-02'] });
  const key = `federation.attacks[](${kind})`;
  return {
    [`${key}.kind`]: to(by(), rule({ rule: 'fedavg' })),
    [`${key}.share`]: to(by({ share: 0.25 }), by()),
    [`${key}.institutions`]: to(by({ share: null, institutions: ['bank-01', 'fund-01'] }), named),
    [`${key}.from`]: to(by({ from: 2 }), by()),
    [`${key}.to`]: to(by({ to: 1 }), by()),
    ...options(key, by, changes),
  };
};
/** Regions with unlike numbers of institutions, each with an aggregator of its own. */
const regional = (changed: Raw): Raw =>
  overlaid(rule({ rule: 'hierarchical', ...changed }), {
    institutions: { regions: { east: 0.25, west: 0.75 } },
  }) as Raw;
/** Networks of two layers, of which something stays at home. */
const personal = (method: string, changed: Raw = {}): Raw => ({
  ...minds('mlp'),
  days: 12,
  federation: { personalisation: { method, ...changed } },
});
/** Buffered averaging of updates of which every second is late. */
const buffered = (changed: Raw): Raw => ({
  ...rule({ rule: 'fedbuff', bufferSize: 2, ...changed }),
  roundEvery: 1,
  federation: {
    aggregation: { rule: 'fedbuff', bufferSize: 2, ...changed },
    participation: { lateShare: 0.5 },
  },
});
const adagrad = { learningRate: 0.03, beta1: 0.5, tau: 0.1, biasCorrection: 'flower' };
const adaptive = { ...adagrad, beta2: 0.5 };

const oneView = { views: [[0, 0, 1]], viewReturns: [0.002], confidences: [0.9] };

/** Every key of a scenario, and a change of it. */
const changes: Readonly<Record<string, Change>> = {
  seed: to({ seed: 2 }),
  days: to({ days: 13 }),
  warmUp: to({ warmUp: 3 }),
  tradeEvery: to({ tradeEvery: 2 }),
  roundEvery: to({ roundEvery: 4 }),
  'assets[].price': to(shares({ price: 50 })),
  'assets[].floatUsd': to(shares({ floatUsd: 2e12 })),
  'assets[].advShare': to(shares({ advShare: 0.01 })),
  'assets[].volatility': to(shares({ volatility: 0.25 })),
  'assets[].drift': to(shares({ drift: 0.1 })),
  'assets[].halfSpreadBps': to(shares({ halfSpreadBps: 5 })),
  'assets[].loadings': to(shares({ loadings: { growth: 0.5 } })),
  'assets[].class': to(wideWith(2, { class: 'equity' }), wide),
  'assets[].region': label('region', 'north'),
  'assets[].sector': label('sector', 'industry'),
  'assets[].currency': label('currency', 'EUR'),
  'market.fundamentals.drawn': to(fundamentals({ drawn: 'bootstrap', history: past })),
  'market.fundamentals.blockDays': to(
    fundamentals({ drawn: 'bootstrap', history: past, blockDays: 1 }),
    fundamentals({ drawn: 'bootstrap', history: past }),
  ),
  'market.fundamentals.history': to(
    fundamentals({ drawn: 'replay', history: past.map((row) => row.map((r) => -r)) }),
    fundamentals({ drawn: 'replay', history: past }),
  ),
  'market.fundamentals.factors': to(fundamentals({ factors: ['rates', 'growth'] })),
  'market.fundamentals.garch.alpha': to(fundamentals({ garch: { alpha: 0.01 } })),
  'market.fundamentals.garch.gamma': to(fundamentals({ garch: { gamma: 0.05 } })),
  'market.fundamentals.garch.beta': to(fundamentals({ garch: { beta: 0.7 } })),
  'market.fundamentals.degreesOfFreedom': to(fundamentals({ degreesOfFreedom: null })),
  'market.fundamentals.regimes.enterStress': to(fundamentals({ regimes: { enterStress: 0.5 } })),
  'market.fundamentals.regimes.leaveStress': to(
    fundamentals({ regimes: { leaveStress: 0.9 } }),
    fundamentals({ regimes: { enterStress: 0.5 } }),
  ),
  'market.fundamentals.regimes.stressVolatility': to(
    fundamentals({ regimes: { stressVolatility: 3 } }),
    fundamentals({ regimes: { enterStress: 0.5 } }),
  ),
  'market.fundamentals.regimes.stressDrift': to(
    fundamentals({ regimes: { stressDrift: 3 } }),
    fundamentals({ regimes: { enterStress: 0.5 } }),
  ),
  'market.fundamentals.regimes.stressCorrelation': to(
    fundamentals({ regimes: { stressCorrelation: 0.8 } }),
    fundamentals({ regimes: { enterStress: 0.5 } }),
  ),
  'market.fundamentals.jumps.perYear': to(fundamentals({ jumps: { perYear: 200 } })),
  'market.fundamentals.jumps.mean': to(
    fundamentals({ jumps: { mean: -2 } }),
    fundamentals({ jumps: { perYear: 200 } }),
  ),
  'market.fundamentals.jumps.stdDev': to(
    fundamentals({ jumps: { stdDev: 3 } }),
    fundamentals({ jumps: { perYear: 200 } }),
  ),
  'market.fundamentals.shocks[].day': to(shocked({ day: 5 }), shocked({})),
  'market.fundamentals.shocks[].size': to(shocked({ size: -0.06 }), shocked({})),
  'market.fundamentals.shocks[].halfLifeDays': to(shocked({ halfLifeDays: 3 }), shocked({})),
  'market.fundamentals.shocks[].asset': struck('asset', 'shares'),
  'market.fundamentals.shocks[].class': struck('class', 'equity'),
  'market.fundamentals.shocks[].region': struck('region', 'global'),
  'market.fundamentals.shocks[].sector': struck('sector', 'broad'),
  'market.fundamentals.shocks[].currency': struck('currency', 'USD'),
  'market.fundamentals.shocks[].factor': struck('factor', 'growth'),
  'market.clearing(impact).mechanism': to(impact({}), auction({})),
  'market.clearing(impact).impact': to(impact({ impact: 0.7 })),
  'market.clearing(impact).exponent': to(impact({ exponent: 0.7 })),
  'market.clearing(impact).crossover': to(impact({ crossover: 1 })),
  'market.clearing(impact).permanentShare': to(impact({ permanentShare: 0.6 })),
  'market.clearing(impact).transientDays': to(impact({ transientDays: 6 })),
  'market.clearing(impact).reversion': to(impact({ reversion: 0.1 })),
  'market.clearing(impact).depthVolatilityExponent': to(impact({ depthVolatilityExponent: 0.1 })),
  'market.clearing(impact).depthImbalance': to(impact({ depthImbalance: 0.9 })),
  'market.clearing(impact).depthFloor': to(impact({ depthFloor: 0.95 })),
  'market.clearing(impact).floor': to(impact({ floor: 0.8 })),
  'market.clearing(call-auction).impact': to(auction({ impact: 0.7 }), auction({})),
  'market.clearing(call-auction).crossover': to(auction({ crossover: 1 }), auction({})),
  'market.clearing(call-auction).exponent': to(auction({ exponent: 0.7 }), auction({})),
  'market.clearing(call-auction).permanentShare': to(auction({ permanentShare: 0.6 }), auction({})),
  'market.clearing(call-auction).transientDays': to(auction({ transientDays: 6 }), auction({})),
  'market.clearing(call-auction).reversion': to(auction({ reversion: 0.1 }), auction({})),
  'market.clearing(call-auction).depthVolatilityExponent': to(
    auction({ depthVolatilityExponent: 0.1 }),
    auction({}),
  ),
  'market.clearing(call-auction).depthImbalance': to(auction({ depthImbalance: 0.9 }), auction({})),
  'market.clearing(call-auction).depthFloor': to(auction({ depthFloor: 0.95 }), auction({})),
  'market.clearing(call-auction).floor': to(auction({ floor: 0.8 }), auction({})),
  'market.clearing(call-auction).tickBps': to(auction({ tickBps: 20 }), auction({})),
  'market.clearing(call-auction).rungs': to(auction({ rungs: 20 }), auction({})),
  'market.clearing(call-auction).limitDeviations': to(auction({ limitDeviations: 0.001 }), auction({})),
  'market.clearing(order-book).impact': to(book({ impact: 0.7 }), book({})),
  'market.clearing(order-book).crossover': to(book({ crossover: 1 }), book({})),
  'market.clearing(order-book).exponent': to(book({ exponent: 0.7 }), book({})),
  'market.clearing(order-book).permanentShare': to(book({ permanentShare: 0.6 }), book({})),
  'market.clearing(order-book).transientDays': to(book({ transientDays: 6 }), book({})),
  'market.clearing(order-book).reversion': to(book({ reversion: 0.1 }), book({})),
  'market.clearing(order-book).depthVolatilityExponent': to(book({ depthVolatilityExponent: 0.1 }), book({})),
  'market.clearing(order-book).depthImbalance': to(book({ depthImbalance: 0.9 }), book({})),
  'market.clearing(order-book).depthFloor': to(book({ depthFloor: 0.95 }), book({})),
  'market.clearing(order-book).floor': to(book({ floor: 0.8 }), book({})),
  'market.clearing(order-book).tickBps': to(book({ tickBps: 20 }), book({})),
  'market.clearing(order-book).makers': to(book({ makers: 5 }), book({})),
  'market.clearing(order-book).rungs': to(book({ rungs: 6 }), book({})),
  'market.clearing(order-book).requotes': to(book({ requotes: 2 }), book({})),
  'market.clearing(order-book).slices': to(book({ slices: 1 }), book({})),
  'market.clearing(order-book).tierDelay': to(book({ tierDelay: 0.3 }), {
    ...book({}),
    ...bank({ latencyTier: 3 }),
  }),
  'market.clearing(order-book).jitter': to(book({ jitter: 0.4 }), book({})),
  'market.clearing(order-book).noiseOrders': to(book({ noiseOrders: 60 }), book({})),
  'market.clearing(order-book).noiseSize': to(book({ noiseSize: 0.05 }), book({})),
  'market.clearing(order-book).limitDeviations': to(book({ limitDeviations: 0.001 }), book({})),
  'market.clearing(call-auction).rationing': to(
    auction({ rationing: 'by-lot', limitDeviations: 0.01 }),
    auction({ limitDeviations: 0.01 }),
  ),
  'market.clearing(order-book).selfTrade': to(
    book({ selfTrade: 'allow', noiseOrders: 400, noiseSize: 0.05 }),
    book({ noiseOrders: 400, noiseSize: 0.05 }),
  ),
  'market.clearing(call-auction).mechanism': to(auction({})),
  'market.clearing(order-book).mechanism': to(book({})),
  'market.halts.dailyMove': to({ market: { halts: { dailyMove: 0.001 } } }),
  'market.costs.transactionTaxBps': to(costs({ transactionTaxBps: 10 })),
  'market.costs.gainsTaxRate': to(costs({ gainsTaxRate: 0.2 })),
  'market.costs.washSaleDays': to(
    costs({ washSaleDays: 30, gainsTaxRate: 0.2 }),
    costs({ gainsTaxRate: 0.2 }),
  ),
  'market.costs.taxLots': to(costs({ taxLots: 'hifo', gainsTaxRate: 0.2 }), costs({ gainsTaxRate: 0.2 })),
  'market.costs.borrowFee': to(costs({ borrowFee: 0.05 }), shorting),
  'market.costs.commissionBps': to(costs({ commissionBps: 3 })),
  'market.costs.interestRate': to(costs({ interestRate: 0.04 })),
  'market.costs.primeBrokerSpread': to(costs({ primeBrokerSpread: 0.03 })),
  'market.costs.depositRate': to(costs({ depositRate: 0.03 })),
  'market.costs.loanRate': to(costs({ loanRate: 0.06 })),
  'market.noise.volumeShare': to({ market: { noise: { volumeShare: 0.4 } } }),
  'market.noise.dispersion': to({ market: { noise: { dispersion: 0.6 } } }),
  'sources.*.informationCoefficient': to({ sources: { macro: { informationCoefficient: 0.3 } } }),
  'sources.*.coverage': to(source({ coverage: 0.4 }), source({})),
  'sources.*.priceUsd': to(source({ priceUsd: 1e6 }), source({})),
  'sources.*.sharedNoise': to(source({ sharedNoise: 1 }), source({})),
  'sources.*.correlation': to(source({ correlation: 0.5 }), source({})),
  'sources.*.spikes.gain': to(source({ spikes: { gain: 1, threshold: 1 } }), source({})),
  'sources.*.spikes.threshold': to(
    source({ spikes: { gain: 1, threshold: 2 } }),
    source({ spikes: { gain: 1, threshold: 1 } }),
  ),
  'sources.*.spikes.halfLifeDays': to(
    source({ spikes: { gain: 1, threshold: 1, halfLifeDays: 5 } }),
    source({ spikes: { gain: 1, threshold: 1 } }),
  ),
  'sources.*.dirt.missing': to(source({ dirt: { missing: 0.5 } }), source({})),
  'sources.*.dirt.stale': to(source({ dirt: { stale: 0.5 } }), source({})),
  'sources.*.dirt.outliers': to(source({ dirt: { outliers: 0.5 } }), source({})),
  'sources.*.dirt.outlierSize': to(
    source({ dirt: { outliers: 0.5, outlierSize: 4 } }),
    source({ dirt: { outliers: 0.5 } }),
  ),
  'sources.*.poison.kind': to(poisoned({ kind: 'targeted-noise' }), poisoned({})),
  'sources.*.poison.from': to(poisoned({ from: 4 }), poisoned({})),
  'sources.*.poison.to': to(poisoned({ to: 7 }), poisoned({})),
  'sources.*.poison.size': to(poisoned({ size: 3 }), poisoned({})),
  'sources.*.poison.assets': to(poisoned({ assets: ['equity'] }), poisoned({})),
  'sources.*.poison.share': to(poisoned({ share: 0.5 }), poisoned({})),
  'sources.*.delayDays': to({ sources: { macro: { delayDays: 2 } } }),
  'institutions.count': to({ institutions: { count: 9 } }),
  'institutions.types.*.latencyTier': to(bank({ latencyTier: 9 }), book({})),
  'institutions.floatShare': to({ institutions: { floatShare: 0.2 } }),
  'institutions.ownershipFit': to({ institutions: { ownershipFit: 0.2 } }),
  'institutions.sizes.paretoExponent': to({ institutions: { sizes: { paretoExponent: 2 } } }),
  'institutions.sizes.largestShare': to({ institutions: { sizes: { largestShare: 0.2 } } }),
  'institutions.types.*.share': to({
    institutions: { types: { bank: { share: 0.25 }, fund: { share: 0.75 } } },
  }),
  'institutions.types.*.leverage': to(bank({ leverage: 10 })),
  'institutions.types.*.leverageDispersion': to(bank({ leverageDispersion: 0.1 })),
  'institutions.types.*.leverageCap': to(bank({ leverageCap: 14.1 }), fall),
  'institutions.types.*.leverageTarget': to(bank({ leverageTarget: 13 }), fall),
  'institutions.types.*.loanShare': to(bank({ loanShare: 0.2 })),
  'institutions.types.*.interbankShare': to(bank({ interbankShare: 0.05 })),
  'institutions.types.*.cashShare': to(bank({ cashShare: 0.1 })),
  'institutions.types.*.fundingShare': to(bank({ fundingShare: 0.9 })),
  'institutions.types.*.benchmark': to(bank({ benchmark: { government: 0.5, equity: 0.4 } })),
  'institutions.types.*.riskAversion': to(bank({ riskAversion: 8 })),
  'institutions.types.*.volatilityTarget': to(fund({ volatilityTarget: 0.02 })),
  'institutions.types.*.positionLimit': to(fund({ positionLimit: 0.5 })),
  'institutions.types.*.activeLimit': to(fund({ activeLimit: 0.1 })),
  'institutions.types.*.turnoverBudget': to(fund({ turnoverBudget: 0.0001 })),
  'institutions.types.*.sources': to(bank({ sources: ['macro'] })),
  'institutions.types.*.contributionRate': to(fund({ contributionRate: 0.2 })),
  'institutions.types.*.claimRate': to(fund({ claimRate: 0.2 })),
  'institutions.types.*.payoutRate': to(bank({ payoutRate: 3 })),
  'institutions.types.*.flowSensitivity': to(fund({ flowSensitivity: 0.1 })),
  'institutions.outages[].region': to(
    outage({ institution: undefined, region: 'west' }),
    overlaid(outage({ institution: undefined, region: 'east' }), inRegions) as Raw,
  ),
  'institutions.outages[].fallback': to(outage({ fallback: 'unwind' }), outage()),
  'institutions.outages[].redundancy': to(outage({ redundancy: 1 }), outage()),
  'institutions.outages[].failoverDays': to(
    outage({ redundancy: 1, failoverDays: 2 }),
    outage({ redundancy: 1 }),
  ),
  'institutions.regions': to(
    inRegions,
    overlaid(outage({ institution: undefined, region: 'east' }), {
      institutions: { regions: { east: 1 } },
    }) as Raw,
  ),
  'institutions.types.*.architectures': to(
    {
      ...minds('linear'),
      ...learning({ architectures: [{ name: 'linear' }, { name: 'rule' }] }),
      ...bank({ architectures: ['rule'] }),
    },
    { ...minds('linear'), ...learning({ architectures: [{ name: 'linear' }, { name: 'rule' }] }) },
  ),
  'institutions.types.*.harvesting.threshold': to(harvested({ threshold: 0.9 }), harvested({})),
  'institutions.types.*.harvesting.every': to(harvested({ every: 1 }), harvested({})),
  'institutions.types.*.overseer.beyondShare': to(overseen({ beyondShare: 0.001 }), overseen({})),
  'institutions.types.*.overseer.inDrawdown': to(overseen({ inDrawdown: 0.05 }), {
    ...fall,
    ...overseen({}),
  }),
  'institutions.types.*.overseer.waitDays': to(overseen({ waitDays: 2 }), overseen({})),
  'institutions.types.*.overseer.verdict': to(overseen({ verdict: 'reject' }), overseen({})),
  'institutions.outages[].institution': to(outage({ institution: 'bank-02' }), outage()),
  'institutions.outages[].from': to(outage({ from: 4 }), outage()),
  'institutions.outages[].to': to(outage({ to: 7 }), outage()),
  'learning.historyDays': to(learning({ historyDays: 30 })),
  'learning.window': to(learning({ window: 20 })),
  'learning.minSamples': to(learning({ minSamples: 130 })),
  'learning.localSteps': to(learning({ localSteps: 4 })),
  'learning.firstSteps': to(learning({ firstSteps: 20 })),
  'learning.batchSize': to(learning({ batchSize: 8 })),
  'learning.learningRate': to(learning({ learningRate: 0.01 })),
  'learning.penalties.l2': to(learning({ penalties: { l2: 0.1 } })),
  'learning.penalties.proximal': to(learning({ penalties: { proximal: 1 } })),
  'learning.penalties.decorrelation': to(learning({ penalties: { decorrelation: 1 } })),
  'learning.targets': to(learning({ targets: 'shuffled' })),
  ...regime('replay', { share: 0.6, capacity: 2 }, { capacity: 6 }),
  ...regime('distillation', { hidden: [6], lookback: 2, steps: 3, weight: 0.9 }, { hidden: [8], steps: 9 }),
  ...regime(
    'elastic-weight-consolidation',
    { weight: 20, everyRounds: 2, decay: 0.2, samples: 3 },
    { everyRounds: 1, samples: 8 },
  ),
  ...regime('adversarial', { radius: 0.4, share: 0.9 }),
  ...regime(
    'early-stopping',
    { heldOutShare: 0.4, checkEvery: 2, patience: 1 },
    { checkEvery: 1, patience: 2 },
  ),
  ...regime('quantized', {}),
  'learning.validation.everyRounds': to(validated({}), validated({ everyRounds: 0 })),
  'learning.validation.folds': to(validated({ folds: 3 }), validated({})),
  'learning.validation.scheme': to(validated({ scheme: 'k-fold' }), validated({})),
  'learning.validation.embargoDays': to(validated({ embargoDays: 9 }), validated({})),
  'learning.validation.share': to(validated({ share: 0.3 }), validated({})),
  'learning.forgetting.everyRounds': to(examined({}), examined({ everyRounds: 0 })),
  'learning.forgetting.days': to(examined({ days: 3 }), examined({})),
  'learning.forgetting.keep': to(examined({ keep: 1 }), examined({})),
  'federation.membership': to({ federation: { membership: 'type' } }),
  'federation.participation.askedShare': to(participation({ askedShare: 0.5 })),
  'federation.participation.lateShare': to(participation({ lateShare: 0.5 })),
  'federation.participation.lateRounds': to(
    participation({ lateShare: 0.5, lateRounds: 3 }),
    participation({ lateShare: 0.5 }),
  ),
  'federation.participation.maxStaleness': to(
    participation({ lateShare: 0.5, maxStaleness: 0 }),
    participation({ lateShare: 0.5 }),
  ),
  'federation.participation.stalenessExponent': to(
    participation({ lateShare: 0.5, stalenessExponent: 2 }),
    participation({ lateShare: 0.5 }),
  ),
  'federation.participation.quorum': to(
    participation({ askedShare: 0.5, quorum: 1 }),
    participation({ askedShare: 0.5 }),
  ),
  'federation.probes': to({ federation: { probes: 9 } }),
  'decide.trade': to({ decide: { trade: 0.2 } }),
  'decide.confidence': to({ decide: { confidence: 3 } }),
  'decide.covarianceHalfLife.shortest': to({ decide: { covarianceHalfLife: { shortest: 20 } } }),
  'decide.covarianceHalfLife.longest': to({ decide: { covarianceHalfLife: { longest: 200 } } }),
  'decide.covarianceHalfLife.common': to(
    { decide: { covarianceHalfLife: { common: 20 } } },
    { homogeneity: { risk: 0.5 } },
  ),
  'homogeneity.signals': to({ homogeneity: { signals: 1 } }),
  'homogeneity.models': to({ homogeneity: { models: 1 } }),
  'homogeneity.updates': to({ homogeneity: { updates: 1 } }),
  'homogeneity.initialisation': to({ homogeneity: { initialisation: 0 } }),
  'homogeneity.pretraining': to({ homogeneity: { pretraining: 1 } }),
  'homogeneity.risk': to({ homogeneity: { risk: 1 } }),
  'contagion.exposures(core-periphery).structure': to(
    core({}),
    contagion({ exposures: { structure: 'scale-free' } }),
  ),
  ...Object.fromEntries(
    ['scale-free', 'erdos-renyi', 'max-entropy', 'min-density'].map((structure) => [
      `contagion.exposures(${structure}).structure`,
      to(contagion({ exposures: { structure } })),
    ]),
  ),
  'contagion.exposures(given).structure': to(contagion({ exposures: { structure: 'given' } })),
  ...Object.fromEntries(
    Object.entries({ lender: 'bank-02', borrower: 'bank-02', amountUsd: 2e9 }).map(([key, value]) => {
      const claim = { lender: 'bank-01', borrower: 'bank-03', amountUsd: 1e9 };
      const given = (one: Raw): Raw => contagion({ exposures: { structure: 'given', claims: [one] } });
      return [
        `contagion.exposures(given).claims[].${key}`,
        to(given({ ...claim, [key]: value }), given(claim)),
      ];
    }),
  ),
  'contagion.exposures(scale-free).meanDegree': to(
    contagion({ exposures: { structure: 'scale-free', meanDegree: 2 } }),
    contagion({ exposures: { structure: 'scale-free' } }),
  ),
  'contagion.exposures(scale-free).tailExponent': to(
    contagion({ exposures: { structure: 'scale-free', meanDegree: 2, tailExponent: 9 } }),
    contagion({ exposures: { structure: 'scale-free', meanDegree: 2 } }),
  ),
  'contagion.exposures(erdos-renyi).meanDegree': to(
    contagion({ exposures: { structure: 'erdos-renyi', meanDegree: 2 } }),
    contagion({ exposures: { structure: 'erdos-renyi' } }),
  ),
  'contagion.exposures(core-periphery).coreShare': to(
    contagion({ exposures: { structure: 'core-periphery', coreShare: 0.5 } }),
  ),
  'contagion.exposures(core-periphery).links': to(core({ links: 1 }), {
    ...core({}),
    ...fund({ interbankShare: 0.02, fundingShare: 0.5 }),
  }),
  'contagion.channels[](clearing).channel': acts('clearing'),
  'contagion.channels[](cascade).channel': acts('cascade'),
  'contagion.channels[](cascade).lossGivenDefault': to(
    onlyChannel('cascade', { lossGivenDefault: 0.4 }),
    onlyChannel('cascade'),
  ),
  'contagion.channels[](debtrank).channel': acts('debtrank'),
  'contagion.channels[](debtrank).lossGivenDefault': to(
    onlyChannel('debtrank', { lossGivenDefault: 0.4 }),
    onlyChannel('debtrank'),
  ),
  'contagion.channels[](gai-kapadia).channel': acts('gai-kapadia'),
  'contagion.channels[](cross-holdings).channel': acts('cross-holdings'),
  'contagion.channels[](cross-holdings).threshold': to(
    onlyChannel('cross-holdings', { threshold: 0.99 }),
    onlyChannel('cross-holdings', { threshold: 0 }),
  ),
  'contagion.channels[](cross-holdings).failureCost': to(
    onlyChannel('cross-holdings', { threshold: 0.99, failureCost: 0.5 }),
    onlyChannel('cross-holdings', { threshold: 0.99 }),
  ),
  'contagion.channels[](liquidity-hoarding).channel': to(
    onlyChannel('liquidity-hoarding', { cashFloor: 1 }),
    contagion({ channels: [] }),
  ),
  'contagion.channels[](liquidity-hoarding).cashFloor': to(
    onlyChannel('liquidity-hoarding', { cashFloor: 1 }),
    onlyChannel('liquidity-hoarding', { cashFloor: 0 }),
  ),
  'contagion.channels[](liquidity-hoarding).hoardedShare': to(
    onlyChannel('liquidity-hoarding', { cashFloor: 1, hoardedShare: 0.5 }),
    onlyChannel('liquidity-hoarding', { cashFloor: 1 }),
  ),
  'contagion.channels[](fire-sale).channel': acts('fire-sale'),
  'contagion.channels[](vulnerable-banks).channel': acts('vulnerable-banks'),
  'contagion.probes': to(contagion({ probes: ['cascade'] })),
  'contagion.termDays': to(contagion({ termDays: 5 })),
  'contagion.renewalFloor': to(contagion({ renewalFloor: 0.2, termDays: 5 }), contagion({ termDays: 5 })),
  'contagion.recovery.external': inCrash(contagion({ recovery: { external: 0.5 } })),
  'contagion.recovery.interbank': inCrash(contagion({ recovery: { interbank: 0.5 } })),
  'contagion.resolution': inCrash(contagion({ resolution: 'liquidate' })),
  'contagion.entryDelayDays': inCrash(contagion({ entryDelayDays: 8 })),
  'contagion.liquidationDays': inCrash(contagion({ liquidationDays: 8 })),
  'contagion.liquidationOrder': inCrash(contagion({ liquidationOrder: 'most-liquid-first' })),
  'contagion.probeShock': to(contagion({ probeShock: 0.1 })),
  'mandates[](architecture-cap).kind': to({ mandates: [{ kind: 'architecture-cap', maxShare: 0.6 }] }),
  'mandates[](architecture-cap).maxShare': to(
    { mandates: [{ kind: 'architecture-cap', maxShare: 0.55 }] },
    { mandates: [{ kind: 'architecture-cap', maxShare: 0.9 }] },
  ),
  'mandates[](architecture-cap).selectBy': to(capped({ selectBy: 'size' }), capped({ selectBy: 'cost' })),
  'mandates[](minimum-effective-models).minimum': to(varied({ minimum: 1.9 }), varied()),
  'mandates[](minimum-effective-models).kinds': to(
    { ...schooled, ...varied({ minimum: 1.9, kinds: 'forecasts' }) },
    { ...schooled, ...varied({ minimum: 1.9 }) },
  ),
  'mandates[](minimum-effective-models).selectBy': to(
    varied({ selectBy: 'size' }),
    varied({ selectBy: 'cost' }),
  ),
  'mandates[](federation-rotation).parts': to(rotated({ parts: 3 }), rotated()),
  'mandates[](federation-rotation).everyRounds': to(rotated({ everyRounds: 2 }), rotated()),
  'mandates[](position-disclosure).delayDays': to(
    mandated({ kind: 'position-disclosure', delayDays: 2 }),
    mandated({ kind: 'position-disclosure' }),
  ),
  'compliance.changeFeeBps': to({ ...capped({}), compliance: { changeFeeBps: 50 } }, capped({})),
  'compliance.energyPriceUsd': to({ ...capped({}), compliance: { energyPriceUsd: 1e9 } }, capped({})),
  'compliance.flopPerJoule': to({ ...capped({}), compliance: { flopPerJoule: 1 } }, capped({})),
  'mandates[](source-cap).maxShare': to(
    mandated({ kind: 'source-cap', maxShare: 0.25 }),
    mandated({ kind: 'source-cap', maxShare: 0.75 }),
  ),
  'mandates[](federation-size-cap).maxMembers': to(
    mandated({ kind: 'federation-size-cap', maxMembers: 2 }),
    mandated({ kind: 'federation-size-cap', maxMembers: 4 }),
  ),
  'mandates[](mixing-cap).maxMixing': to(
    mandated({ kind: 'mixing-cap', maxMixing: 0.1 }),
    mandated({ kind: 'mixing-cap', maxMixing: 0.4 }),
  ),
  'mandates[](decorrelation).weight': to(
    mandated({ kind: 'decorrelation', weight: 2 }),
    mandated({ kind: 'decorrelation', weight: 1 }),
  ),
  'mandates[](decorrelation).minimumDistance': to(
    mandated({ kind: 'decorrelation', weight: 1, minimumDistance: 2 }),
    mandated({ kind: 'decorrelation', weight: 1 }),
  ),
  'mandates[](crowding-limit).maxShare': to(
    mandated({ kind: 'crowding-limit', maxShare: 0.34 }),
    mandated({ kind: 'crowding-limit', maxShare: 0.36 }),
  ),
  'interventions[](self-correcting).kind': to(correcting()),
  'interventions[](self-correcting).act': to(correcting({ act: 'recommend' }), correcting()),
  'interventions[](self-correcting).policy': to(correcting({ policy: 'equal' }), correcting()),
  'interventions[](self-correcting).tools': to(
    correcting({ tools: ['collateral-relief', 'exposure-cap', 'liquidity-injection'] }),
    correcting(),
  ),
  'interventions[](self-correcting).budgetShare': to(correcting({ budgetShare: 0.004 }), correcting()),
  'interventions[](self-correcting).parts': to(correcting({ parts: 3 }), correcting()),
  'interventions[](self-correcting).shock': to(correcting({ shock: 0.15 }), correcting()),
  'interventions[](self-correcting).worry': to(correcting({ worry: 1e6 }), correcting()),
  'interventions[](self-correcting).every': to(correcting({ every: 2 }), correcting()),
  'interventions[](self-correcting).from': to(correcting({ from: 4 }), correcting()),
  'interventions[](self-correcting).to': to(correcting({ every: 2, to: 4 }), correcting({ every: 2 })),
  'interventions[](capital-injection).kind': to(injection()),
  'interventions[](capital-injection).institution': to(injection({ institution: 'bank-02' }), injection()),
  'interventions[](capital-injection).day': to(injection({ day: 4 }), injection()),
  'interventions[](capital-injection).amountUsd': to(injection({ amountUsd: 2e9 }), injection()),
  'interventions[](halt).kind': to(halt()),
  'interventions[](halt).institution': to(halt({ institution: 'bank-02' }), halt()),
  'interventions[](halt).from': to(halt({ from: 2 }), halt()),
  'interventions[](halt).to': to(halt({ to: 7 }), halt()),
  ...decreed(
    'circuit-breaker',
    { fall: 0.05, scope: 'asset' },
    { fall: 0.4, scope: 'index', haltDays: 1, assets: ['bonds'], from: 4, to: 2 },
    fall,
  ),
  ...decreed('price-limit', { limit: 0.1 }, { limit: 0.05, assets: ['bonds'], from: 4, to: 2 }, fall),
  ...decreed(
    'short-sale-ban',
    { from: 3, to: 9 },
    { assets: ['bonds'], from: 4, to: 8 },
    overlaid(shorting, { days: 16 }) as Raw,
  ),
  ...decreed('transaction-tax', { taxBps: 10 }, { taxBps: 20, assets: ['bonds'], from: 4, to: 2 }),
  ...decreed('leverage-cap', { cap: 6 }, { cap: 7, institutions: ['fund'], from: 4, to: 2 }),
  ...decreed('margin-floor', { haircut: 0.9 }, { haircut: 0.8, institutions: ['bank'], from: 4, to: 2 }),
  ...decreed(
    'collateral-relief',
    { relief: 0.5 },
    { relief: 0.6, institutions: ['bank'], from: 4, to: 2 },
    fund({ haircuts: { equity: 0.9, government: 0.9, commodity: 0.9 } }),
  ),
  ...decreed(
    'countercyclical-buffer',
    { buffer: 0.2, lowerGap: 0, gapWidth: 0.01 },
    { buffer: 0.4, lowerGap: 0.01, gapWidth: 0.02, institutions: ['fund'], from: 4, to: 3 },
    fundamentals({ shocks: [{ day: 2, class: 'equity', size: 0.1 }] }),
  ),
  ...decreed(
    'liquidity-injection',
    { amountUsd: 1e9, days: 3 },
    { amountUsd: 2e9, days: 4, drawdown: 0.05, institutions: ['bank'], from: 4, to: 2 },
  ),
  ...decreed(
    'asset-purchase',
    { amountUsd: 1e9 },
    { amountUsd: 2e9, drawdown: 0.05, assets: ['bonds'], from: 4, to: 2 },
  ),
  ...decreed(
    'firewall',
    { one: ['bank-01'], other: ['fund', 'bank-02'] },
    { one: ['bank-03'], other: ['fund'], from: 7, to: 2 },
    contagion({ termDays: 5 }),
  ),
  'institutions.types.*.haircuts': to(fund({ haircuts: { equity: 0.9, government: 0.9, commodity: 0.9 } })),
  record: to({ record: 'minimal' }),
  ...architecture('linear', {}),
  'learning.architectures[](linear).lasso': to(
    minds('linear', { optimiser: 'sgd', lasso: 0.5 }),
    minds('linear', { optimiser: 'sgd' }),
  ),
  ...architecture('mlp', { hidden: [8] }),
  ...architecture('lstm', { lookback: 3, width: 8 }),
  ...architecture('gru', { lookback: 3, width: 8 }),
  ...architecture('transformer', { lookback: 3, width: 8, heads: 1, layers: 2, span: 2 }),
  ...architecture('graph', { lookback: 3, returnFeature: 1, width: 8, neighbours: 1, exchanges: 2 }),
  ...architecture('mc-dropout', { hidden: [8], dropout: 0.4, passes: 3 }),
  ...architecture('deep-ensemble', { hidden: [8], members: 2 }),
  ...rewarded('sharpe-policy', { lookback: 2, hidden: [8], ...goal }),
  ...rewarded('policy-gradient', {
    lookback: 2,
    width: 8,
    layers: 2,
    cost: 0.5,
    exploration: 0.9,
    discount: 0.9,
  }),
  ...rewarded('ppo', {
    lookback: 2,
    width: 8,
    layers: 2,
    cost: 0.5,
    exploration: 0.9,
    discount: 0.9,
    clip: 0.0001,
    epochs: 2,
  }),
  ...rewarded('deep-q', { lookback: 2, hidden: [8], cost: 0.5, exploration: 0.1, discount: 0.9 }),
  ...rewarded('evolution', { lookback: 2, hidden: [8], ...goal, pairs: 2, mutation: 0.5 }),
  ...rewarded('evolution-gradient', {
    lookback: 2,
    hidden: [8],
    ...goal,
    pairs: 2,
    mutation: 0.5,
    share: 0.9,
  }),
  ...refitted('bayesian-linear', { priorPrecision: 1000 }),
  ...refitted('autoregressive', { lookback: 2, returnFeature: 1, ridge: 1000 }),
  ...refitted('garch-forecast', { lookback: 3, returnFeature: 1 }),
  ...refitted('rule', { lookback: 3, returnFeature: 1, rule: 'value', strength: 0.5 }),
  ...refitted('random-forest', trees, few),
  ...refitted('gradient-boosting', { ...trees, shrinkage: 0.5, voters: 2 }, few),
  'federation.personalisation(none).method': to(personal('none'), personal('fedper')),
  'federation.personalisation(fedper).method': to(personal('fedper'), personal('none')),
  'federation.personalisation(fedper).tensors': to(personal('fedper', { tensors: 4 }), personal('fedper')),
  'federation.personalisation(ditto).method': to(personal('ditto'), personal('none')),
  'federation.personalisation(ditto).mu': to(personal('ditto', { mu: 20 }), personal('ditto')),
  'federation.privacy(none).mechanism': to(hidden('none')(), hidden('dp-fedavg')()),
  'federation.privacy(dp-fedavg).mechanism': to(hidden('dp-fedavg')(), hidden('none')()),
  ...options('federation.privacy(dp-fedavg)', hidden('dp-fedavg'), budgeted),
  'federation.privacy(dp-sgd).mechanism': to(hidden('dp-sgd')(), hidden('none')()),
  ...options('federation.privacy(dp-sgd)', hidden('dp-sgd'), {
    clip: 0.01,
    noiseMultiplier: 2,
    epsilon: 5,
    delta: 1e-3,
  }),
  'federation.privacy(dp-fedavg-adaptive).mechanism': to(hidden('dp-fedavg-adaptive')(), hidden('none')()),
  ...options('federation.privacy(dp-fedavg-adaptive)', hidden('dp-fedavg-adaptive'), {
    ...budgeted,
    noiseMultiplier: 1.5,
    quantile: 0.9,
    learningRate: 1,
    countStdDev: 3,
  }),
  'federation.secureAggregation(none).protocol': to(summed('none')(), summed('pairwise-masks')()),
  'federation.secureAggregation(pairwise-masks).protocol': to(summed('pairwise-masks')(), summed('none')()),
  'federation.secureAggregation(pairwise-masks).range': to(
    summed('pairwise-masks')({ range: 4096 }),
    summed('pairwise-masks')(),
  ),
  'federation.compression(none).method': to(smaller('none')(), smaller('int8')()),
  'federation.compression(int8).method': to(smaller('int8')(), smaller('none')()),
  'federation.compression(top-k).method': to(smaller('top-k')(), smaller('none')()),
  ...options('federation.compression(top-k)', smaller('top-k'), { share: 0.5 }),
  ...attack('sign-flip', { strength: 9 }),
  ...attack('scaled-update', { factor: 3 }),
  ...attack('label-flip', {}),
  ...attack('sybils', { noise: 2 }),
  ...attack('a-little-is-enough', { deviations: 3, knowledge: 'everybody' }),
  ...aggregation('fedavg'),
  ...aggregation('fedbuff', { bufferSize: 2, learningRate: 0.5 }),
  'federation.aggregation(fedbuff).stalenessExponent': to(buffered({ stalenessExponent: 2 }), buffered({})),
  ...aggregation('fedavgm', { learningRate: 0.5, momentum: 0.5 }),
  ...aggregation('fedadagrad', adagrad),
  ...aggregation('fedadam', adaptive),
  ...aggregation('fedyogi', adaptive),
  ...aggregation('median'),
  ...aggregation('trimmed-mean', { trim: 0.4 }),
  ...aggregation('krum', { f: 3 }),
  ...aggregation('multi-krum', { f: 1, m: 2 }),
  ...aggregation('bulyan', { f: 1 }),
  ...aggregation('geometric-median', { tolerance: 0.01 }),
  ...aggregation('norm-clipping', { clip: 0.01 }),
  ...aggregation('fedprox', { mu: 20 }),
  ...aggregation('fednova'),
  ...aggregation('scaffold', { learningRate: 0.5 }),
  ...aggregation('clustered', { minSimilarity: 0.95 }),
  ...aggregation('gossip', { reach: 2, exchanges: 3, edges: [['bank-01', 'fund-01']] }),
  'federation.aggregation(hierarchical).rule': to(
    regional({}),
    overlaid(regional({}), rule({ rule: 'median' })) as Raw,
  ),
  'federation.aggregation(hierarchical).world': to(regional({ world: 'equal' }), regional({})),
  ...aggregation('foolsgold', { confidence: 0.5 }),
  ...aggregation('fedmd', { weight: 0.1, steps: 3 }),
  ...overlay('exclusion', { names: ['equity'] }, { by: 'class', names: ['commodity'] }),
  'institutions.types.*.overlay[](exclusion).by': to(
    laid('exclusion', likeNamed)({ by: 'id', names: ['shares'] }),
    laid('exclusion', likeNamed)({ by: 'sector', names: ['shares'] }),
  ),
  ...riskModel('sample'),
  ...riskModel('exponential', { halfLife: 5 }, { halfLife: 20 }),
  ...riskModel('ledoit-wolf'),
  ...riskModel('ledoit-wolf-constant-correlation'),
  ...riskModel('oas'),
  ...riskModel('graphical-lasso', { alpha: 1e-4 }, { alpha: 1e-6 }),
  ...riskModel('factor', { factors: 2 }, { factors: 1 }),
  ...riskModel('garch'),
  ...riskModel('dcc'),
  ...riskModel(
    'lstm-volatility',
    { lookback: 3, width: 8, steps: 4, learningRate: 0.05, seed: 2 },
    { lookback: 4, width: 4, steps: 3 },
  ),
  ...overlay('position-limit', { max: 0.1 }, { max: 0.2 }),
  'institutions.types.*.overlay[](group-limits).rule': to(ofGroup({}), likeNamed),
  'institutions.types.*.overlay[](group-limits).groups[].by': to(ofGroup({ by: 'sector' }), ofGroup({})),
  'institutions.types.*.overlay[](group-limits).groups[].name': to(ofGroup({ name: 'bonds' }), ofGroup({})),
  'institutions.types.*.overlay[](group-limits).groups[].min': to(
    ofGroup({ min: 0.8, max: 1 }),
    ofGroup({ max: 1 }),
  ),
  'institutions.types.*.overlay[](group-limits).groups[].max': to(ofGroup({ max: 0.06 }), ofGroup({})),
  ...overlay('volatility-target', { target: 0.01 }, { target: 0.02 }),
  ...overlay('stress-deleveraging', { trigger: 5, exposure: 0.2 }, { trigger: 0.1, exposure: 0.5 }),
  ...overlay(
    'drawdown-stop',
    { start: 0.00002, limit: 0.3, exposure: 0.5, window: 1 },
    { start: 0.00001, limit: 0.01 },
    fall,
  ),
  ...overlay('beta-hedge', { asset: 'bonds', ratio: 0.5, maxShort: 0.01 }, { asset: 'metal' }),
  ...overlay(
    'currency-hedge',
    { hedges: { EUR: 'bonds' }, ratio: 0.5, maxShort: 0.01 },
    { hedges: { EUR: 'metal' } },
    euros,
  ),
  ...overlay('leverage-cap', { max: 0.2 }, { max: 0.3 }),
  ...overlay('turnover-budget', { max: 0.001 }, { max: 0.01 }),
  ...overlay('cost-budget', { maxBps: 0.001 }, { maxBps: 0.01 }),
  'institutions.types.*.integration(model).view': to(
    each({ integration: { view: 'model' } }),
    each({ integration: { view: 'skill-weighted' } }),
  ),
  'institutions.types.*.integration(skill-weighted).view': to(
    each({ integration: { view: 'skill-weighted' } }),
  ),
  'institutions.types.*.integration(skill-weighted).halfLife': to(
    each({ integration: { view: 'skill-weighted', halfLife: 5 } }),
    each({ integration: { view: 'skill-weighted' } }),
  ),
  ...trigger('calendar', { every: 3 }),
  ...trigger('threshold', { band: 0.9 }),
  ...trigger('signal', { change: 0.9 }),
  ...execution('proportional'),
  ...execution('immediate'),
  ...execution('twap', { days: 3 }),
  ...execution('vwap', { days: 3 }),
  ...execution('almgren-chriss', { days: 3, riskAversion: 1e4, impact: 1e-6 }),
  ...limited('minimum-cvar', { confidence: 0.7 }),
  ...limited('resampled', { riskAversion: 9, resamples: 3, observations: 20 }),
  ...strategy('equal-weight', {}),
  ...strategy('buy-and-hold', {}),
  ...strategy(
    'sixty-forty',
    { equities: [0, 2], bonds: [2], equityShare: 0.3 },
    { equities: [0], bonds: [1] },
  ),
  ...limited('mean-variance', { riskAversion: 9, solver: 'admm', spend: 'at-most', costBps: 20 }),
  ...limited('robust-mean-variance', { riskAversion: 9, kappa: 3 }),
  ...limited('minimum-variance', { solver: 'admm' }),
  ...limited('maximum-sharpe', { riskFree: -0.01 }),
  ...amongMany(limited('maximum-diversification', {})),
  ...limited('kelly', { fraction: 0.3 }),
  ...strategy('inverse-volatility', {}),
  ...strategy('risk-parity', { budget: [0.8, 0.1, 0.1] }),
  ...amongMany(strategy('hierarchical-risk-parity', { distance: 'direct', linkage: 'ward' })),
  ...amongMany(strategy('hierarchical-equal-risk-contribution', { linkage: 'single', clusters: 3 })),
  ...amongMany(strategy('cluster-based', { clustering: 'hierarchical', clusters: 3 })),
  ...strategy('black-litterman', {
    longOnly: false,
    marketWeights: [0.2, 0.2, 0.6],
    riskAversion: 9,
    tau: 1,
    riskModel: 'prior',
  }),
  ...options(
    'institutions.types.*.strategy(black-litterman)',
    (o) => both({ name: 'black-litterman', ...o }),
    oneView,
    {
      views: [[1, 0, 0]],
      viewReturns: [0.001],
      confidences: [0.5],
    },
  ),
  ...strategy('volatility-target', { target: 0.001, maxLeverage: 0.3 }),
  ...strategy('policy', { gain: 30, tilt: 0.2 }),
  ...strategy('constant-proportion-insurance', { floor: 0.99, multiplier: 1 }),
};

/** Keys that cannot change the record, and why. */
const inert: Readonly<Record<string, string>> = {
  extends: 'names where other keys come from; the resolved scenario has none',
  name: 'names the folder; it is kept in resolved.json',
  description: 'is for the reader; it is kept in resolved.json',
  'assets[].id': 'a name: other keys refer to it, and the dictionary and notices keep it',
  'federation.aggregation(fedadagrad).beta2':
    'an option that the three adaptive rules share; the second moment of this one never decays',
  'learning.architectures[](tfjs).name':
    'needs a model and tfjs, which are no part of the package (tested beside the adapter)',
  'learning.architectures[](tfjs).path': 'likewise',
  'learning.architectures[](tfjs).lookback': 'likewise',
  'federation.presence.startSeconds': 'a wait of the clock, for hosts elsewhere (tested with the server)',
  'federation.presence.silenceSeconds': 'likewise',
  'federation.presence.rejoinSeconds': 'likewise',
  'federation.presence.onLoss': 'says what a run does that loses a host; hosts here are not lost (likewise)',
  'federation.presence.quorum': 'likewise',
  'contagion.exposures(given).file':
    'stands for the claims while the scenario is read (tested beside the structures of exposures)',
  'market.calibration.prices': 'replaces the universe while the scenario is read (tested beside calibration)',
  'market.calibration.factors': 'acts while the scenario is read (tested beside calibration)',
  'market.calibration.dynamics': 'acts while the scenario is read (tested beside calibration)',
  'market.calibration.minOverlapDays': 'acts while the scenario is read (tested beside calibration)',
  'federation.secureAggregation(pairwise-masks).threshold':
    'acts where somebody drops out inside a round (tested beside the protocol)',
  'federation.aggregation(geometric-median).maxIterations':
    'a limit: where it is too low the run fails and says so',
};

describe('every key of a scenario', function () {
  this.timeout(120_000);
  const leaves = leavesOf(scenarioJsonSchema());
  const known = new Map<string, Promise<string>>();
  const chain = (...given: Raw[]): Promise<string> => {
    const key = JSON.stringify(given);
    const found =
      known.get(key) ??
      chainOf(smallScenario(given.reduce<unknown>((under, over) => overlaid(under, over), {}) as Raw));
    known.set(key, found);
    return found;
  };

  it('has a change that the tests make, or a reason why none can show', () => {
    const told = new Set([...Object.keys(changes), ...Object.keys(inert)]);
    const chosen = leaves.filter(({ schema }) => !('const' in schema)).map(({ path }) => path);
    expect(
      chosen.filter((path) => !told.has(path)),
      'keys without a test',
    ).to.deep.equal([]);
    const paths = new Set(leaves.map(({ path }) => path));
    expect(
      [...told].filter((path) => !paths.has(path)),
      'keys that are gone',
    ).to.deep.equal([]);
  });

  for (const [key, { before = {}, after }] of Object.entries(changes))
    it(`${key} changes the record`, async () => {
      expect(await chain(before, after)).not.to.equal(await chain(before));
    });
});
