import { expect } from 'chai';
import { log } from '../../core/numeric.js';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedTable } from '../shared.js';

interface Truth {
  inputs: { file: string };
  expected: Record<string, number> & {
    acf_r_1_5: number[];
    acf_abs_1_5_20_100_250: number[];
    leverage_Bouchaud: number[];
    leverage_corr: number[];
    agg_excess_kurtosis: Record<string, number>;
  };
  tolerance: number;
}

type Facts = Record<string, number> &
  Record<'autocorrelation' | 'absoluteAutocorrelation' | 'squaredAutocorrelation', number[]> &
  Record<'leverage' | 'leverageCorrelation', number[]>;

describe('truth f02: stylized facts of the S&P 500, 1990 to 2022', () => {
  const load = (test: Mocha.Context) => {
    const { inputs, expected, tolerance } = sharedJson<Truth>(test, 'truth/f02_stylized_facts_sp500.json');
    const { rows } = sharedTable(test, inputs.file);
    const returns = rows.slice(1).map((row, t) => log(row[0]! / rows[t]![0]!));
    const facts = measured<Facts>('stylized-facts', { returns });
    return { expected, tolerance, facts };
  };
  const at = (lags: number[], values: number[]) => lags.map((lag) => values[lag - 1]);

  it('moments and tails', function () {
    const { expected, tolerance, facts } = load(this);
    expect([facts.count, facts.tailCount]).to.deep.equal([expected.T, expected.hill_k]);
    const names = {
      mean: 'mean',
      stdDev: 'std_ddof1',
      skewness: 'skew_biased',
      excessKurtosis: 'excess_kurtosis_biased',
      hillLeft: 'hill_left_5pct',
      hillRight: 'hill_right_5pct',
      hillAbsolute: 'hill_abs_5pct',
      absoluteDecayExponent: 'abs_acf_powerlaw_exponent_lag1_100',
    };
    for (const [key, name] of Object.entries(names)) expectClose(facts[key], expected[name], tolerance, key);
    expectClose(facts.aggregatedExcessKurtosis, expected.agg_excess_kurtosis, tolerance);
  });

  it('memory and leverage', function () {
    const { expected, tolerance, facts } = load(this);
    expectClose(facts.autocorrelation.slice(0, 5), expected.acf_r_1_5, tolerance);
    const lags = [1, 2, 5, 10, 20];
    const absolute = facts.absoluteAutocorrelation;
    expect(absolute).to.have.length(250);
    expectClose(at([1, 5, 20, 100, 250], absolute), expected.acf_abs_1_5_20_100_250, tolerance);
    expectClose(facts.squaredAutocorrelation[0], expected.acf_sq_1, tolerance);
    expectClose(at(lags, facts.leverage), expected.leverage_Bouchaud, tolerance);
    expectClose(at(lags, facts.leverageCorrelation), expected.leverage_corr, tolerance);
  });
});
