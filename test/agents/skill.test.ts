import { expect } from 'chai';
import { informationCoefficients, skillColumns } from '../../core/skill.js';
import { column, factsOf, smallScenario } from '../small-run.js';

/** Out-of-sample information coefficients over a run in which trades move no price: of the models, and of least
 * squares. What is to be found is a source at ρ = 0.1. */
async function skillOf(
  seed: number,
  targets: 'returns' | 'shuffled',
): Promise<ReturnType<typeof informationCoefficients>> {
  const scenario = smallScenario({
    seed,
    days: 200,
    learning: {
      historyDays: 400,
      window: 600,
      minSamples: 60,
      firstSteps: 200,
      batchSize: 32,
      learningRate: 0.01,
      penalties: { l2: 0.01 },
      targets,
    },
    market: { clearing: { mechanism: 'impact', impact: 1e-9 } },
    sources: { macro: { informationCoefficient: 0.1 }, sentiment: { informationCoefficient: 0.1 } },
  });
  const sums = new Float64Array(skillColumns.length);
  for (const facts of await factsOf(scenario))
    skillColumns.forEach((name, c) => {
      for (const value of Array.from(column(facts, 'skill', name))) sums[c]! += value;
    });
  return informationCoefficients(sums);
}

const seeds = [1, 2, 3, 4, 5];
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

describe('skill out of sample at ρ = 0.1, over 5 seeds', function () {
  this.timeout(120_000);

  it('is at least half of that of least squares', async () => {
    const found = [];
    for (const seed of seeds) found.push(await skillOf(seed, 'returns'));
    const yardstick = mean(found.map((f) => f.yardstick));
    expect(yardstick).to.be.above(0.05);
    expect(mean(found.map((f) => f.model))).to.be.above(yardstick / 2);
  });

  it('is within two standard errors of 0 where targets are shuffled', async () => {
    const found = [];
    for (const seed of seeds) found.push((await skillOf(seed, 'shuffled')).model);
    // Institutions share outcomes: what is independent is 3 assets x 195 days a seed, not each row.
    const standardError = 1 / Math.sqrt(seeds.length * 3 * 195);
    expect(Math.abs(mean(found))).to.be.below(2 * standardError);
  });
});
