import type { Command } from '../command.js';
import { overridesOf, scenarioOptions, type Globals, type ScenarioOptions } from '../globals.js';
import { notesOf } from '../notes.js';
import { runName } from '../run-directory.js';
import { requireModels } from '../check-models.js';
import { readScenario } from '../scenario-file.js';

type Options = Globals & ScenarioOptions;

async function validate(options: Options): Promise<void> {
  const read = readScenario(options.scenario, overridesOf(options));
  const ofModels = await requireModels(read);
  const { scenario } = read;
  const name = runName(scenario);
  const notes = [...notesOf(scenario), ...ofModels];
  const size = `${scenario.days} days, ${scenario.institutions.count} institutions, ${scenario.assets.length} assets`;
  const printed = {
    json: () => JSON.stringify({ valid: true, run: name, notes, scenario }, null, 2),
    text: () => [`valid: ${name}, ${size}`, ...notes.map((note) => `note: ${note}`)].join('\n'),
  };
  process.stdout.write(`${printed[options.format]()}\n`);
}

/** `herdscope validate`: everything that is wrong with a scenario, at once. */
export const validateCommand: Command<Options> = {
  builder: (yargs) => scenarioOptions(yargs) as never,
  handler: validate,
};
