import type { Scenario } from '../../core/scenario.js';

type Fundamentals = Scenario['market']['fundamentals'];

/** Trading days in a year. */
const YEAR = 252;
/** The least probability that a scenario may name: the regime is never left. */
const NEVER = Number.MIN_VALUE;

/** The share of days in stress in the long run. */
const stressShare = ({ regimes: { enterStress, leaveStress } }: Fundamentals): number =>
  enterStress / (enterStress + leaveStress);

/** Variance of jumps over that of a calm day, at the mean squared loading on the factor that they strike. */
function jumpVariance({ jumps, factors }: Fundamentals, assets: Scenario['assets']): number {
  const squares = assets.map(({ loadings }) => (loadings[factors[0]!] ?? 0) ** 2);
  const loading = squares.reduce((sum, b) => sum + b, 0) / squares.length;
  return (jumps.perYear / YEAR) * (jumps.mean ** 2 + jumps.stdDev ** 2) * loading;
}

/** The scenario on news that is Gaussian and independent from day to day, with the same mean, variance and correlations
 * in the long run: one regime that is never left, no conditional variance, no jumps, no shocks.
 *
 * The calm volatility, which impact and depth are measured in, stays as it is.
 * @formula σ²/σ̄² = 1 + π (m² − 1) + λ (μ_J² + s_J²) mean b², π = enter / (enter + leave)
 */
export function withGaussianNews(scenario: Scenario): Scenario {
  const { fundamentals } = scenario.market;
  const { regimes } = fundamentals;
  const share = stressShare(fundamentals);
  const stressVariance = share * regimes.stressVolatility ** 2;
  const variance = 1 - share + stressVariance + jumpVariance(fundamentals, scenario.assets);
  return {
    ...scenario,
    market: {
      ...scenario.market,
      fundamentals: {
        ...fundamentals,
        garch: { alpha: 0, gamma: 0, beta: 0 },
        degreesOfFreedom: null,
        jumps: { ...fundamentals.jumps, perYear: 0 },
        shocks: [],
        regimes: {
          enterStress: 1,
          leaveStress: NEVER,
          stressVolatility: Math.sqrt(variance),
          stressDrift: share * regimes.stressDrift,
          stressCorrelation: (regimes.stressCorrelation * stressVariance) / variance,
        },
      },
    },
  };
}
