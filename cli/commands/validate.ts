import type { Command } from '../command.js';
import { overridesOf, scenarioOptions, type Globals, type ScenarioOptions } from '../globals.js';
import { runName } from '../run-directory.js';
import { requireModels } from '../check-models.js';
import { readScenario } from '../scenario-file.js';

type Options = Globals & ScenarioOptions;

async function validate(options: Options): Promise<void> {
  const read = readScenario(options.scenario, overridesOf(options));
  await requireModels(read);
  const { scenario } = read;
  const name = runName(scenario);
  const printed = {
    json: () => JSON.stringify({ valid: true, run: name, scenario }, null, 2),
    text: () =>
      `valid: ${name}, ${scenario.days} days, ${scenario.institutions.count} institutions, ${scenario.assets.length} assets`,
  };
  process.stdout.write(`${printed[options.format]()}\n`);
}

/** `herdscope validate`: everything that is wrong with a scenario, at once. */
export const validateCommand: Command<Options> = {
  builder: (yargs) => scenarioOptions(yargs) as never,
  handler: validate,
};
