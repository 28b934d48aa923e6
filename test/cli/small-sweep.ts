import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { small } from '../small-run.js';
import { herdscope } from './herdscope.js';

export const smallDesign = `name: two
question: What do shared signals do?
scenario: small.yaml
design: factorial
over:
  homogeneity.signals: [0, 1]
replications: 2
metrics: [crowding, volatility]
`;

/** Writes a design over the small scenario into a folder; returns its path. */
export function writeDesign(folder: string, text = smallDesign): string {
  writeFileSync(join(folder, 'small.yaml'), JSON.stringify(small));
  writeFileSync(join(folder, 'design.yaml'), text);
  return join(folder, 'design.yaml');
}

/** Makes a sweep of four small runs, or of the design given; returns its folder. */
export async function makeSmallSweep(folder: string, out: string, text?: string): Promise<string> {
  const words = ['--out', join(folder, out), '-j', '2', '--quiet'];
  const { code, stderr } = await herdscope('sweep', 'run', writeDesign(folder, text), ...words);
  expect([code, stderr]).to.deep.equal([0, '']);
  return join(folder, out, readdirSync(join(folder, out))[0]!);
}
