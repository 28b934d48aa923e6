import { expect } from 'chai';
import { disclose, withDisclosed } from '../../../coordinator/disclosure.js';
import { readNames } from '../../../core/scenario/read-names.js';
import { createStage } from '../../../market/stage.js';
import { createWorld } from '../../../market/world.js';
import { pricesOf } from '../../../market/book.js';
import { chainOf, smallScenario } from '../../small-run.js';

const disclosing = (more: object = {}, given: object = {}) =>
  smallScenario({ ...given, mandates: [{ kind: 'position-disclosure', ...more }] });

describe('position-disclosure', () => {
  it('publishes how far all together are from their benchmarks, by asset', () => {
    const scenario = disclosing();
    const stage = createStage(scenario);
    const world = createWorld(scenario, stage);
    const [k, n] = [stage.assets.length, stage.institutions.length];
    const start = disclose(scenario, stage, world, [])[0]!;
    for (const x of start) expect(x).closeTo(0, 1e-9);
    const units = world.books.units.slice();
    units[0]! *= 1.5;
    const moved = disclose(scenario, stage, { ...world, books: { ...world.books, units } }, [])[0]!;
    // Said anew: sums over institutions of value held, and of value meant.
    const price = pricesOf(world.prices);
    for (let a = 0; a < k; a++) {
      let [held, meant] = [0, 0];
      for (let i = 0; i < n; i++) {
        const value = Array.from(price, (p, b) => p * units[i * k + b]!);
        held += value[a]!;
        meant += stage.institutions[i]!.benchmark[a]! * value.reduce((s, v) => s + v, 0);
      }
      expect(moved[a]).closeTo(10 * (held / meant - 1), 1e-9);
    }
    expect(moved[0]).greaterThan(0);
  });

  it('is late by as many days as the mandate says, and silent until then', () => {
    const scenario = disclosing({ delayDays: 3 });
    const stage = createStage(scenario);
    const world = createWorld(scenario, stage);
    const [n, k] = [stage.institutions.length, stage.assets.length];
    const own = new Float64Array(n * 2 * k).fill(7);
    const published = [1, 2, 3].map((x) => new Float64Array(k).fill(x));
    const at = (disclosed: Float64Array[]): number[] =>
      Array.from(withDisclosed(scenario, stage, own, disclosed).subarray(0, 3 * k));
    expect(at(published).slice(2 * k)).deep.equal(new Array(k).fill(3));
    expect(at(published).slice(0, 2 * k)).deep.equal(new Array(2 * k).fill(7));
    expect(at(published.slice(0, 2)).slice(2 * k)).deep.equal(new Array(k).fill(0));
    expect(disclose(scenario, stage, world, published).length).equal(3);
    expect(readNames(scenario).at(-1)).equal('disclosed-positions');
  });

  it('leaves readings alone where nobody asks for it', () => {
    const scenario = smallScenario();
    const stage = createStage(scenario);
    const own = new Float64Array(8);
    expect(withDisclosed(scenario, stage, own, [])).equal(own);
    expect(disclose(scenario, stage, createWorld(scenario, stage), [])).deep.equal([]);
  });

  it('changes what institutions do, the same on any number of hosts', async () => {
    const bound = await chainOf(disclosing());
    expect(bound).not.equal(await chainOf(smallScenario()));
    expect(await chainOf(disclosing(), { hosts: 3 })).equal(bound);
  });

  it('is refused twice, and beside a source of its name', () => {
    const kind = 'position-disclosure';
    expect(() => smallScenario({ mandates: [{ kind }, { kind, delayDays: 2 }] })).throw('already asked for');
    expect(() => disclosing({}, { sources: { 'disclosed-positions': {} } })).throw('rename that');
  });
});
