import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { torchRates } from '../../../bench/learning/peers.js';

describe('the PyTorch yardstick', () => {
  const folder = mkdtempSync(join(tmpdir(), 'herdscope-yardstick-'));
  after(() => rmSync(folder, { recursive: true }));
  /** What is said where the interpreter is a shell that does this. */
  const said = (script: string) => {
    const path = join(folder, 'script.sh');
    writeFileSync(path, script);
    return torchRates('/bin/sh', path);
  };

  it('names the package where the module is missing', () => {
    expect(said('echo "ModuleNotFoundError: No module named \'torch\'" >&2; exit 1')).to.deep.equal({
      why: 'needs apt-get install python3-torch',
    });
  });

  it('tells any other failure as it is', () => {
    expect(said('echo "RuntimeError: no memory" >&2; exit 3')).to.deep.equal({
      why: `${join(folder, 'script.sh')} failed (exit 3): RuntimeError: no memory`,
    });
    expect(torchRates('/nowhere/python'))
      .to.have.property('why')
      .that.matches(/^\/nowhere\/python: .*ENOENT/);
  });

  it('hands over its figures', () => {
    expect(said('echo \'{"torch": "1", "mlpLoop": 2}\'')).to.deep.equal({ torch: '1', mlpLoop: 2 });
  });
});
