import { cardTitles } from '../../analysis/realism.js';
import { withGaussianNews } from '../../analysis/realism/gaussian-news.js';
import type { Scenario } from '../../core/scenario.js';
import { principalLoadings } from '../../market/calibration/loadings.js';
import { usageError } from '../errors.js';
import type { LoadedScenario } from '../scenario-file.js';
import type { PlannedSweep } from '../sweep/plan.js';

/** Seeds up to here are for tuning; what is reported comes after them. */
export const tuningSeeds = 20;

/** The points that are simulated; card a is the news of card b's own runs. */
export const points = ['b', 'c'] as const;

const measured = (scenario: Scenario): Scenario => ({
  ...scenario,
  seed: tuningSeeds + 1,
  record: 'minimal',
});

/** Card c's scenario, or why there is none. */
function gaussianTwin(market: Scenario): Scenario {
  try {
    return withGaussianNews(market, principalLoadings);
  } catch (error) {
    if (error instanceof RangeError)
      throw usageError(`${market.name}: card c cannot be drawn: ${error.message}`);
    throw error;
  }
}

/** The runs behind a scorecard: the scenario and its Gaussian twin, on held-out seeds. */
export function planRealism({ scenario, provenance }: LoadedScenario, seeds: number): PlannedSweep {
  const market = measured(scenario);
  return {
    plan: {
      name: `realism-${scenario.name}`,
      question: 'Does the simulated market behave like one?',
      design: 'realism',
      fields: ['market.fundamentals'],
      replications: seeds,
      metrics: [],
      points: points.map((card) => ({ label: cardTitles[card], settings: {} })),
    },
    scenarios: [market, gaussianTwin(market)],
    provenance: provenance ?? null,
  };
}
