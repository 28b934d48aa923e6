import { expectClose } from '../close.js';
import { measured } from '../measured.js';
import { sharedJson } from '../shared.js';

interface Truth {
  inputs: { X: number[][]; Y: number[][] };
  expected: {
    linear_cka: number;
    unbiased_linear_cka: number;
    rbf_cka: number;
    sigma_x: number;
    sigma_y: number;
  };
  tolerance: number;
}

describe('truth g03: CKA of five samples', () => {
  it('linear biased and unbiased, Gaussian with the median width and with the same width given', function () {
    const { inputs, expected, tolerance } = sharedJson<Truth>(this, 'truth/g03_cka_small.json');
    const cka = (options: object) => measured('cka', { x: inputs.X, y: inputs.Y, ...options });
    expectClose(cka({ estimator: 'biased' }), { cka: expected.linear_cka }, tolerance);
    expectClose(cka({}), { cka: expected.unbiased_linear_cka }, tolerance);
    const rbf = { kernel: 'rbf', estimator: 'biased' };
    expectClose(cka(rbf), { cka: expected.rbf_cka }, tolerance);
    const widths = { sigmaX: expected.sigma_x, sigmaY: expected.sigma_y };
    expectClose(cka({ ...rbf, ...widths }), { cka: expected.rbf_cka }, tolerance);
  });
});
