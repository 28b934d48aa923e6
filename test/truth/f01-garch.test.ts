import { expect } from 'chai';
import { parseCsv } from '../../cli/csv.js';
import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson, sharedText } from '../shared.js';

interface Parameters {
  mu: number;
  omega: number;
  alpha: number;
  beta: number;
}

interface Truth {
  inputs: { file: string; n: number };
  expected: {
    fcp: Parameters;
    fgarch_run: { se: number[] };
    own: { params: number[]; loglik: number; loglik_at_fcp: number; h_first3: number[]; h_last: number };
  };
}

interface Answer {
  parameters: Parameters;
  logLikelihood: number;
  variance: number[];
  standardErrors: Parameters;
  persistence: number;
}

describe('truth f01: GARCH(1,1) of DEM/GBP, the Bollerslev-Ghysels benchmark', () => {
  const load = (test: Mocha.Context) => {
    const { inputs, expected } = sharedJson<Truth>(test, 'truth/f01_garch_dem2gbp.json');
    const returns = parseCsv(sharedText(test, inputs.file), inputs.file).map((row) => row[0]!);
    expect(returns).to.have.length(inputs.n);
    return { returns, expected };
  };

  it('the maximum agrees with the benchmark to five digits', function () {
    const { returns, expected } = load(this);
    const { parameters, logLikelihood, persistence } = measured<Answer>('garch', {
      returns,
      init: 'mean-square',
    });
    for (const key of ['mu', 'omega', 'alpha', 'beta'] as const)
      expect(parameters[key] / expected.fcp[key], key).to.be.closeTo(1, 1e-5);
    expect(logLikelihood).to.be.closeTo(expected.own.loglik, 1e-7);
    expect(persistence).to.be.closeTo(expected.fcp.alpha + expected.fcp.beta, 1e-5);
  });

  it('standard errors agree with fGarch', function () {
    const { returns, expected } = load(this);
    const { standardErrors } = measured<Answer>('garch', { returns });
    const { mu, omega, alpha, beta } = standardErrors;
    [mu, omega, alpha, beta].forEach((value, i) =>
      expect(value / expected.fgarch_run.se[i]!).to.be.closeTo(1, 1e-3),
    );
  });

  it('evaluates the benchmark parameters and the variance they give', function () {
    const { returns, expected } = load(this);
    const { logLikelihood } = measured<Answer>('garch', { returns, parameters: expected.fcp });
    expectClose(logLikelihood, expected.own.loglik_at_fcp, 1e-12);
    const [mu, omega, alpha, beta] = expected.own.params;
    const { variance } = measured<Answer>('garch', { returns, parameters: { mu, omega, alpha, beta } });
    expectClose(variance.slice(0, 3), expected.own.h_first3, 1e-9);
    expectClose(variance.at(-1), expected.own.h_last, 1e-9);
  });
});
