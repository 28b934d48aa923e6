import { expect } from 'chai';
import { measures } from '../../../agents/allocation/index.js';
import { expectClose } from '../../close.js';
import { answer } from './answer.js';

interface Allocation {
  weights: number[];
  riskShares: number[];
}
const allocate = (input: object) => answer<Allocation>('allocate', input);
const diagonal = [
  [0.04, 0],
  [0, 0.01],
];

describe('measure allocate', () => {
  it('works its own example', () => {
    for (const name of ['allocate', 'covariance'] as const) answer(name, measures[name].example);
  });

  it('two uncorrelated assets, by hand', () => {
    const cases: [string, object, number[]][] = [
      ['equal-weight', {}, [1 / 2, 1 / 2]],
      ['minimum-variance', {}, [1 / 5, 4 / 5]],
      ['inverse-volatility', {}, [1 / 3, 2 / 3]],
      ['risk-parity', {}, [1 / 3, 2 / 3]],
      ['risk-parity', { budget: [4, 1] }, [1 / 2, 1 / 2]],
      ['maximum-diversification', {}, [1 / 3, 2 / 3]],
      ['hierarchical-risk-parity', {}, [1 / 5, 4 / 5]],
      [
        'volatility-target',
        { target: 0.05, maxLeverage: 2 },
        [0.05 / Math.sqrt(0.05), 0.05 / Math.sqrt(0.05)],
      ],
      ['constant-proportion-insurance', { floor: 0.9, multiplier: 5 }, [1 / 4, 1 / 4]],
    ];
    for (const [strategy, options, weights] of cases)
      expectClose(allocate({ strategy, covariance: diagonal, options }).weights, weights, 1e-10, strategy);
  });

  it('forecasts, by hand', () => {
    const cases: [string, object, number[]][] = [
      ['maximum-sharpe', {}, [1 / 5, 4 / 5]],
      ['maximum-sharpe', { riskFree: 0.02 }, [1 / 5, 4 / 5]],
      ['mean-variance', { riskAversion: 2 }, [1 / 5, 4 / 5]],
      ['kelly', { fraction: 0.1 }, [0.02, 0.08]],
      ['mean-variance', { riskAversion: 2, maxWeight: 0.6 }, [0.4, 0.6]],
    ];
    const input = { covariance: diagonal, expectedReturns: [0.05, 0.05] };
    for (const [strategy, options, weights] of cases)
      expectClose(allocate({ strategy, ...input, options }).weights, weights, 1e-10, strategy);
  });

  it('trading that costs more than it brings is not done', () => {
    const input = { strategy: 'mean-variance', covariance: diagonal, expectedReturns: [0.05, 0.05] };
    const held = { previousWeights: [0.3, 0.7] };
    const weights = (costBps: number) => allocate({ ...input, ...held, options: { costBps } }).weights;
    expectClose(weights(1000), [0.3, 0.7], 1e-9);
    // At the margin one unit moved saves 0.04 w₁ − 0.01 w₂ of utility and costs 2c.
    expectClose(weights(10), [0.24, 0.76], 1e-9);
  });

  const bad: [string, object, RegExp][] = [
    [
      'a singular covariance',
      {
        strategy: 'minimum-variance',
        covariance: [
          [1, 1],
          [1, 1],
        ],
      },
      /singular/,
    ],
    [
      'a negative variance',
      {
        strategy: 'risk-parity',
        covariance: [
          [1, 0],
          [0, -1],
        ],
      },
      /not positive/,
    ],
    [
      'an indefinite covariance',
      {
        strategy: 'risk-parity',
        covariance: [
          [1, 2],
          [2, 1],
        ],
      },
      /not positive semidefinite/,
    ],
    [
      'a correlation over 1',
      {
        strategy: 'hierarchical-risk-parity',
        covariance: [
          [1, 2],
          [2, 1],
        ],
      },
      /outside/,
    ],
    [
      'an asymmetric covariance',
      {
        strategy: 'equal-weight',
        covariance: [
          [1, 0.5],
          [0, 1],
        ],
      },
      /symmetric/,
    ],
    ['one observation', { strategy: 'minimum-variance', returns: [[0.1, 0.2]] }, /too few/],
    ['neither returns nor covariance', { strategy: 'equal-weight' }, /either returns or covariance/],
    ['no forecasts', { strategy: 'mean-variance', covariance: diagonal }, /expected returns/],
    ['an unknown option', { strategy: 'equal-weight', covariance: diagonal, options: { tau: 1 } }, /tau/],
    [
      'limits that conflict',
      { strategy: 'minimum-variance', covariance: diagonal, options: { maxWeight: 0.4 } },
      /no portfolio meets the budget 1 and the greatest weight 0.4 of asset \d together/,
    ],
    [
      'groups that conflict',
      {
        strategy: 'minimum-variance',
        covariance: diagonal,
        options: {
          groups: [
            { members: [0], min: 0.7 },
            { members: [1], min: 0.6 },
          ],
        },
      },
      /group/,
    ],
    [
      'no excess return',
      {
        strategy: 'maximum-sharpe',
        covariance: diagonal,
        expectedReturns: [0.01, 0],
        options: { riskFree: 0.02 },
      },
      /risk-free/,
    ],
    [
      'days too few for the tail',
      {
        strategy: 'minimum-cvar',
        returns: [
          [0, 1],
          [1, 0],
        ],
      },
      /too few/,
    ],
  ];
  for (const [name, input, message] of bad)
    it(`refuses ${name}`, () => {
      expect(() => allocate(input)).to.throw(message);
    });
});
