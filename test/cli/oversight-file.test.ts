import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { oversightIn, nothingHeard, readHeard } from '../../cli/oversight-file.js';
import { oversightFile } from '../../cli/run-directory.js';
import { NotTaken, type Said } from '../../coordinator/live-authority.js';
import { workplace } from './herdscope.js';

const ordered = (day: number): Said => ({
  kind: 'ordered',
  day,
  ordered: { by: 'ada', entry: { kind: 'halt' } },
});

describe('cli/oversight-file', () => {
  const { path: folder, remove } = workplace();
  const path = join(folder, oversightFile);
  after(remove);

  it('keeps nothing before it was begun, and then everything', () => {
    expect(readHeard(folder)).deep.equal(nothingHeard);
    const file = oversightIn(folder, nothingHeard);
    expect(() => file.keep(ordered(3))).to.throw(NotTaken, 'has not begun');
    file.begin();
    file.keep(ordered(3));
    file.keep(ordered(4));
    expect(readHeard(folder)).deep.equal({ said: [ordered(3), ordered(4)], openFrom: 4 });
  });

  it('forgets a line that a kill cut short, and goes on behind the one before', () => {
    appendFileSync(path, '{"kind":"ordered","day":5');
    const heard = readHeard(folder);
    expect(heard.said).length(2);
    const file = oversightIn(folder, heard);
    file.begin();
    file.keep(ordered(6));
    expect(readHeard(folder)).deep.equal({ said: [ordered(3), ordered(4), ordered(6)], openFrom: 6 });
  });

  it('opens no day again that the record told of, even where the record has been cut back since', () => {
    writeFileSync(join(folder, 'events.jsonl'), '{"day":8,"kind":"day"}\n{"day":9,"kind":"or');
    const heard = readHeard(folder);
    expect(heard.openFrom).equal(9);
    oversightIn(folder, heard).begin();
    writeFileSync(join(folder, 'events.jsonl'), '');
    expect(readHeard(folder)).deep.equal(heard);
  });

  it('that is damaged is refused with its line', () => {
    writeFileSync(path, readFileSync(path, 'utf8').replace('"kind":"ordered"', '"kind":ordered"'));
    expect(() => readHeard(folder)).to.throw(`${path}:2: is damaged`);
  });
});
