import type { Scenario } from '../../core/scenario.js';
import { momentsOfHistory, type NewsMoments, type PrincipalLoadings } from './history-moments.js';

type Asset = Scenario['assets'][number];
type Fundamentals = Scenario['market']['fundamentals'];

/** Trading days in a year. */
const YEAR = 252;
/** The least probability that a scenario may name: the regime is never left. */
const NEVER = Number.MIN_VALUE;
/** The most that a scenario may give for an asset's volatility and drift, and for volatility in stress over that in calm. */
const most = { volatility: 5, drift: 1, ratio: 10 } as const;

/** What the one regime of Gaussian news is like; it is that of stress, for calm volatility is what impact is measured in. */
type OneRegime = Pick<Fundamentals['regimes'], 'stressVolatility' | 'stressDrift' | 'stressCorrelation'>;

/** The share of days in stress in the long run. */
const stressShare = ({ regimes: { enterStress, leaveStress } }: Fundamentals): number =>
  enterStress / (enterStress + leaveStress);

/** Variance of jumps over that of a calm day, at the mean squared loading on the factor that they strike. */
function jumpVariance({ jumps, factors }: Fundamentals, assets: Scenario['assets']): number {
  const squares = assets.map(({ loadings }) => (loadings[factors[0]!] ?? 0) ** 2);
  const loading = squares.reduce((sum, b) => sum + b, 0) / squares.length;
  return (jumps.perYear / YEAR) * (jumps.mean ** 2 + jumps.stdDev ** 2) * loading;
}

/** The regime that has the mean of the law of factors, regimes and jumps in the long run, and on average over assets
 * its variance and nearly its correlations: what jumps strike more than others has less variance here.
 * @formula σ²/σ̄² = 1 + π (m² − 1) + λ (μ_J² + s_J²) mean b², π = enter / (enter + leave)
 */
function regimeOfLaw({ assets, market: { fundamentals } }: Scenario): OneRegime {
  const { regimes } = fundamentals;
  const share = stressShare(fundamentals);
  const stressVariance = share * regimes.stressVolatility ** 2;
  const variance = 1 - share + stressVariance + jumpVariance(fundamentals, assets);
  return {
    stressVolatility: Math.sqrt(variance),
    stressDrift: share * regimes.stressDrift,
    stressCorrelation: (regimes.stressCorrelation * stressVariance) / variance,
  };
}

const percent = (rate: number): string => `${(100 * rate).toFixed(0)}%`;

/** An asset that moves with these moments when volatility is `ratio` times its own. */
function assetWith(asset: Asset, k: number, { mean, stdDev, loadings }: NewsMoments, ratio: number): Asset {
  const [drift, volatility] = [mean[k]! * YEAR, (stdDev[k]! * Math.sqrt(YEAR)) / ratio];
  if (volatility > most.volatility)
    throw new RangeError(
      `the news of "${asset.id}" has a volatility of ${percent(volatility * ratio)} a year, which is more than factors can be given`,
    );
  if (Math.abs(drift) > most.drift)
    throw new RangeError(
      `the news of "${asset.id}" has a mean of ${percent(drift)} a year, and the drift of factors is at most 100%`,
    );
  return { ...asset, drift, volatility, loadings: loadings[k]! };
}

/** Volatility of news over that in calm, for which calm variances are what they were on average over assets. */
function ratioOf({ assets }: Scenario, { stdDev }: NewsMoments): number {
  const squares = assets.map(({ volatility }, k) => (stdDev[k]! ** 2 * YEAR) / volatility ** 2);
  return Math.min(most.ratio, Math.sqrt(squares.reduce((sum, x) => sum + x, 0) / squares.length));
}

/** News of factors in one regime that is never left: no conditional variance, no jumps, no shocks, no history. */
const inOneRegime = (scenario: Scenario, regime: OneRegime): Scenario => ({
  ...scenario,
  market: {
    ...scenario.market,
    fundamentals: {
      ...scenario.market.fundamentals,
      garch: { alpha: 0, gamma: 0, beta: 0 },
      degreesOfFreedom: null,
      jumps: { ...scenario.market.fundamentals.jumps, perYear: 0 },
      shocks: [],
      drawn: 'factors',
      history: [],
      regimes: { enterStress: 1, leaveStress: NEVER, ...regime },
    },
  },
});

/** Gaussian news with the sample moments of the history that value follows: calm volatility stays as it is where the
 * history of all assets is as much more volatile than calm, and on average otherwise.
 * @formula σ'_k = s_k / V, V² = mean_k s_k²/σ_k²; s_k the standard deviation of news, σ_k that of calm
 */
function afterHistory(scenario: Scenario, principalLoadings: PrincipalLoadings): Scenario {
  const moments = momentsOfHistory(scenario, principalLoadings);
  const ratio = ratioOf(scenario, moments);
  const { market } = scenario;
  const given = {
    ...scenario,
    assets: scenario.assets.map((asset, k) => assetWith(asset, k, moments, ratio)),
    market: { ...market, fundamentals: { ...market.fundamentals, factors: [...moments.factors] } },
  };
  return inOneRegime(given, { stressVolatility: ratio, stressDrift: 0, stressCorrelation: 0 });
}

/** The scenario on news that is Gaussian and independent from day to day, of factors in one regime.
 *
 * In the place of the law of factors it has the law's mean, and on average over assets its variance and correlations; in
 * the place of a history it has the history's mean, variance and covariances, asset by asset.
 * @throws  RangeError where no factors that a scenario may name have the moments of the history
 */
export const withGaussianNews = (scenario: Scenario, principalLoadings: PrincipalLoadings): Scenario =>
  scenario.market.fundamentals.drawn === 'factors'
    ? inOneRegime(scenario, regimeOfLaw(scenario))
    : afterHistory(scenario, principalLoadings);
