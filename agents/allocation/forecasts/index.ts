import { z } from 'zod';
import { count, positive, share } from '../../../core/measure-input.js';
import { choleskySolve, cholesky } from '../../../core/linear.js';
import { correlation, dot } from '../../../core/numeric.js';
import { field } from '../../../core/scenario/field.js';
import { integrate, recentSkill, skillWeights } from '../signals/integrate.js';
import { signalNames, signals, type SignalName } from '../signals/index.js';
import { deviations, standardised, sums, type Signal } from '../signals/signal.js';
import { StrategyFailed } from '../strategy-failed.js';
import type { ReturnHistory } from '../view.js';

/** Expected return of each asset and its standard error, a day. */
export interface DailyForecast {
  readonly mean: Float64Array;
  readonly error: Float64Array;
}

/** A way to forecast returns from past ones. */
export interface Forecaster {
  readonly summary: string;
  readonly source: string;
  readonly options: z.ZodObject;
  readonly forecast: (history: ReturnHistory, covariance: Float64Array, options: unknown) => DailyForecast;
}

interface Definition<Options extends z.ZodObject> extends Omit<Forecaster, 'options' | 'forecast'> {
  readonly options: Options;
  readonly forecast: (
    history: ReturnHistory,
    covariance: Float64Array,
    options: z.output<Options>,
  ) => DailyForecast;
}

const forecaster = <Options extends z.ZodObject>(definition: Definition<Options>): Forecaster => ({
  ...definition,
  forecast: (history, covariance, options) =>
    definition.forecast(history, covariance, options as z.output<Options>),
});

const meansOf = (history: ReturnHistory): Float64Array =>
  sums(history, 0, history.rows).map((total) => total / history.rows);

const errorsOf = (history: ReturnHistory): Float64Array =>
  deviations(history, 0, history.rows).map((sigma) => sigma / Math.sqrt(history.rows));

/** Scores as expected returns about the average asset's: α = volatility · skill · score, over 21 days.
 * @source Grinold 1994, Journal of Portfolio Management 20(4)
 */
function fromScores(history: ReturnHistory, scores: Float64Array, skill: number): DailyForecast {
  const means = meansOf(history);
  const level = means.reduce((a, b) => a + b, 0) / means.length;
  const sigma = deviations(history, 0, history.rows);
  const alpha = scores.map((score, i) => (skill * score * sigma[i]!) / Math.sqrt(21));
  return { mean: alpha.map((a) => level + a), error: errorsOf(history) };
}

function needRows({ rows }: ReturnHistory, needed: number, what: string): void {
  if (rows < needed)
    throw new StrategyFailed(`${rows} observations are too few for ${what}: at least ${needed} are needed`);
}

/** Information coefficients of a signal at past days, each against the 21 days that followed it, oldest first. */
function pastSkill(history: ReturnHistory, { rows, score }: Signal): number[] {
  const found: number[] = [];
  for (let end = history.rows - 21; end >= rows; end -= 21) {
    const c = correlation(standardised(score(history, end)), sums(history, end, end + 21));
    found.unshift(Number.isFinite(c) ? c : 0);
  }
  return found;
}

/** How expected returns are forecast, by the name a plan uses. */
export const forecasters = {
  'historical-mean': forecaster({
    summary: 'The mean of past returns.',
    source: 'Merton 1980, Journal of Financial Economics 8(4), on how little it tells',
    options: z.strictObject({}),
    forecast: (history) => ({ mean: meansOf(history), error: errorsOf(history) }),
  }),
  'bayes-stein': forecaster({
    summary: 'Past means drawn towards that of the least risky portfolio, by how noisy they are.',
    source: 'Jorion 1986, Journal of Financial and Quantitative Analysis 21(3)',
    options: z.strictObject({}),
    forecast: (history, covariance) => {
      const mean = meansOf(history);
      const k = mean.length;
      const factor = cholesky(covariance, k);
      const safest = choleskySolve(factor, k, new Float64Array(k).fill(1));
      const common = dot(safest, mean) / safest.reduce((a, b) => a + b, 0);
      const apart = mean.map((value) => value - common);
      const distance = dot(apart, choleskySolve(factor, k, apart));
      const shrinkage = (k + 2) / (k + 2 + history.rows * distance);
      return { mean: apart.map((value) => common + (1 - shrinkage) * value), error: errorsOf(history) };
    },
  }),
  signal: forecaster({
    summary: 'One signal, believed as far as a given skill.',
    source: 'Grinold 1994, Journal of Portfolio Management 20(4)',
    options: z.strictObject({
      signal: field(z.enum(signalNames).default('momentum'), 'Which signal', 'name'),
      skill: field(
        share.default(0.05),
        'Correlation with the coming month that it is believed to have',
        'correlation',
      ),
    }),
    forecast: (history, _, { signal, skill }) => {
      const chosen: Signal = signals[signal];
      needRows(history, chosen.rows, `the signal ${signal}`);
      return fromScores(history, standardised(chosen.score(history, history.rows)), skill);
    },
  }),
  integrated: forecaster({
    summary: 'Several signals as one view, each weighted by its recent skill.',
    source: 'Grinold & Kahn 1999, Active Portfolio Management, chapter 11',
    options: z.strictObject({
      signals: field(
        z.array(z.enum(signalNames)).min(1).default(['trend', 'reversal', 'low-volatility']),
        'Which signals',
        'list of names',
      ),
      halfLife: field(positive.default(12), 'Months after which skill counts half', 'months'),
      atLeast: field(count.default(6), 'Months of past skill that it needs', 'months'),
    }),
    forecast: (history, _, { signals: names, halfLife, atLeast }) => {
      const chosen: Signal[] = names.map((name: SignalName) => signals[name]);
      const rows = Math.max(...chosen.map((signal) => signal.rows));
      needRows(history, rows + 21 * atLeast, `${atLeast} months of the signals' skill`);
      const weights = skillWeights(chosen.map((signal) => recentSkill(pastSkill(history, signal), halfLife)));
      const scores = chosen.map((signal) => standardised(signal.score(history, history.rows)));
      return fromScores(history, integrate(scores, weights), 1);
    },
  }),
} satisfies Record<string, Forecaster>;

export type ForecasterName = keyof typeof forecasters;
