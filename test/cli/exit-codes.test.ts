import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { exitCodes } from '../../cli/exit-codes.js';

describe('exit codes', () => {
  it('are those that the how-to explains', () => {
    const text = readFileSync(new URL('../../docs/how-to/exit-codes.md', import.meta.url), 'utf8');
    const rows = [...text.matchAll(/^\| +(\d+) \| `(\w+)` +\| (.+) \|$/gm)];
    expect(Object.fromEntries(rows.map(([, code, name]) => [name, Number(code)]))).to.deep.equal(exitCodes);
    for (const [, code, , meaning] of rows) expect(meaning!.trim(), code).not.to.equal('');
  });
});
