import type { CommandModule } from 'yargs';
import { overridesOf, scenarioOptions, type Globals, type ScenarioOptions } from '../globals.js';
import { runName } from '../run-directory.js';
import { readScenario } from '../scenario-file.js';

type Options = Globals & ScenarioOptions;

function validate(options: Options): void {
  const { scenario } = readScenario(options.scenario, overridesOf(options));
  const name = runName(scenario);
  const printed = {
    json: () => JSON.stringify({ valid: true, run: name, scenario }, null, 2),
    text: () =>
      `valid: ${name}, ${scenario.days} days, ${scenario.institutions.count} institutions, ${scenario.assets.length} assets`,
  };
  process.stdout.write(`${printed[options.format]()}\n`);
}

/** `herdscope validate`: everything that is wrong with a scenario, at once. */
export const validateCommand: CommandModule<object, Options> = {
  command: 'validate [scenario]',
  describe: 'Check a scenario and say everything that is wrong with it',
  builder: (yargs) => scenarioOptions(yargs) as never,
  handler: validate,
};
