import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { root, workplace } from '../cli/herdscope.js';

/** Every `sh` block of the README, in order; those that install or test the checkout itself are CI's own steps. */
const blocks = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)]
  .map(([, text]) => text!)
  .filter((text) => !/npm (ci|install|test)/.test(text));

describe('the README’s commands', function () {
  this.timeout(300_000);
  const place = workplace();
  after(place.remove);

  it('stand at its top, word for word', () => {
    expect(readFileSync(join(root, 'README.md'), 'utf8')).to.match(
      /```sh\nnpm ci && npm start\nnpm ci && npm test\n```/,
    );
  });

  it('run as they stand, one block after another', function () {
    if (!existsSync(join(root, 'dist/cli/index.js'))) this.skip();
    expect(blocks.length).to.be.above(2);
    symlinkSync(join(root, 'scenarios'), join(place.path, 'scenarios'));
    for (const block of blocks)
      execFileSync(
        'bash',
        [
          '-euo',
          'pipefail',
          '-c',
          block.replaceAll('npx herdscope', `node ${join(root, 'dist/cli/index.js')}`),
        ],
        {
          cwd: place.path,
          stdio: 'pipe',
        },
      );
  });
});
