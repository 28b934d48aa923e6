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
const shocked = (changed: Raw): Raw =>
  fundamentals({ shocks: [{ day: 4, asset: 'shares', size: -0.05, ...changed }] });
const struck = (key: string, name: string): Change =>
  to(fundamentals({ shocks: [{ day: 4, [key]: name, size: -0.05 }] }));
const impact = (changed: Raw): Raw => ({ market: { clearing: { mechanism: 'impact', ...changed } } });
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
/** All of one architecture, so that no federation has too few updates for a rule. */
const rule = (aggregation: Raw): Raw => ({ ...minds('linear'), days: 12, federation: { aggregation } });
const contagion = (changed: Raw): Raw => ({ contagion: changed });
const core = (changed: Raw): Raw =>
  contagion({ exposures: { structure: 'core-periphery', coreShare: 0.5, ...changed } });
const outage = (changed: Raw = {}): Raw => ({
  institutions: { outages: [{ institution: 'bank-01', from: 3, to: 8, ...changed }] },
});
const injection = (changed: Raw = {}): Raw => ({
  interventions: [{ kind: 'capital-injection', institution: 'bank-01', day: 3, amountUsd: 1e9, ...changed }],
});
const halt = (changed: Raw = {}): Raw => ({
  interventions: [{ kind: 'halt', institution: 'bank-01', from: 3, to: 6, ...changed }],
});

const mandated = (mandate: Raw): Raw => ({
  ...minds('linear'),
  days: 12,
  homogeneity: { updates: 1 },
  mandates: [mandate],
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
  'market.clearing(impact).impact': to(impact({ impact: 0.7 })),
  'market.clearing(impact).exponent': to(impact({ exponent: 0.7 })),
  'market.clearing(impact).permanentShare': to(impact({ permanentShare: 0.6 })),
  'market.clearing(impact).transientDays': to(impact({ transientDays: 6 })),
  'market.clearing(impact).reversion': to(impact({ reversion: 0.1 })),
  'market.clearing(impact).depthVolatilityExponent': to(impact({ depthVolatilityExponent: 0.1 })),
  'market.clearing(impact).depthImbalance': to(impact({ depthImbalance: 0.9 })),
  'market.clearing(impact).depthFloor': to(impact({ depthFloor: 0.95 })),
  'market.costs.borrowFee': to(costs({ borrowFee: 0.05 }), shorting),
  'market.costs.commissionBps': to(costs({ commissionBps: 3 })),
  'market.costs.interestRate': to(costs({ interestRate: 0.04 })),
  'market.costs.primeBrokerSpread': to(costs({ primeBrokerSpread: 0.03 })),
  'market.costs.depositRate': to(costs({ depositRate: 0.03 })),
  'market.costs.loanRate': to(costs({ loanRate: 0.06 })),
  'market.noise.volumeShare': to({ market: { noise: { volumeShare: 0.4 } } }),
  'market.noise.dispersion': to({ market: { noise: { dispersion: 0.6 } } }),
  'sources.*.informationCoefficient': to({ sources: { macro: { informationCoefficient: 0.3 } } }),
  'sources.*.delayDays': to({ sources: { macro: { delayDays: 2 } } }),
  'institutions.count': to({ institutions: { count: 9 } }),
  'institutions.floatShare': to({ institutions: { floatShare: 0.2 } }),
  'institutions.ownershipFit': to({ institutions: { ownershipFit: 0.2 } }),
  'institutions.sizes.paretoExponent': to({ institutions: { sizes: { paretoExponent: 2 } } }),
  'institutions.sizes.largestShare': to({ institutions: { sizes: { largestShare: 0.2 } } }),
  'institutions.types.*.share': to({
    institutions: { types: { bank: { share: 0.25 }, fund: { share: 0.75 } } },
  }),
  'institutions.types.*.leverage': to(bank({ leverage: 10 })),
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
  'federation.membership': to({ federation: { membership: 'type' } }),
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
  'homogeneity.risk': to({ homogeneity: { risk: 1 } }),
  'contagion.exposures(core-periphery).coreShare': to(
    contagion({ exposures: { structure: 'core-periphery', coreShare: 0.5 } }),
  ),
  'contagion.exposures(core-periphery).links': to(core({ links: 1 }), {
    ...core({}),
    ...fund({ interbankShare: 0.02, fundingShare: 0.5 }),
  }),
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
  'mandates[](crowding-limit).maxShare': to(
    mandated({ kind: 'crowding-limit', maxShare: 0.34 }),
    mandated({ kind: 'crowding-limit', maxShare: 0.36 }),
  ),
  'interventions[](capital-injection).kind': to(injection()),
  'interventions[](capital-injection).institution': to(injection({ institution: 'bank-02' }), injection()),
  'interventions[](capital-injection).day': to(injection({ day: 4 }), injection()),
  'interventions[](capital-injection).amountUsd': to(injection({ amountUsd: 2e9 }), injection()),
  'interventions[](halt).kind': to(halt()),
  'interventions[](halt).institution': to(halt({ institution: 'bank-02' }), halt()),
  'interventions[](halt).from': to(halt({ from: 2 }), halt()),
  'interventions[](halt).to': to(halt({ to: 7 }), halt()),
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
  ...refitted('bayesian-linear', { priorPrecision: 1000 }),
  ...refitted('autoregressive', { lookback: 2, returnFeature: 1, ridge: 1000 }),
  ...refitted('garch-forecast', { lookback: 3, returnFeature: 1 }),
  ...refitted('rule', { lookback: 3, returnFeature: 1, rule: 'value', strength: 0.5 }),
  ...refitted('random-forest', trees, few),
  ...refitted(
    'gradient-boosting',
    { ...trees, shrinkage: 0.5 },
    { ...few, beside: { federation: { membership: 'local' } } },
  ),
  ...aggregation('fedavg'),
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
  ...aggregation('foolsgold', { confidence: 0.5 }),
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
  'market.clearing(impact).mechanism': 'there is one mechanism',
  'contagion.exposures(core-periphery).structure': 'there is one structure',
  'market.calibration.prices': 'replaces the universe while the scenario is read (tested beside calibration)',
  'market.calibration.factors': 'acts while the scenario is read (tested beside calibration)',
  'market.calibration.minOverlapDays': 'acts while the scenario is read (tested beside calibration)',
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
