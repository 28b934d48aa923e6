import { expect } from 'chai';
import { correlation } from '../../../core/numeric.js';
import { create } from '../models/create.js';
import { drawsFor, samplesOf, taskOf } from '../models/task.js';
import type { PenaltyTerm } from '../../../agents/learning/cohort.js';

const task = taskOf('train', 400, 3, (x) => x[0]! - 0.5 * x[1]!);

function trained(penalties: Record<string, PenaltyTerm>, steps = 400) {
  const cohort = create('linear', { features: 3 });
  cohort.initialise(0, drawsFor('initialise'));
  const result = cohort.train(0, {
    samples: samplesOf(task),
    steps,
    batchSize: 32,
    learningRate: 0.02,
    stream: drawsFor('train'),
    penalties,
  });
  return { cohort, result };
}

const length = (values: Float32Array) => Math.sqrt(values.reduce((total, value) => total + value ** 2, 0));

describe('penalties', () => {
  it('l2 shrinks the parameters by the known factor', () => {
    const { cohort } = trained({ l2: { weight: 2 } });
    // Mean squared error with unit inputs has curvature 2, so a weight of 2 halves the solution.
    expect(cohort.parameters(0)[0]).to.be.closeTo(0.5, 0.06);
  });

  it('proximal keeps training near the global model', () => {
    const global = Float32Array.of(0, 0, 3, 0);
    const distance = (weight: number) => {
      const { cohort } = trained({ proximal: { weight, inputs: { global } } });
      return length(cohort.parameters(0).map((value, i) => value - global[i]!));
    };
    expect(distance(100)).to.be.lessThan(0.2);
    expect(distance(0)).to.be.greaterThan(2);
  });

  it('elastic weight consolidation holds on to important parameters only', () => {
    const inputs = { earlier: Float32Array.of(0, 0, 0, 0), importance: Float32Array.of(100, 0, 0, 0) };
    const { cohort } = trained({ 'elastic-weight-consolidation': { weight: 1, inputs } });
    const [held, free] = cohort.parameters(0);
    expect(Math.abs(held!)).to.be.lessThan(0.1);
    expect(free).to.be.closeTo(-0.5, 0.1);
  });

  it("decorrelation moves forecasts on probes away from the federation's", () => {
    const probes = taskOf('probes', 64, 3, (x) => x[0]! - 0.5 * x[1]!);
    const inputs = { probes: probes.inputs, forecasts: probes.targets };
    const alike = (weight: number) => {
      const { cohort, result } = trained({ decorrelation: { weight, inputs } });
      return [correlation(cohort.forecast(0, probes.inputs, 64).mean, probes.targets), result.penalties];
    };
    expect(alike(0)[0]).to.be.greaterThan(0.99);
    expect(alike(20)[0]).to.be.lessThan(0.5);
    expect(alike(0)[1]).to.have.property('decorrelation').that.is.within(0.5, 1.0001);
  });

  it('several add up, each reported under its name', () => {
    const { result } = trained({
      l2: { weight: 0.1 },
      proximal: { weight: 0.1, inputs: { global: new Float32Array(4) } },
    });
    expect(result.penalties['l2']).to.be.greaterThan(0);
    expect(result.penalties['proximal']).to.be.closeTo(result.penalties['l2']!, 1e-7);
  });

  it('an unknown name, or a missing or misshapen input, is refused by name', () => {
    expect(() => trained({ l7: { weight: 1 } })).to.throw(RangeError, 'unknown penalty l7');
    expect(() => trained({ proximal: { weight: 1 } })).to.throw(
      RangeError,
      'proximal needs the input global',
    );
    const inputs = { global: new Float32Array(3) };
    expect(() => trained({ proximal: { weight: 1, inputs } })).to.throw(RangeError, '3 parameter values');
  });
});
