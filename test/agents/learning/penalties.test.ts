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

  it('consensus pulls forecasts on probes to where the federation agreed', () => {
    const probes = taskOf('probes', 64, 3, (x) => 0.5 - x[2]!);
    const inputs = { probes: probes.inputs, forecasts: probes.targets };
    const pulled = (weight: number) => {
      const { cohort, result } = trained({ consensus: { weight, inputs } });
      const { mean } = cohort.forecast(0, probes.inputs, 64);
      const apart = mean.reduce((sum, f, r) => sum + (f - probes.targets[r]!) ** 2, 0) / 64;
      return [apart, result.penalties['consensus']!] as const;
    };
    expect(pulled(0)[0]).to.be.greaterThan(1);
    expect(pulled(100)[0]).to.be.lessThan(0.02);
    // What it reports is the distance itself, here from forecasts that are no longer 0 on the first step.
    expect(pulled(0)[1]).to.be.within(0.5, 5);
  });

  it('the slope of consensus is that of the mean squared distance', () => {
    const probes = taskOf('probes', 4, 3, () => 0);
    const forecasts = Float32Array.of(1, -2, 0.5, 3);
    const cohort = create('linear', { features: 3 }, { optimiser: 'sgd' });
    cohort.setParameters(0, new Float32Array(4));
    const still = {
      count: 1,
      gather: (_: number, into: Float32Array, at: number) => (into.fill(0, at, at + 3), 0),
    };
    cohort.train(0, {
      samples: still,
      steps: 1,
      batchSize: 1,
      learningRate: 0.5,
      stream: drawsFor('train'),
      penalties: { consensus: { weight: 3, inputs: { probes: probes.inputs, forecasts } } },
    });
    // From f = 0 and a loss without a slope: w ← η · 3 · 2/4 Σ_r f̄_r x_r, the last parameter being the constant's.
    const slope = (j: number) =>
      forecasts.reduce((sum, f, r) => sum + f * (j < 3 ? probes.inputs[3 * r + j]! : 1), 0);
    cohort.parameters(0).forEach((w, j) => expect(w).to.be.closeTo(0.5 * 3 * 0.5 * slope(j), 1e-5));
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
