import { z } from 'zod';
import { field } from '../../core/scenario/field.js';
import { lookbackOption } from './lookback.js';
import { architecture } from './architecture.js';
import { directCohort, tensor, type Rows } from './direct-cohort.js';
import { checkReturnFeature, returnColumns, returnFeatureOption } from './return-feature.js';

type Signal = (returns: readonly number[]) => number;

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Sum of returns over their root mean square times √n: about standard normal when nothing drifts. */
function score(returns: readonly number[]): number {
  const square = total(returns.map((value) => value * value));
  return square > 0 ? total(returns) / Math.sqrt(square) : 0;
}

const rules = {
  /** Moskowitz, Ooi & Pedersen 2012: the sign of the whole window's return. */
  trend: (returns) => Math.sign(total(returns)),
  /** Jegadeesh & Titman 1993: past winners go on, the latest day left out. */
  momentum: (returns) => score(returns.slice(0, -1)),
  /** De Bondt & Thaler 1985: past losers come back. */
  value: (returns) => -score(returns),
} satisfies Record<string, Signal>;

function meanSquare(rows: Rows, forecast: (row: Float32Array) => number): number {
  let sum = 0;
  rows.outcomes.forEach((outcome, i) => {
    sum += (outcome - forecast(rows.inputs.subarray(i * rows.width, (i + 1) * rows.width))) ** 2;
  });
  return rows.count > 0 ? sum / rows.count : 1;
}

/** A fixed rule on past returns: nothing learned. */
export const rule = architecture({
  summary: 'Trend, momentum or value on past returns; nothing learned but the size of its errors',
  source: 'Moskowitz, Ooi & Pedersen 2012; Jegadeesh & Titman 1993; De Bondt & Thaler 1985',
  interpretability: 'white-box',
  uncertainty: "root mean square of the rule's errors on the agent's rows",
  federates: 'none',
  learns: 'by refitting',
  isMeanFixed: true,
  check: checkReturnFeature,
  options: z.strictObject({
    ...returnFeatureOption,
    ...lookbackOption(60, 2),
    rule: field(
      z.enum(Object.keys(rules) as [keyof typeof rules, ...(keyof typeof rules)[]]).default('trend'),
      'Which rule',
      'name',
    ),
    strength: field(
      z.number().min(0).default(0.05),
      'Forecast, in target deviations, per unit of signal',
      'target deviations per unit of signal',
    ),
  }),
  create: (shape, { returnFeature, rule: name, strength }, size) => {
    const columns = returnColumns(shape, returnFeature);
    const signal: Signal = rules[name];
    const forecast = (row: Float32Array) => strength * signal(columns.map((column) => row[column]!));
    return directCohort(
      {
        architecture: 'rule',
        rowWidth: shape.features * shape.window,
        tensors: [tensor('error variance')],
        parameterCount: 0,
        flopsPerForecast: 3 * shape.window,
        refit: { flops: 0, flopsPerRow: 3 * shape.window + 3 },
        initial: (state) => void (state[0] = 1),
        fit: (state, rows) => (state[0] = meanSquare(rows, forecast)),
        forecast: (state, row) => ({ mean: forecast(row), stdDev: Math.sqrt(state[0]!) }),
      },
      size,
    );
  },
});
