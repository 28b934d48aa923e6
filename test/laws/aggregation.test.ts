import { expect } from 'chai';
import fc from 'fast-check';
import { aggregations } from '../../coordinator/aggregation/index.js';
import type { Aggregation, Update } from '../../coordinator/aggregation/aggregation.js';
import { NotConverged } from '../../core/not-converged.js';
import { TooFewUpdates } from '../../coordinator/aggregation/too-few-updates.js';

const width = 3;
const finite = fc.float({ min: -4, max: 4, noNaN: true });
const vector = fc.array(finite, { minLength: width, maxLength: width }).map((row) => Float32Array.from(row));

const update = (i: number, delta: Float32Array, examples: number): Update => ({
  institution: `bank-${String(i).padStart(3, '0')}`,
  examples,
  delta,
  localSteps: 4,
  controlDelta: delta,
  staleness: 0,
  region: `region-${i % 3}`,
});

const rounds = fc.record({
  parameters: vector,
  rows: fc.array(fc.tuple(vector, fc.integer({ min: 1, max: 500 })), { minLength: 3, maxLength: 70 }),
});

/** Rules that step as the plain mean does when all updates agree; the others' steps have a length of their own. */
const ownStep = new Set(['fedadagrad', 'fedadam', 'fedyogi', 'norm-clipping', 'fedbuff', 'foolsgold']);

/** What a rule makes of updates. One that gives up aloud, as a median may among updates of forty orders of magnitude
 * (fewer than one in a thousand of these), has broken no law: other updates are drawn. */
const apply = (rule: Aggregation, parameters: Float32Array, updates: Update[]) => {
  const options = rule.options.parse({});
  try {
    return rule.aggregate(rule.initialState(width, options), { parameters, updates }, options);
  } catch (error) {
    if (error instanceof NotConverged) fc.pre(false);
    throw error;
  }
};

for (const [name, rule] of Object.entries(aggregations as Record<string, Aggregation>))
  describe(`law: aggregation by ${name}`, () => {
    it('the order of arrival changes no bit', () => {
      fc.assert(
        fc.property(rounds, fc.infiniteStream(fc.nat()), ({ parameters, rows }, keys) => {
          const updates = rows.map(([delta, examples], i) => update(i, delta, examples));
          const shuffled = updates
            .map((value) => ({ value, key: keys.next().value as number }))
            .sort((a, b) => a.key - b.key)
            .map(({ value }) => value);
          expect(apply(rule, parameters, shuffled)).to.deep.equal(apply(rule, parameters, updates));
        }),
        { numRuns: 15 },
      );
    });

    if (!ownStep.has(name))
      it('identical updates move the model by just that', () => {
        fc.assert(
          fc.property(vector, vector, fc.integer({ min: 3, max: 70 }), (parameters, delta, n) => {
            const updates = Array.from({ length: n }, (_, i) => update(i, delta, 1 + (i % 7)));
            const { parameters: moved } = apply(rule, parameters, updates);
            moved.forEach((value, j) => expect(value).to.be.closeTo(parameters[j]! + delta[j]!, 2e-6));
          }),
          { numRuns: 15 },
        );
      });

    it('gives finite parameters, leaves its inputs alone, and refuses an empty round', () => {
      fc.assert(
        fc.property(rounds, ({ parameters, rows }) => {
          const updates = rows.map(([delta, examples], i) => update(i, delta, examples));
          const before = structuredClone({ parameters, updates });
          expect(apply(rule, parameters, updates).parameters.every(Number.isFinite)).to.equal(true);
          expect({ parameters, updates }).to.deep.equal(before);
        }),
        { numRuns: 10 },
      );
      expect(() => apply(rule, new Float32Array(width), [])).to.throw(TooFewUpdates);
    });
  });
