import { join } from 'node:path';
import type { DayFacts } from '../core/events.js';
import type { Globals } from './globals.js';
import type { Manifest } from './manifest.js';
import { progress } from './progress.js';
import { simulateInto, type Job } from './simulate-into.js';
import { summaryText } from './summary.js';

/** What the bar says of the system's state. */
function stressOf({ tables }: DayFacts): string {
  const value = (name: string): number => (tables.days?.[name] as Float64Array | undefined)?.[0] ?? 0;
  const [breaches, active, defaults] = [value('breaches'), value('active'), value('defaults')];
  return `stress ${((100 * breaches) / Math.max(1, active)).toFixed(0)}% forced to sell${defaults > 0 ? `, ${defaults} default` : ''}`;
}

/** How long a run took, and where the time went: parts of at least a hundredth. */
function timeText({ wallClock: { seconds, parts }, engine }: Manifest): string {
  const shares = Object.entries(parts)
    .map(([part, spent]) => [part, Math.round((100 * spent) / seconds)] as const)
    .filter(([, percent]) => percent > 0);
  return `${seconds.toFixed(1)} s (${engine}): ${shares.map(([part, percent]) => `${part} ${percent}%`).join(', ')}`;
}

/** Simulates with a bar on stderr, then prints what came of it. */
export async function runJob(job: Omit<Job, 'onDay'>, options: Globals): Promise<void> {
  const { scenario, folder } = job;
  const bar = progress(scenario.days, options);
  const onDay = (facts: DayFacts): void => bar.update(facts.day, stressOf(facts));
  const { metrics, manifest } = await simulateInto({ ...job, onDay }).finally(bar.done);
  if (!options.quiet) process.stderr.write(`${scenario.days} days in ${timeText(manifest)}\n`);
  const report = join(folder, 'report.html');
  const printed = {
    json: () => `${JSON.stringify({ run: folder, report, metrics }, null, 2)}\n`,
    text: () => `${summaryText(scenario, metrics)}\n${report}\n`,
  };
  process.stdout.write(printed[options.format]());
}
