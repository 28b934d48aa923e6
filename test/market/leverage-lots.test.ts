import { expect } from 'chai';
import { log, mean, variance } from '../../core/numeric.js';
import type { Institution } from '../../core/types.js';
import { createStage } from '../../market/stage.js';
import { templateBook } from '../../market/template-book.js';
import { smallScenario } from '../small-run.js';

const banks = (dispersion: number, count = 400, target = 14): readonly Institution[] => {
  const types = { bank: { leverage: 8, leverageTarget: target, leverageDispersion: dispersion } };
  const scenario = smallScenario({ institutions: { count, types } });
  return createStage(scenario).institutions.filter(({ type }) => type === 'bank');
};

describe('leverage within a type', () => {
  it('is the type’s own without dispersion', () => {
    expect(new Set(banks(0).map(({ leverage }) => leverage))).deep.equal(new Set([8]));
  });

  it('is lognormal above 1 with the dispersion asked for, within two deviations and below the target', () => {
    const draws = Float64Array.from(banks(0.25), ({ leverage }) => log((leverage - 1) / 7));
    expect(mean(draws)).closeTo(0, 0.05);
    expect(Math.sqrt(variance(draws))).closeTo(0.25, 0.04);
    expect(Math.max(...draws)).at.most(0.5 + 1e-12);
    expect(Math.max(...banks(0.25, 400, 9).map(({ leverage }) => leverage))).equal(9);
  });

  it('is each institution’s own lot: another one shifts nobody’s', () => {
    const few = new Map(banks(0.25, 40).map(({ id, leverage }) => [id, leverage]));
    const more = banks(0.25, 42).filter(({ id }) => few.has(id));
    expect(more.map(({ leverage }) => leverage)).deep.equal([...few.values()]);
  });

  it('is what the first balance sheet has', () => {
    const [first] = banks(0.25);
    const { bank } = smallScenario().institutions.types;
    const { assets, equity } = templateBook(bank!, first!);
    expect(assets / equity).closeTo(first!.leverage, 1e-12);
  });
});
