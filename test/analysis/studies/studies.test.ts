import { expect } from 'chai';
import { fireSalePoint } from '../../../analysis/studies/fire-sale.js';
import { windowPoint } from '../../../analysis/studies/contagion-window.js';
import { comparePolicies, tippingShock } from '../../../analysis/studies/self-correcting.js';
import { vulnerableBanksStudy } from '../../../analysis/studies/vulnerable-banks.js';
import type { StudyData } from '../../../analysis/studies/study.js';
import { readStressBook } from '../../../cli/stress-book.js';
import { noExposures } from '../../../cli/stress-exposures.js';
import { correlation } from '../../../core/descriptive.js';
import { log } from '../../../core/numeric.js';
import type { Context } from 'mocha';
import { sharedText } from '../../shared.js';

const published = (test: Context): StudyData => {
  const book = readStressBook(sharedText(test, 'data/eba2018_clean.csv'), 'eba.csv');
  return { book, exposures: noExposures(book) };
};

describe('contagion studies have the published shape', function () {
  this.timeout(120_000);

  it('contagion-window: cascades inside the analytic window only; rare and total near its upper edge', () => {
    const [below, inside, edge, above] = [0.5, 4, 8, 12].map((z) => windowPoint(z, 600, 30));
    expect(below!.reproduction).to.be.lessThan(1);
    expect(below!.frequency).to.equal(0);
    expect(inside!.reproduction).to.be.greaterThan(1);
    expect(inside!.frequency).to.be.greaterThan(0.7);
    expect(edge!.frequency).to.be.within(0.01, 0.5);
    expect(edge!.extent).to.be.greaterThan(inside!.extent);
    expect(above!.frequency).to.equal(0);
  });

  it('fire-sale: a threshold tips, a target does not; defaults rise with shock and impact', function () {
    const data = published(this);
    const at = (shock: number, impact = 0.05) => fireSalePoint(data, shock, impact);
    expect(at(0.02).threshold).to.equal(0);
    expect(at(0.04).threshold).to.be.greaterThan(0);
    expect(at(0.02).targeting / at(0.01).targeting).to.be.closeTo(2, 1e-9);
    const defaults = [0.1, 0.2, 0.4].map((shock) => at(shock).defaults);
    expect([...defaults].sort((a, b) => a - b)).to.deep.equal(defaults);
    expect(at(0.4, 0.1).defaults).to.be.greaterThan(at(0.4, 0.01).defaults);
  });

  it('vulnerable-banks: systemicness rises with size and is concentrated', function () {
    const rows = vulnerableBanksStudy
      .run(published(this))
      .rows.filter((r) => (r['systemicness'] as number) > 0);
    const logs = (name: string) => rows.map((r) => log(r[name] as number));
    expect(correlation(logs('totalAssets'), logs('systemicness'))).to.be.greaterThan(0.4);
    const sorted = rows.map((r) => r['systemicness'] as number).sort((a, b) => b - a);
    const sum = (x: number[]) => x.reduce((a, b) => a + b, 0);
    expect(sum(sorted.slice(0, 5)) / sum(sorted)).to.be.greaterThan(0.35);
  });

  it('self-correcting: marginal spending leaves no more loss than any naive policy, at every budget', function () {
    const points = comparePolicies(tippingShock(published(this))!.system);
    for (const { policy, budget, loss, spent } of points) {
      const ours = points.find((p) => p.policy === 'marginal' && p.budget === budget)!;
      expect(ours.loss, `${policy} at ${budget}`).to.be.at.most(loss + 1e-12);
      expect(spent).to.be.at.most(budget * (1 + 1e-9));
    }
  });
});
