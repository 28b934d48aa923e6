import { expect } from 'chai';
import { correlationGraph } from '../../../agents/models/correlation-graph.js';
import { create } from './create.js';
import { drawsFor, samplesOf, school, skill, type Task } from './task.js';

const [ASSETS, WINDOW] = [4, 6];

/** Days of four assets in two pairs, drawn anew each day; an asset's target is what its partner's signal was. */
function partners(purpose: string, days: number): Task {
  const draws = drawsFor(purpose);
  const [inputs, targets] = [[], []] as [number[], number[]];
  for (let day = 0; day < days; day++) {
    const [a, b, c, d] = draws.shuffle<[number, number, number, number]>([0, 1, 2, 3]);
    const partner = new Map([
      [a, b],
      [b, a],
      [c, d],
      [d, c],
    ]);
    const common = Array.from({ length: 2 * WINDOW }, () => draws.normal());
    const signals = Array.from({ length: ASSETS }, () => draws.normal());
    for (let asset = 0; asset < ASSETS; asset++) {
      const pair = asset === a || asset === b ? 0 : WINDOW;
      for (let t = 0; t < WINDOW; t++)
        inputs.push(common[pair + t]! + 0.1 * draws.normal(), t === WINDOW - 1 ? signals[asset]! : 0);
      targets.push(signals[partner.get(asset)!]!);
    }
  }
  return { width: 2 * WINDOW, inputs: Float32Array.from(inputs), targets: Float32Array.from(targets) };
}

describe('graph', () => {
  it('links an asset to the one it moves with, signed and summing to 1', () => {
    const weights = new Float32Array(9);
    correlationGraph(
      [
        [1, 2, 3],
        [-2, -4, -6],
        [5, 5, 5],
      ],
      2,
      weights,
    );
    expect([...weights]).to.deep.equal([0, -1, 0, -1, 0, 0, 0, 0, 0]);
  });

  it("learns a neighbour's effect, which no model of one asset alone can", () => {
    const shape = { features: 2, assets: ASSETS, window: WINDOW };
    const cohort = create('graph', shape, { neighbours: 1 });
    const alone = create('mlp', shape);
    for (const each of [cohort, alone]) school(each, partners('train', 500), { rounds: 25 });
    expect(skill(cohort, partners('test', 100))).to.be.greaterThan(0.7);
    expect(skill(alone, partners('test', 100))).to.be.lessThan(0.05);
  });

  it('takes penalties on probes, whose graph is their own', () => {
    const cohort = create('graph', { features: 2, assets: ASSETS, window: WINDOW });
    const task = partners('train', 20);
    const probes = partners('probes', 3);
    cohort.initialise(0, drawsFor('initialise'));
    const { penalties } = cohort.train(0, {
      samples: samplesOf(task),
      steps: 3,
      batchSize: 8,
      learningRate: 0.01,
      stream: drawsFor('train'),
      penalties: {
        decorrelation: {
          weight: 1,
          inputs: { probes: probes.inputs, forecasts: cohort.forecast(0, probes.inputs, 12).mean },
        },
      },
    });
    expect(penalties['decorrelation']).to.be.within(0.5, 1.0001);
  });

  it('refuses a single asset, and rows that are not whole days', () => {
    expect(() => create('graph', { assets: 1, window: 5 })).to.throw(RangeError, 'at least 2 assets');
    const cohort = create('graph', { assets: 2, window: 3 });
    expect(() => cohort.forecast(0, new Float32Array(9), 3)).to.throw(RangeError, 'graph');
  });
});
