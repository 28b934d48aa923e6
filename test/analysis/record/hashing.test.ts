import { expect } from 'chai';
import { columnNames } from '../../../analysis/record/batch.js';
import { hashTables } from '../../../analysis/record/hashing.js';
import { tables, type ColumnData } from '../../../core/events.js';

/** The hash of one row of asset prices of which every number is `value`. */
function hashOf(value: number): string {
  const types = tables.assets.columns as Record<string, { readonly type: string }>;
  const cell = (name: string): ColumnData =>
    types[name]!.type === 'string' ? ['equity'] : Float64Array.of(value);
  return hashTables([
    ['assets', Object.fromEntries(columnNames('assets').map((name) => [name, cell(name)]))],
  ]);
}

describe('hashes of rows', () => {
  it('know one zero, as a file of columns does', () => {
    expect(hashOf(-0)).to.equal(hashOf(0));
  });

  it('know every other change', () => {
    expect(hashOf(1 + Number.EPSILON)).not.to.equal(hashOf(1));
    expect(hashOf(-1)).not.to.equal(hashOf(1));
  });
});
