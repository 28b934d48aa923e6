import { poissonBinomial } from '../measures/monoculture/homogenization.js';
import { oncePer } from '../../core/once-per.js';
import { numbers, type RunData } from '../run-data.js';
import type { Statistic } from './block-bootstrap.js';
import { closesOf, measuredDays } from './closes.js';
import type { MetricLabel } from './metric.js';
import type { SampledMetric } from './return-statistics.js';

/** Who failed on which measured day. */
interface Outcomes {
  readonly seats: number;
  readonly days: number;
  /** Flat (days, seats): 1 failed, 0 did not, −1 had nothing at stake. */
  readonly failed: Int8Array;
}

/** Share of institutions that makes a failure widespread. */
const most = 0.9;

/** Fails whoever lost on the day by what it held or expected at the close before: Σ_k stake_k move_k < 0. */
function outcomesOf(
  run: RunData,
  stakes: 'positions' | 'forecasts',
  column: string,
  move: (now: number, before: number, asset: number) => number,
): Outcomes {
  const days = measuredDays(run);
  const [batch, closes] = [run.tables[stakes], closesOf(run)];
  const seats = run.roster.length;
  const gain = new Float64Array(days.length * seats);
  if (batch && closes) {
    const place = new Map(Array.from(days, (d, t) => [d, t]));
    const [day, who, asset, stake] = ['day', 'institution', 'asset', column].map((c) => numbers(batch, c));
    day!.forEach((d, row) => {
      const t = place.get(d + 1);
      const [now, before] = [closes.get(d + 1), closes.get(d)];
      if (t === undefined || !now || !before) return;
      const a = asset![row]!;
      gain[t * seats + who![row]!]! += stake![row]! * move(now[a]!, before[a]!, a);
    });
  }
  return {
    seats,
    days: days.length,
    failed: Int8Array.from(gain, (g) => (g < 0 ? 1 : g > 0 ? 0 : -1)),
  };
}

const lossesOf = oncePer((run: RunData) =>
  outcomesOf(run, 'positions', 'units', (now, before) => now - before),
);
const errorsOf = oncePer((run: RunData) =>
  outcomesOf(
    run,
    'forecasts',
    'mean',
    (now, before, a) => (now / before - 1) / run.scenario.assets[a]!.volatility,
  ),
);

/** Failures of a day, and how many had something at stake. */
function countOn({ failed, seats }: Outcomes, t: number): readonly [number, number] {
  let [F, n] = [0, 0];
  for (let i = 0; i < seats; i++) {
    const outcome = failed[t * seats + i]!;
    if (outcome >= 0) n++;
    if (outcome > 0) F++;
  }
  return [F, n];
}

/** Share of days on which nine in ten institutions failed together. */
function widespread(outcomes: Outcomes): Statistic {
  const counts = Array.from({ length: outcomes.days }, (_, t) => countOn(outcomes, t));
  return (at) => {
    let [wide, known] = [0, 0];
    for (const t of at) {
      const [F, n] = counts[t]!;
      if (n > 0) known++;
      if (n > 0 && F >= most * n) wide++;
    }
    return wide / known;
  };
}

/** The same share, if each failed as often as it did, but independently of the others.
 * @formula P(B ≥ 0.9 n), B Poisson-binomial with the institutions' own failure rates
 * @source  Toups, Bommasani, Creel, Bana, Jurafsky & Liang 2023, NeurIPS 36
 * @pitfall n is everybody who ever had something at stake; who came late or left early counts as if there all along
 */
const ifIndependent =
  ({ failed, seats }: Outcomes): Statistic =>
  (at) => {
    const [fails, known] = [new Float64Array(seats), new Float64Array(seats)];
    for (const t of at)
      for (let i = 0; i < seats; i++) {
        const outcome = failed[t * seats + i]!;
        if (outcome >= 0) known[i]!++;
        if (outcome > 0) fails[i]!++;
      }
    const rates = Array.from(fails, (f, i) => f / known[i]!).filter(Number.isFinite);
    if (rates.length === 0) return NaN;
    const law = poissonBinomial(rates);
    return law.slice(Math.ceil(most * rates.length - 1e-9)).reduce((sum, p) => sum + p, 0);
  };

/** How much oftener two institutions fail on one day than independent ones would; 1 is independence.
 * @formula H₂ = mean_t F(F−1)/(n(n−1)) / (mean_t F/n)²
 */
function pairwise(outcomes: Outcomes): Statistic {
  const counts = Array.from({ length: outcomes.days }, (_, t) => countOn(outcomes, t));
  return (at) => {
    let [joint, alone, days] = [0, 0, 0];
    for (const t of at) {
      const [F, n] = counts[t]!;
      if (n < 2) continue;
      joint += (F * (F - 1)) / (n * (n - 1));
      alone += F / n;
      days++;
    }
    return joint / days / (alone / days) ** 2;
  };
}

const share = (label: string, meaning: string): MetricLabel => ({
  topic: 'monoculture',
  unit: 'share',
  label,
  meaning,
});

/** Outcome homogenization of losses and of wrong forecasts, beside what independent institutions with the same rates
 * would have. Needs tables of positions and of forecasts, which a minimal record leaves out. */
export function widespreadStatistics(run: RunData): Record<string, SampledMetric> {
  const [losses, errors] = [lossesOf(run), errorsOf(run)];
  return {
    lossHomogenization: {
      topic: 'monoculture',
      unit: 'ratio',
      label: 'Homogenization of losses',
      meaning:
        'How much oftener two institutions’ holdings lose on one day than those of independent ones would; 1 is independence.',
      statistic: pairwise(losses),
    },
    widespreadLosses: {
      ...share('Widespread losses', 'Days on which the holdings of nine in ten institutions lost.'),
      statistic: widespread(losses),
    },
    widespreadLossesIfIndependent: {
      ...share(
        'Widespread losses, if independent',
        'The same, if each lost as often but independently of the others (Poisson-binomial).',
      ),
      statistic: ifIndependent(losses),
    },
    widespreadErrors: {
      ...share('Widespread errors', 'Days on which nine in ten institutions’ forecasts were wrong.'),
      statistic: widespread(errors),
    },
    widespreadErrorsIfIndependent: {
      ...share(
        'Widespread errors, if independent',
        'The same, if each erred as often but independently of the others (Poisson-binomial).',
      ),
      statistic: ifIndependent(errors),
    },
  };
}
