import { expect } from 'chai';
import { readPriceTable } from '../../../market/calibration/price-table.js';

const csv = (...rows: string[]): string => rows.join('\n') + '\n';
const good = ['date,a,b', '2024-01-02,10,20', '2024-01-03,11,21', '2024-01-04,12,22'];
const messages = (text: string): string[] => readPriceTable(text).problems.map(({ message }) => message);

describe('price table', () => {
  it('reads names, dates and prices; a byte-order mark, quotes, carriage returns and blank lines do no harm', () => {
    const text =
      '\ufeff' + csv('date,"a",b', '2024-01-02,"10",20', '', '2024-01-03,11,21').replaceAll('\n', '\r\n');
    const { table, problems } = readPriceTable(text);
    expect(problems).to.deep.equal([]);
    expect(table).to.deep.equal({
      names: ['a', 'b'],
      dates: ['2024-01-02', '2024-01-03'],
      rows: [2, 4],
      prices: [Float64Array.of(10, 11), Float64Array.of(20, 21)],
    });
  });

  it('takes empty cells before the first price as a late listing', () => {
    const { table, problems } = readPriceTable(csv(good[0]!, '2024-01-02,10,', '2024-01-03,11,NA', good[3]!));
    expect(problems).to.deep.equal([]);
    expect(table.prices[1]).to.deep.equal(Float64Array.of(NaN, NaN, 22));
  });

  const refused: [what: string, rows: string[], expected: string[]][] = [
    [
      'a missing value',
      [...good.slice(0, 2), '2024-01-03,,21', good[3]!],
      ['row 3, column 2 (a): the price is missing'],
    ],
    ['words', [...good.slice(0, 3), '2024-01-04,12,n0'], ['row 4, column 3 (b): "n0" is not a number']],
    [
      'infinity',
      [...good.slice(0, 3), '2024-01-04,Infinity,1'],
      ['row 4, column 2 (a): "Infinity" is not a number'],
    ],
    ['zero', [...good.slice(0, 3), '2024-01-04,12,0'], ['row 4, column 3 (b): 0 is not above 0']],
    [
      'a negative price',
      [...good.slice(0, 3), '2024-01-04,-3,1'],
      ['row 4, column 2 (a): -3 is not above 0'],
    ],
    [
      'a wrong date',
      [...good.slice(0, 3), '2023-02-29,12,22'],
      ['row 4, column 1: "2023-02-29" is not a date (YYYY-MM-DD)'],
    ],
    [
      'another way to write dates',
      [good[0]!, '02/01/2024,1,2'],
      ['row 2, column 1: "02/01/2024" is not a date (YYYY-MM-DD)'],
    ],
    ['a date twice', [...good, good[3]!], ['row 5, column 1: 2024-01-04 is also the date of row 4']],
    [
      'dates out of order',
      [...good, '2024-01-03,1,2'],
      ['row 5, column 1: 2024-01-03 comes after 2024-01-04 of row 4'],
    ],
    ['a short row', [...good, '2024-01-05,1'], ['row 5: has 2 cells, the header has 3']],
    ['a long row', [...good, '2024-01-05,1,2,3'], ['row 5: has 4 cells, the header has 3']],
    [
      'a column without prices',
      ['date,a,b', '2024-01-02,1,', '2024-01-03,2,'],
      ['column 3 (b): has no price'],
    ],
    ['a name twice', ['date,a,a', '2024-01-02,1,2'], ['row 1, column 3: "a" names two columns']],
    ['a missing name', ['date,a,', '2024-01-02,1,2'], ['row 1, column 3: has no name']],
    [
      'one asset only',
      ['date,a', '2024-01-02,1'],
      ['row 1: needs a column of dates and at least two of prices'],
    ],
    ['a header only', ['date,a,b'], ['has a header and no prices']],
  ];
  for (const [what, rows, expected] of refused)
    it(`refuses ${what} by row and column`, () => expect(messages(csv(...rows))).to.deep.equal(expected));

  it('refuses an empty file and one that is not text', () => {
    expect(messages('')).to.deep.equal(['is empty']);
    expect(messages('\n \n')).to.deep.equal(['is empty']);
    expect(messages('PK\u0003\u0004\0\0')).to.deep.equal(['is not a text file']);
    expect(messages('caf\ufffd,1')).to.deep.equal(['is not a text file']);
  });

  it('reports everything that is wrong at once, up to a hundred', () => {
    expect(messages(csv('date,a,b', '2024-13-01,x,-1'))).to.have.length(3);
    const many = Array.from({ length: 150 }, () => '2024-01-02,1,1');
    const found = messages(csv(good[0]!, ...many));
    expect(found).to.have.length(101);
    expect(found.at(-1)).to.equal('and 49 more problems of this kind');
  });
});
