import { expect } from 'chai';
import { metricsOf } from '../../../analysis/metrics.js';
import { metricNames } from '../../../analysis/sweep/metric-names.js';
import { syntheticRun } from '../synthetic-run.js';

describe('metricNames', () => {
  it('are those that a run publishes, in their order', () => {
    expect(metricNames).deep.equal(Object.keys(metricsOf(syntheticRun()).measures));
  });
});
