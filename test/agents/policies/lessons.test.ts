import { expect } from 'chai';
import { openEngine } from '../../../agents/learning/engine.js';
import { best, tilts, withTilt } from '../../../agents/policies/deep-q.js';
import { directLesson, gainOf } from '../../../agents/policies/direct.js';
import type { Episode } from '../../../agents/policies/episode.js';
import { evolutionLesson, mixedLesson } from '../../../agents/policies/evolution.js';
import { play, pullTo } from '../../../agents/policies/gamble.js';
import { policyGradientLessons } from '../../../agents/policies/policy-gradient.js';
import type { Actor } from '../../../agents/policies/policy-cohort.js';
import { clippedSlope } from '../../../agents/policies/proximal-policy.js';
import { create } from '../models/create.js';
import { drawsFor } from '../models/task.js';

const [DAYS, ASSETS, WIDTH] = [20, 3, 2];

/** A network with parameters of its own. */
function actorOf(): Actor {
  const network = create('mlp', { features: WIDTH }, { hidden: [8] }, 1, openEngine());
  network.initialise(0, drawsFor('initialise'));
  const parameters = network.parameters(0);
  const outputsWith = (w: Float32Array, rows: Float32Array) => {
    network.setParameters(0, w);
    return network.forecast(0, rows, rows.length / WIDTH).mean;
  };
  return {
    parameters,
    outputsWith,
    outputs: (rows) => outputsWith(parameters, rows),
    pullBack: (rows, cotangent) => {
      network.setParameters(0, parameters);
      return network.pullBack!(0, rows, cotangent);
    },
  };
}

const draws = drawsFor('episode');
const inputs = Float32Array.from({ length: DAYS * ASSETS * WIDTH }, () => draws.normal());
const outcomes = Float32Array.from(
  { length: DAYS * ASSETS },
  (_, row) => 0.5 * inputs[row * WIDTH]! + draws.normal(),
);
const episode: Episode = { days: DAYS, assets: ASSETS, inputs, outcomes };
const goal = { objective: 'sharpe', cost: 0.05, drawdownWeight: 0.2 } as const;

const cosine = (a: Float32Array, b: Float32Array): number => {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, v, j) => sum + v * y[j]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
};

describe('lessons of policies', () => {
  const actor = actorOf();
  const derived = directLesson(actor, episode, goal);

  it('the gradient of the goal in the network agrees with central differences', () => {
    const { parameters, outputsWith } = actor;
    const step = 0.01;
    const at = (j: number, by: number) =>
      gainOf(episode, outputsWith(parameters.with(j, parameters[j]! + by), inputs), goal);
    const scale = Math.max(...derived.gradient.map(Math.abs));
    expect(derived.gain).to.be.closeTo(gainOf(episode, outputsWith(parameters, inputs), goal), 1e-6);
    for (let j = 0; j < parameters.length; j += 3) {
      const slope = -(at(j, step) - at(j, -step)) / (2 * step);
      expect(derived.gradient[j], `parameter ${j}`).to.be.closeTo(slope, 0.03 * scale);
    }
  });

  it('evolution finds about the same direction without any derivative, and the hybrid lies between', () => {
    const bred = evolutionLesson(actor, episode, goal, { pairs: 300, mutation: 0.02 }, drawsFor('mutants'));
    expect(cosine(bred.gradient, derived.gradient)).to.be.greaterThan(0.8);
    const few = evolutionLesson(actor, episode, goal, { pairs: 8, mutation: 0.02 }, drawsFor('few'));
    const mixed = mixedLesson(few, derived, 0.5).gradient;
    const apart = cosine(few.gradient, derived.gradient);
    expect(cosine(mixed, few.gradient)).to.be.greaterThan(apart);
    expect(cosine(mixed, derived.gradient)).to.be.greaterThan(apart);
  });

  it('policy gradient points, on average, where the expected return rises', () => {
    const gambling = { exploration: 0.3, discount: 0, cost: 0 };
    const sum = new Float32Array(actor.parameters.length);
    for (let trial = 0; trial < 200; trial++)
      for (const { gradient } of policyGradientLessons(actor, episode, gambling, drawsFor('gamble', trial)))
        gradient.forEach((g, j) => (sum[j]! += g));
    // Without cost and discount the expected return is linear in positions: its slope is known.
    const expected = actor.pullBack(
      inputs,
      actor.outputs(inputs).map((z, row) => -outcomes[row]! * (1 - Math.tanh(z) ** 2)),
    ).parameters;
    expect(cosine(sum, expected)).to.be.greaterThan(0.6);
  });

  it('advantages have mean 0 and deviation 1', () => {
    const gambling = { exploration: 0.3, discount: 0.5, cost: 0.1 };
    const { advantages, actions, outputs } = play(actor, episode, gambling, drawsFor('play'));
    const mean = advantages.reduce((sum, a) => sum + a, 0) / (DAYS * ASSETS);
    expect(mean).to.be.closeTo(0, 1e-9);
    expect(advantages.reduce((sum, a) => sum + a * a, 0) / (DAYS * ASSETS)).to.be.closeTo(1, 1e-6);
    expect(actions).not.to.deep.equal(outputs);
  });

  it('a clipped surrogate is policy gradient at first, and stops once the odds have moved far enough', () => {
    const clipping = { exploration: 0.5, clip: 0.2 };
    expect(clippedSlope(2, 1, 0.6, 0.6, clipping)).to.be.closeTo(2 * pullTo(1, 0.6, 0.5), 1e-9);
    // The output has gone all the way to the action: its odds are exp(0.32) = 1.38 times what they were.
    expect(clippedSlope(2, 1, 0.99, 0.6, clipping)).to.equal(0);
    expect(clippedSlope(-2, 1, 0.99, 0.6, clipping)).to.be.lessThan(0);
    expect(clippedSlope(-2, 1, 0.1, 0.6, clipping)).to.equal(0);
  });

  it('asks for the value of each tilt, and takes the neutral one in a tie', () => {
    const rows = Float32Array.of(1, 2, 3, 4);
    expect([...withTilt(rows, 2, (row) => tilts[row + 1]!)]).to.deep.equal([1, 2, -1, 3, 4, 1]);
    const likesLong = (asked: Float32Array) => Float32Array.of(asked[2]!, 0);
    expect([...best(likesLong, rows, 2).tilt]).to.deep.equal([1, 0]);
    expect([...best(likesLong, rows, 2).worth]).to.deep.equal([1, 0]);
  });
});
