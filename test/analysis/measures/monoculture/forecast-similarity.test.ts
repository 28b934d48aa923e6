import { expect } from 'chai';
import {
  effectiveForecasters,
  meanForecastCorrelation,
} from '../../../../analysis/measures/monoculture/forecast-similarity.js';
import { expectClose } from '../../../close.js';
import { measured } from '../../../measured.js';

const up = [1, 2, 3, 4];
const down = [4, 3, 2, 1];
const across = [1, -1, -1, 1];

describe('forecast similarity', () => {
  it('mean correlation of three pairs: −1, 0, 0', () => {
    expect(meanForecastCorrelation([up, down, across])).to.be.closeTo(-1 / 3, 1e-15);
  });

  it('leaves out a forecaster that does not vary', () => {
    expect(meanForecastCorrelation([up, up, [7, 7, 7, 7]])).to.be.closeTo(1, 1e-15);
  });

  it('clones are one model, contrary and unrelated ones are their own', () => {
    expectClose(effectiveForecasters([up, up], [0.5, 0.5], 1), 1, 1e-14);
    expectClose(effectiveForecasters([up, down, across], [1 / 3, 1 / 3, 1 / 3], 2), 3, 1e-14);
    expectClose(effectiveForecasters([up, up, across], [0.25, 0.25, 0.5], 1), 2, 1e-14);
  });

  it('reports the table and the numbers', () => {
    const result = measured('forecast-similarity', { forecasts: [up, down, across], aum: [1, 1, 2] });
    const correlation = [
      [1, -1, 0],
      [-1, 1, 0],
      [0, 0, 1],
    ];
    expectClose(
      result,
      { correlation, meanCorrelation: -1 / 3, effectiveNumber: { 1: 2 * Math.SQRT2, 2: 8 / 3 } },
      1e-13,
    );
  });
});
