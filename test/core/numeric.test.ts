import { expect } from 'chai';
import { powerOfTwo } from '../../core/float-bits.js';
import * as numeric from '../../core/numeric.js';
import { truths } from './elementary-truth.js';

/** Spacing of float64 numbers at x. */
function ulp(x: number): number {
  const exponent = Math.floor(Math.log2(Math.abs(x) || Number.MIN_VALUE));
  return powerOfTwo(Math.max(exponent, -1022) - 52);
}

const functions = numeric as unknown as Record<string, (x: number) => number>;

describe('numeric: accuracy', () => {
  for (const [name, { ulps, pairs }] of Object.entries(truths)) {
    it(`${name} is within ${ulps} ulp of the truth`, () => {
      for (let i = 0; i < pairs.length; i += 2) {
        const [x, truth] = [pairs[i]!, pairs[i + 1]!];
        const difference = Math.abs(functions[name]!(x) - truth);
        expect(difference, `${name}(${x})`).to.be.at.most((ulps + 0.5) * ulp(truth));
      }
    });
  }

  it('agrees with the engine to 1e-14 over a fine grid', () => {
    const engine = ['exp', 'expm1', 'log', 'log1p', 'log2', 'log10', 'sin', 'cos', 'tanh'] as const;
    for (const name of engine) {
      for (let x = 0.00137; x < 50; x += 0.00731) {
        const theirs = Math[name](x);
        const scale = Math.max(Math.abs(theirs), 1e-6);
        expect(Math.abs(functions[name]!(x) - theirs), `${name}(${x})`).to.be.below(1e-14 * scale);
      }
    }
  });
});

/** Exact special values: NaN compares equal to NaN, and -0 differs from 0. */
function expectExactly(name: string, cases: readonly (readonly [x: number, y: number])[]): void {
  it(`${name} is exact at its special values`, () => {
    for (const [x, y] of cases) {
      const actual = functions[name]!(x);
      expect(Object.is(actual, y), `${name}(${x}) = ${actual}, not ${y}`).to.be.true;
    }
  });
}

describe('numeric: special values', () => {
  const { NaN: nan, POSITIVE_INFINITY: inf, MIN_VALUE: least } = Number;
  expectExactly('exp', [
    [0, 1],
    [-0, 1],
    [inf, inf],
    [-inf, 0],
    [nan, nan],
    [709.782712893384, 1.7976931348622732e308],
    [709.7827128933841, inf],
    [-745.1332191019411, least],
    [-745.1332191019412, 0],
  ]);
  expectExactly('expm1', [
    [0, 0],
    [-0, -0],
    [inf, inf],
    [-inf, -1],
    [-50, -1],
    [710, inf],
    [least, least],
    [nan, nan],
  ]);
  expectExactly('log', [
    [1, 0],
    [0, -inf],
    [-0, -inf],
    [-1, nan],
    [-inf, nan],
    [inf, inf],
    [nan, nan],
  ]);
  expectExactly('log1p', [
    [0, 0],
    [-0, -0],
    [-1, -inf],
    [-1.5, nan],
    [inf, inf],
    [nan, nan],
    [least, least],
  ]);
  expectExactly('log2', [
    [1, 0],
    [8, 3],
    [0.125, -3],
    [2 ** 1023, 1023],
    [least, -1074],
    [0, -inf],
    [-2, nan],
    [inf, inf],
  ]);
  expectExactly('log10', [
    [1, 0],
    [1000, 3],
    [1e15, 15],
    [1e22, 22],
    [0, -inf],
    [-2, nan],
    [inf, inf],
  ]);
  expectExactly('sin', [
    [0, 0],
    [-0, -0],
    [inf, nan],
    [nan, nan],
  ]);
  expectExactly('cos', [
    [0, 1],
    [-inf, nan],
    [nan, nan],
  ]);
  expectExactly('tanh', [
    [0, 0],
    [-0, -0],
    [25, 1],
    [-inf, -1],
    [nan, nan],
  ]);
  expectExactly('sigmoid', [
    [0, 0.5],
    [inf, 1],
    [-inf, 0],
    [nan, nan],
  ]);
  expectExactly('lgamma', [
    [1, 0],
    [2, 0],
    [0, inf],
    [-3, inf],
    [inf, inf],
    [-inf, inf],
    [nan, nan],
  ]);
  expectExactly('erf', [
    [0, 0],
    [-0, -0],
    [7, 1],
    [-inf, -1],
    [nan, nan],
  ]);
  expectExactly('erfc', [
    [0, 1],
    [30, 0],
    [-7, 2],
    [inf, 0],
    [-inf, 2],
    [nan, nan],
  ]);
  expectExactly('normalCdf', [
    [0, 0.5],
    [inf, 1],
    [-inf, 0],
    [nan, nan],
  ]);
  expectExactly('normalPdf', [
    [0, 0.3989422804014327],
    [-inf, 0],
    [nan, nan],
  ]);
  expectExactly('normalQuantile', [
    [0.5, 0],
    [0, -inf],
    [1, inf],
    [-0.1, nan],
    [1.1, nan],
    [nan, nan],
  ]);
});
