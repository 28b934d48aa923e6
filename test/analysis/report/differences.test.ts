import { expect } from 'chai';
import { differences } from '../../../analysis/report/differences.js';

describe('differences', () => {
  it('names each differing setting at its deepest path', () => {
    const found = differences({ a: { b: 1, c: 2 }, d: [{ e: 1 }] }, { a: { b: 1, c: 3 }, d: [{ e: 2 }] });
    expect(found).to.deep.equal([
      { path: 'a.c', value: 2, otherwise: 3 },
      { path: 'd.0.e', value: 1, otherwise: 2 },
    ]);
  });

  it('gives lists of unlike length, and what one side lacks, whole', () => {
    expect(differences({ a: [1, 2] }, { a: [1] })).to.deep.equal([
      { path: 'a', value: [1, 2], otherwise: [1] },
    ]);
    expect(differences({ a: 1 }, {})).to.deep.equal([{ path: 'a', value: 1, otherwise: undefined }]);
    expect(differences({ a: [{ b: 1 }] }, { a: [{ b: 1 }] })).to.deep.equal([]);
  });
});
