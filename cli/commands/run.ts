import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import type { DayFacts } from '../../core/events.js';
import { overridesOf, scenarioOptions, wholeNumber, type Globals, type ScenarioOptions } from '../globals.js';
import { progress } from '../progress.js';
import { runName } from '../run-directory.js';
import { readScenario } from '../scenario-file.js';
import { simulateInto } from '../simulate-into.js';
import { summaryText } from '../summary.js';

interface Options extends Globals, ScenarioOptions {
  readonly workers: number;
  readonly out: string;
  readonly force: boolean;
}

/** What the bar says of the system's state. */
function stressOf({ tables }: DayFacts): string {
  const value = (name: string): number => (tables.days?.[name] as Float64Array | undefined)?.[0] ?? 0;
  const [breaches, active, defaults] = [value('breaches'), value('active'), value('defaults')];
  return `stress ${((100 * breaches) / Math.max(1, active)).toFixed(0)}% forced to sell${defaults > 0 ? `, ${defaults} default` : ''}`;
}

async function run(options: Options): Promise<void> {
  const { scenario, provenance } = readScenario(options.scenario, overridesOf(options));
  const folder = join(options.out, runName(scenario));
  const bar = progress(scenario.days, options);
  const onDay = (facts: DayFacts): void => bar.update(facts.day, stressOf(facts));
  const { metrics, manifest } = await simulateInto({
    scenario,
    workers: options.workers,
    provenance,
    folder,
    force: options.force,
    onDay,
  }).finally(bar.done);
  const { seconds, learningShare } = manifest.wallClock;
  if (!options.quiet)
    process.stderr.write(
      `${scenario.days} days in ${seconds.toFixed(1)} s, ${(100 * (learningShare ?? 0)).toFixed(0)}% of it learning (${manifest.engine})\n`,
    );
  const report = join(folder, 'report.html');
  const printed = {
    json: () => `${JSON.stringify({ run: folder, report, metrics }, null, 2)}\n`,
    text: () => `${summaryText(scenario, metrics)}\n${report}\n`,
  };
  process.stdout.write(printed[options.format]());
}

/** `herdscope run`: one scenario in, one record and report out. */
export const runCommand: CommandModule<object, Options> = {
  command: 'run [scenario]',
  describe: 'Simulate a scenario and write its record and report',
  builder: (yargs) =>
    scenarioOptions(yargs)
      .option('out', {
        type: 'string',
        default: 'runs',
        describe: 'Folder that the run’s own folder is made in',
      })
      .option('workers', {
        type: 'number',
        default: availableParallelism(),
        defaultDescription: 'as many as the machine has cores',
        describe: 'Threads that institutions are spread over; results are the same for any number',
        coerce: wholeNumber('--workers'),
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Run again over a complete run of the same name',
      }) as never,
  handler: run,
};
