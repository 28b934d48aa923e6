import { expect } from 'chai';
import { parseCsv } from '../../cli/csv.js';
import { refusal } from '../refusal.js';

const read = (...lines: string[]) => parseCsv(lines.join('\n'), 'x.csv');
const fault = (...lines: string[]) => refusal(() => read(...lines));
const table = [
  [1, 2],
  [3, -4e-2],
];

describe('parseCsv', () => {
  it('with and without a header, with and without labels', () => {
    expect(read('1,2', '3,-4e-2')).to.deep.equal(table);
    expect(read('a,b', '1,2', '3,-4e-2')).to.deep.equal(table);
    expect(read('2020-01-01,1,2', '2020-01-02,3,-4e-2')).to.deep.equal(table);
    expect(read('date,a,b', '2020-01-01,1,2', '2020-01-02,3,-4e-2')).to.deep.equal(table);
    expect(read(',a,b', '0,1,2', '1,3,-4e-2')).to.deep.equal(table);
  });

  it('one column, with and without a name', () => {
    expect(read('r', '1', '2')).to.deep.equal([[1], [2]]);
    expect(read('1', '2')).to.deep.equal([[1], [2]]);
  });

  it('quotes, spaces, Windows line ends, a byte-order mark, blank lines at the end', () => {
    expect(parseCsv('\uFEFF"a, ""x""", b\r\n1 , 2\r\n3,-4e-2\r\n\r\n', 'x.csv')).to.deep.equal(table);
  });

  it('names file, line and column of a cell that is not a number', () => {
    expect(fault('a,b', '1,2', '3,x')).to.equal(
      'x.csv:3:2: line 3, column 2 (b) is not a finite number: "x"',
    );
    expect(fault('1,2', '3,')).to.equal('x.csv:2:2: line 2, column 2 is empty');
    expect(fault('d,a', '2020,', 'x,1')).to.match(/^x\.csv:2:2: .*\(a\) is empty/);
    expect(fault('1,NaN', '2,3')).to.match(/^x\.csv:1:2: .*"NaN"/);
    expect(fault('1,2', '3,1e999')).to.match(/^x\.csv:2:2: .*"1e999"/);
    expect(fault('1,2', 'x,3')).to.match(/^x\.csv:2:1: /);
    expect(fault('1,0x10', '2,3')).to.match(/^x\.csv:1:2: /);
  });

  it('names a ragged row, an empty, a binary and a header-only file, and a broken quote', () => {
    expect(fault('1,2', '3')).to.equal('x.csv:2:2: has 1 values where line 1 has 2');
    expect(fault('1,2', '3,4,5')).to.equal('x.csv:2:3: has 3 values where line 1 has 2');
    expect(fault('', ' ')).to.equal('x.csv:1:1: is empty');
    expect(fault('1,\0')).to.equal('x.csv:1:1: is binary, not CSV');
    expect(fault('a,b')).to.equal('x.csv:1:1: has a header but no rows');
    expect(fault('1,2', '"3,4')).to.match(/^x\.csv:2: a quote/);
  });
});
