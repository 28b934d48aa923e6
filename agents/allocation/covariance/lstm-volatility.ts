import { z } from 'zod';
import { count, index, positive } from '../../../core/measure-input.js';
import { stream } from '../../../core/random.js';
import { field } from '../../../core/scenario/field.js';
import type { Cohort } from '../../learning/cohort.js';
import { architectures, type Architecture } from '../../models/index.js';
import { StrategyFailed } from '../strategy-failed.js';
import { correlationForecast } from './correlation-forecast.js';
import { assetsOf, centred, estimator } from './estimator.js';

const options = z.strictObject({
  lookback: field(count.max(120).default(20), 'Days that the network looks back on', 'days'),
  width: field(z.int().min(4).max(64).multipleOf(4).default(8), 'Hidden units, a multiple of 4', 'count'),
  steps: field(count.max(100_000).default(300), 'Minibatch steps of training', 'count'),
  learningRate: field(positive.max(1).default(0.01), 'Of the Adam optimiser', 'ratio'),
  seed: field(index.default(1), 'Of the first parameters and the minibatches', 'integer'),
});

type Options = z.output<typeof options>;

const batch = 64;
/** Mean of |e| of a normal e of unit variance; sizes beyond the clip tell no more. */
const usual = 0.7979;
const clip = 5;

/** Volatility by a small recurrent network: it reads the sizes of the last days' returns and forecasts the next one's,
 * one network for all assets, trained on their common past; correlations are those of returns over the forecasts.
 * @formula |e_{t+1}|/s ≈ LSTM(|e_t|/s, …, |e_{t−n+1}|/s); h = c² · forecast² · s², c so that mean h = mean e²; Σ = D R D
 * @shape   returns (T,k); result (k,k), a forecast for the next day
 * @source  Hochreiter & Schmidhuber 1997; Kim & Won 2018, Expert Systems with Applications 103 (volatility by LSTM)
 * @pitfall a network of its own for every decision: hundreds of days of many assets are little to learn from
 */
export const lstmVolatility = estimator({
  summary: "Tomorrow's variances by a recurrent network, correlations constant.",
  source: 'Hochreiter & Schmidhuber 1997; Kim & Won 2018, Expert Systems with Applications 103',
  options,
  estimate: (returns, chosen) => {
    const k = assetsOf(returns);
    const { rows } = returns;
    if (rows < 3 * chosen.lookback)
      throw new StrategyFailed(
        `${rows} observations are too few for a network that looks back on ${chosen.lookback}: at least ${3 * chosen.lookback} are needed`,
      );
    const errors = centred(returns);
    const scales = scalesOf(errors, k, rows);
    const sizes = errors.map((e, at) => Math.min(clip, Math.abs(e) / scales[at % k]!) - usual);
    const cohort = trained(sizes, k, rows, chosen);
    return { covariance: forecastOf(cohort, errors, sizes, scales, k, rows, chosen.lookback) };
  },
});

function scalesOf(errors: Float64Array, k: number, rows: number): Float64Array {
  const square = new Float64Array(k);
  errors.forEach((e, at) => (square[at % k]! += e ** 2 / rows));
  const still = square.findIndex((value) => !(value > 0));
  if (still >= 0) throw new StrategyFailed(`asset ${still} never moves: it has no variance`);
  return square.map(Math.sqrt);
}

/** Sizes of the days before `day`, oldest first. */
function read(
  sizes: Float64Array,
  k: number,
  asset: number,
  day: number,
  lookback: number,
  into: Float32Array,
  at: number,
): void {
  for (let d = 0; d < lookback; d++) into[at + d] = sizes[(day - lookback + d) * k + asset]!;
}

function trained(sizes: Float64Array, k: number, rows: number, chosen: Options): Cohort {
  const { lookback, width, steps, learningRate, seed } = chosen;
  const family: Architecture = architectures.lstm;
  const cohort = family.create({ features: 1, assets: k }, family.options.parse({ lookback, width }), 1);
  cohort.initialise(0, stream({ seed, purpose: 'volatility network' }));
  cohort.train(0, {
    samples: {
      count: (rows - lookback) * k,
      gather: (sample, into, offset) => {
        const [day, asset] = [lookback + Math.floor(sample / k), sample % k];
        read(sizes, k, asset, day, lookback, into, offset);
        return sizes[day * k + asset]!;
      },
    },
    steps,
    batchSize: batch,
    learningRate,
    stream: stream({ seed, purpose: 'volatility minibatches' }),
  });
  return cohort;
}

function forecastOf(
  cohort: Cohort,
  errors: Float64Array,
  sizes: Float64Array,
  scales: Float64Array,
  k: number,
  rows: number,
  lookback: number,
): Float64Array {
  // Of every day that has a past, and of the day after the last.
  const days = rows - lookback + 1;
  const inputs = new Float32Array(days * k * lookback);
  for (let d = 0, at = 0; d < days; d++)
    for (let i = 0; i < k; i++, at += lookback) read(sizes, k, i, lookback + d, lookback, inputs, at);
  const { mean } = cohort.forecast(0, inputs, days * k);
  const variances = Float64Array.from(
    mean,
    (m, at) => (Math.max(0.1 * usual, m + usual) * scales[at % k]!) ** 2,
  );
  const known = (days - 1) * k;
  const levels = new Float64Array(k);
  const squares = new Float64Array(k);
  for (let at = 0; at < known; at++) {
    levels[at % k]! += variances[at]!;
    squares[at % k]! += errors[lookback * k + at]! ** 2;
  }
  const scaled = variances.map((h, at) => (h * squares[at % k]!) / levels[at % k]!);
  const shocks = Float64Array.from(
    { length: known },
    (_, at) => errors[lookback * k + at]! / Math.sqrt(scaled[at]!),
  );
  const moment = new Float64Array(k * k);
  for (let d = 0; d < days - 1; d++)
    for (let i = 0; i < k; i++)
      for (let j = 0; j < k; j++)
        moment[i * k + j]! += (shocks[d * k + i]! * shocks[d * k + j]!) / (days - 1);
  const volatilities = scaled.slice(known).map(Math.sqrt);
  return correlationForecast({ k, rows: days - 1, shocks, moment, volatilities }, moment);
}
