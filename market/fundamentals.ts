import { oncePer } from '../core/once-per.js';
import type { Stream } from '../core/random.js';
import { float64, tabulate } from '../core/slab.js';
import type { Scenario } from '../core/scenario.js';
import type { Asset, NewsDay, Regime, Sample, Stage } from '../core/types.js';
import { replayedNews, resampledNews, type Drawn } from './sampled-news.js';
import { YEAR } from './universe.js';

/** What one regime makes of the assets. */
interface RegimeLaw {
  /** Daily log returns expected, the jumps' mean taken out so that both together give the drift. */
  readonly drift: Float64Array;
  /** Daily volatility of each asset at unit factor variance. */
  readonly scale: Float64Array;
  /** Correlation with each factor: assets x factors. */
  readonly loadings: Float64Array;
  /** Square root of the variance share that is an asset's own. */
  readonly idiosyncratic: Float64Array;
  /** Probability of leaving it overnight. */
  readonly leave: number;
  readonly other: Regime;
}

/** The law of the fundamentals, in daily units. */
export interface FundamentalLaw {
  readonly assets: number;
  readonly factors: number;
  readonly horizon: number;
  readonly garch: { readonly alpha: number; readonly gamma: number; readonly beta: number };
  readonly degreesOfFreedom: number | null;
  readonly jumps: { readonly perDay: number; readonly mean: number; readonly stdDev: number };
  readonly regimes: Readonly<Record<Regime, RegimeLaw>>;
  /** What value follows: this law, or days of a sample. */
  readonly drawn: Scenario['market']['fundamentals']['drawn'];
  readonly sample: Sample | null;
  /** Mean length of the blocks in which days are resampled. */
  readonly blockDays: number;
}

/** Where the recursion stands. */
export interface NewsState {
  readonly regime: Regime;
  readonly factorVariance: Float64Array;
  /** Day of the sample drawn last; -1: none yet. */
  readonly row: number;
}

export const firstNewsState = (law: FundamentalLaw): NewsState => ({
  regime: 'calm',
  factorVariance: new Float64Array(law.factors).fill(1),
  row: -1,
});

/** The law that a scenario sets for a stage. */
export const fundamentalLaw = (scenario: Scenario, stage: Stage): FundamentalLaw => laws(scenario)(stage);

const laws = oncePer((scenario: Scenario) => oncePer((stage: Stage) => lawOf(scenario, stage)));

function lawOf(scenario: Scenario, stage: Stage): FundamentalLaw {
  const { factors, garch, degreesOfFreedom, jumps, regimes, drawn, blockDays } = scenario.market.fundamentals;
  const { assets, sample } = stage;
  const perDay = jumps.perYear / YEAR;
  const jumpDrift = Float64Array.from(
    assets,
    (a) => perDay * jumps.mean * a.loadings[0]! * a.dailyVolatility,
  );
  const stressDrift = (a: Asset): number =>
    (regimes.stressDrift * a.dailyVolatility * Math.sqrt(YEAR) * a.loadings[0]!) / YEAR;
  return {
    assets: assets.length,
    factors: factors.length,
    horizon: scenario.tradeEvery,
    drawn,
    sample,
    blockDays,
    garch,
    degreesOfFreedom,
    jumps: { perDay, mean: jumps.mean, stdDev: jumps.stdDev },
    regimes: {
      calm: {
        drift: Float64Array.from(assets, (a, k) => a.dailyDrift - jumpDrift[k]!),
        scale: Float64Array.from(assets, (a) => a.dailyVolatility),
        ...shiftedLoadings(assets, 0),
        leave: regimes.enterStress,
        other: 'stress',
      },
      stress: {
        drift: Float64Array.from(assets, (a, k) => a.dailyDrift + stressDrift(a) - jumpDrift[k]!),
        scale: Float64Array.from(assets, (a) => a.dailyVolatility * regimes.stressVolatility),
        ...shiftedLoadings(assets, regimes.stressCorrelation),
        leave: regimes.leaveStress,
        other: 'calm',
      },
    },
  };
}

/** Loadings when `share` of the idiosyncratic variance moves to the first factor, for assets that load on it. */
function shiftedLoadings(
  assets: readonly Asset[],
  share: number,
): Pick<RegimeLaw, 'loadings' | 'idiosyncratic'> {
  const f = assets[0]!.loadings.length;
  const loadings = new Float64Array(assets.length * f);
  const idiosyncratic = new Float64Array(assets.length);
  assets.forEach((asset, k) => {
    const own = Math.max(0, 1 - asset.loadings.reduce((sum, b) => sum + b ** 2, 0));
    const first = asset.loadings[0]!;
    const moved = first === 0 ? 0 : share * own;
    loadings.set(asset.loadings, k * f);
    loadings[k * f] = Math.sign(first) * Math.sqrt(first ** 2 + moved);
    idiosyncratic[k] = Math.sqrt(own - moved);
  });
  return { loadings, idiosyncratic };
}

/** The law of days before the first: a replay has no past of its own to show, so what came before is the factors'. */
export function pastLaw(scenario: Scenario, stage: Stage): FundamentalLaw {
  const law = fundamentalLaw(scenario, stage);
  return law.drawn === 'replay' ? { ...law, drawn: 'factors' } : law;
}

const ways = {
  factors: factorNews,
  bootstrap: resampledNews,
  replay: replayedNews,
} satisfies Record<FundamentalLaw['drawn'], (law: FundamentalLaw, state: NewsState, draws: Stream) => Drawn>;

/** One day of news and the state after it, in the way that the scenario says. */
export const nextNews = (law: FundamentalLaw, state: NewsState, draws: Stream): Drawn =>
  ways[law.drawn](law, state, draws);

/** One day of the factors' news.
 *
 * @formula ξ_k = σ_k (Σ_f b_kf √v_f e_f + √own_k ε_k); v_f ← ω + (α + γ·1[e<0]) v_f e_f² + β v_f, ω = 1 − α − γ/2 − β
 * @source  Glosten, Jagannathan & Runkle 1993, Journal of Finance 48(5); Hamilton 1989, Econometrica 57(2)
 */
function factorNews(law: FundamentalLaw, state: NewsState, draws: Stream): Drawn {
  const shock = (): number =>
    law.degreesOfFreedom === null ? draws.normal() : draws.unitStudentT(law.degreesOfFreedom);
  const regime = law.regimes[state.regime];
  const innovations = tabulate(law.factors, shock);
  const own = tabulate(law.assets, shock);
  const leaves = draws.uniform() < regime.leave;
  const jumps = jumpSizes(law, draws);
  return {
    news: {
      regime: state.regime,
      diffusion: diffusion(law, state, innovations, own),
      drift: regime.drift,
      jumps,
      horizonStdDev: horizonStdDev(law, state),
    },
    state: {
      row: state.row,
      regime: leaves ? regime.other : state.regime,
      factorVariance: state.factorVariance.map((v, f) => nextVariance(law, v, innovations[f]!)),
    },
  };
}

function diffusion(
  law: FundamentalLaw,
  { regime, factorVariance }: NewsState,
  innovations: Float64Array,
  own: Float64Array,
): Float64Array {
  const { scale, loadings, idiosyncratic } = law.regimes[regime];
  const factor = tabulate(law.factors, (f) => Math.sqrt(factorVariance[f]!) * innovations[f]!);
  return tabulate(law.assets, (k) => {
    let common = 0;
    for (let f = 0; f < law.factors; f++) common += loadings[k * law.factors + f]! * factor[f]!;
    return scale[k]! * (common + idiosyncratic[k]! * own[k]!);
  });
}

function nextVariance({ garch }: FundamentalLaw, variance: number, innovation: number): number {
  const { alpha, gamma, beta } = garch;
  const arch = innovation < 0 ? alpha + gamma : alpha;
  return 1 - alpha - gamma / 2 - beta + (arch * innovation ** 2 + beta) * variance;
}

function jumpSizes({ jumps }: FundamentalLaw, draws: Stream): number[] {
  const count = draws.poisson(jumps.perDay);
  return Array.from({ length: count }, () => jumps.mean + jumps.stdDev * draws.normal());
}

/** Standard deviation, given the state, of the diffusive returns summed over the horizon.
 *
 * @formula Σ_j Σ_s P(s_j = s) σ_ks² (Σ_f b_ksf² E v_f,j + own_ks), E v_j = 1 + (α + γ/2 + β)^j (v_0 − 1)
 */
function horizonStdDev(law: FundamentalLaw, state: NewsState): Float64Array {
  const { alpha, gamma, beta } = law.garch;
  const persistence = alpha + gamma / 2 + beta;
  const variance = float64(law.assets);
  const excess = tabulate(law.factors, (f) => state.factorVariance[f]! - 1);
  let stress = state.regime === 'stress' ? 1 : 0;
  for (let j = 0; j < law.horizon; j++) {
    addDayVariance(variance, law, 'calm', 1 - stress, excess);
    addDayVariance(variance, law, 'stress', stress, excess);
    for (let f = 0; f < excess.length; f++) excess[f]! *= persistence;
    stress = stress * (1 - law.regimes.stress.leave) + (1 - stress) * law.regimes.calm.leave;
  }
  for (let k = 0; k < variance.length; k++) variance[k] = Math.sqrt(variance[k]!);
  return variance;
}

function addDayVariance(
  variance: Float64Array,
  law: FundamentalLaw,
  regime: Regime,
  probability: number,
  excess: Float64Array,
): void {
  if (probability === 0) return;
  const { scale, loadings, idiosyncratic } = law.regimes[regime];
  for (let k = 0; k < law.assets; k++) {
    let share = idiosyncratic[k]! ** 2;
    for (let f = 0; f < law.factors; f++) share += loadings[k * law.factors + f]! ** 2 * (1 + excess[f]!);
    variance[k]! += probability * scale[k]! ** 2 * share;
  }
}

/** Log returns of a day's jumps; they strike the first factor, and assets by loading times volatility. */
export const jumpReturn = (asset: Asset, news: NewsDay): number =>
  news.jumps.reduce((total, size) => total + size, 0) * asset.loadings[0]! * asset.dailyVolatility;
