import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { herdscope, workplace } from '../cli/herdscope.js';
import { troubled } from './troubled.js';

describe('e2e/reproduce', function () {
  this.timeout(300_000);
  const place = workplace();
  after(place.remove);

  it('60 institutions x 250 days with an outage and a default: run, verify, reproduce; a forged day is named', async () => {
    const out = join(place.path, 'runs');
    const words = troubled.flatMap((assignment) => ['-S', assignment]);
    const first = await herdscope('run', ...words, '--out', out, '--quiet');
    expect([first.code, first.stderr]).to.deep.equal([0, '']);
    const run = join(out, readdirSync(out)[0]!);
    const events = readFileSync(join(run, 'events.jsonl'), 'utf8');
    for (const kind of ['outage', 'default', 'breach']) expect(events).to.include(`"kind":"${kind}"`);
    expect((await herdscope('verify', run)).code).to.equal(0);
    const moved = join(place.path, 'moved');
    cpSync(run, moved, { recursive: true });
    const again = await herdscope('reproduce', moved, '--quiet');
    expect([again.code, again.stderr]).to.deep.equal([0, '']);
    writeFileSync(join(moved, 'events.jsonl'), events.replace(/("kind":"default".*?)(\d)/, '$1$2$2'));
    const forged = await herdscope('verify', moved, '--quiet');
    expect(forged.code).to.equal(7);
    expect(forged.stderr).to.match(/day \d+/);
  });
});
