import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { evaluate } from '../../cli/evaluate.js';
import { measureNamed } from '../../cli/measures.js';
import { refusal } from '../refusal.js';

describe('evaluate', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'herdscope-'));
    writeFileSync(join(folder, 'weights.csv'), 'bank,gov,corp\na,0.5,0.5\nb,0.25,0.75\n');
    writeFileSync(join(folder, 'aum.csv'), 'aum\n100\n50\n');
    writeFileSync(join(folder, 'blob.csv'), Uint8Array.of(0xff, 0xfe, 0x00, 0x80));
  });
  after(() => rmSync(folder, { recursive: true }));

  const run = (name: string, input: unknown) => evaluate(measureNamed(name), input, folder);
  const fault = (name: string, input: unknown) => refusal(() => run(name, input));
  const weights = [
    [0.5, 0.5],
    [0.25, 0.75],
  ];

  it('a file stands for the main table, for any matrix and for any list', () => {
    const expected = run('overlap', { weights, aum: [100, 50] });
    expect(run('overlap', { file: 'weights.csv', aum: { file: 'aum.csv' } })).to.deep.equal(expected);
    expect(run('overlap', { weights: { file: 'weights.csv' }, aum: [100, 50] })).to.deep.equal(expected);
  });

  it('names files that are missing, binary, of the wrong shape, or given twice', () => {
    expect(fault('overlap', { file: 'none.csv' })).to.equal('none.csv: does not exist');
    expect(fault('overlap', { file: '.' })).to.equal('.: is a folder');
    expect(fault('overlap', { file: 'blob.csv' })).to.equal('blob.csv: is binary, not text');
    expect(fault('overlap', { weights, aum: { file: 'weights.csv' } })).to.match(
      /^weights\.csv: has 2 rows and 2 col/,
    );
    expect(fault('overlap', { weights, file: 'weights.csv' })).to.match(/^file: stands for weights/);
    expect(fault('overlap', { file: 3 })).to.equal('file: must be the path of a CSV file');
  });

  it('names every fault at once, by field', () => {
    const faults = fault('overlap', { weights: [[1, 'x'], [1]], aum: [-1], amu: [1] }).split('\n');
    expect(faults).to.include('weights[0][1]: must be a finite number');
    expect(faults).to.include('aum[0]: must be positive');
    expect(faults).to.include('amu: unknown key; did you mean "aum"?');
  });

  it('names ragged rows, missing keys, and an input that is no object', () => {
    expect(fault('overlap', { weights: [[1, 2], [1]] })).to.match(
      /^weights\[1\]: has 1 values where row 0 has 2/,
    );
    expect(fault('overlap', {})).to.match(/^weights: is required/);
    expect(fault('overlap', [1])).to.match(/^input: /);
    expect(fault('overlap', null)).to.match(/^input: /);
    expect(fault('lsv', { periods: [{ buys: [1, 2], sells: [1] }] })).to.match(
      /^periods\[0\]\.sells: has 1 values/,
    );
  });

  it('an answer that overflows is refused, not printed as null', () => {
    expect(
      fault('order-flow-concentration', {
        flows: [
          [1e308, 1e308],
          [1e308, -1e308],
        ],
      }),
    ).to.match(/too extreme/);
  });

  it('an unknown measure is answered with the nearest', () => {
    expect(refusal(() => measureNamed('overlp'))).to.equal(
      'unknown measure "overlp"; did you mean "overlap"?',
    );
    expect(refusal(() => measureNamed('toString'))).to.match(/^unknown measure "toString"/);
  });
});
