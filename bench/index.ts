import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Runs every bench in turn; each prints its own ratios, targets, and pass or short. */
const folder = fileURLToPath(new URL('.', import.meta.url));
const benches = readdirSync(folder).filter((file) => file.endsWith('.ts') && file !== 'index.ts');
for (const bench of benches.sort()) {
  process.stdout.write(`\n# ${bench}\n`);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', `${folder}${bench}`], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exitCode = 1;
}
