import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import yargs from 'yargs';
import { commands } from '../../cli/commands/index.js';
import { root } from './herdscope.js';

describe('the list of commands', () => {
  it('has every command that has a file, and each can be loaded', async () => {
    const named = commands.map(({ command }) => (command as string).split(' ')[0]);
    const files = readdirSync(join(root, 'cli/commands')).filter((file) => file !== 'index.ts');
    expect([...named].sort()).to.deep.equal(files.map((file) => file.replace('.ts', '')).sort());
    for (const { builder } of commands)
      expect(await (builder as (y: unknown) => Promise<unknown>)(yargs([]))).to.have.property('parseAsync');
  });
});
