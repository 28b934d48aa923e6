import { expectClose } from '../close.js';
import { answer } from '../agents/allocation/answer.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: {
    cov: number[][];
    w_mkt: number[];
    delta: number;
    tau: number;
    P: number[][];
    Q: number[];
    idzorek: { prior: number; view: number; confidences: number[] };
  };
  expected: {
    pi: number[];
    posterior: number[];
    posterior_cov: number[][];
    w_posterior_cov: number[];
    w_prior_cov: number[];
    idzorek_posterior: number[];
  };
  tolerance: number;
}

interface Answer {
  weights: number[];
  prior: number[];
  posterior: number[];
  posteriorCovariance: number[][];
}

describe('truth d11: Black-Litterman', () => {
  const load = (test: Mocha.Context) => sharedJson<Truth>(test, 'truth/d11_black_litterman.json');
  const toBudget = (weights: number[]) => {
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  };

  it('prior, posterior and weights of three assets under two views', function () {
    const { inputs, expected, tolerance } = load(this);
    const under = (riskModel: string) =>
      answer<Answer>('allocate', {
        strategy: 'black-litterman',
        covariance: inputs.cov,
        options: {
          marketWeights: inputs.w_mkt,
          riskAversion: inputs.delta,
          tau: inputs.tau,
          views: inputs.P,
          viewReturns: inputs.Q,
          riskModel,
        },
      });
    const result = under('posterior');
    expectClose(result.prior, expected.pi, tolerance);
    expectClose(result.posterior, expected.posterior, tolerance);
    expectClose(result.posteriorCovariance, expected.posterior_cov, tolerance);
    expectClose(result.weights, toBudget(expected.w_posterior_cov), tolerance);
    expectClose(under('prior').weights, toBudget(expected.w_prior_cov), tolerance);
  });

  it("Idzorek's confidence moves the posterior from the prior to the view", function () {
    const { inputs, expected, tolerance } = load(this);
    const { prior, view, confidences } = inputs.idzorek;
    const posterior = confidences.map(
      (confidence) =>
        answer<Answer>('allocate', {
          strategy: 'black-litterman',
          covariance: [[0.04]],
          expectedReturns: [prior],
          options: { views: [[1]], viewReturns: [view], confidences: [confidence] },
        }).posterior[0],
    );
    expectClose(posterior, expected.idzorek_posterior, tolerance);
  });
});
