import type { CommandModule } from 'yargs';
import { defaultScenarioText } from '../default-scenario.js';
import { scenarioJsonSchema } from '../scenario-schema.js';

interface Options {
  readonly defaults: boolean;
}

/** `herdscope schema`: what a scenario may say, for editors; or all that it says when nothing is set. */
export const schemaCommand: CommandModule<object, Options> = {
  command: 'schema',
  describe: 'Print the JSON Schema of scenarios, for editors to complete from',
  builder: (yargs) =>
    yargs.option('defaults', {
      type: 'boolean',
      default: false,
      describe: 'Print the default scenario as YAML instead',
    }),
  handler: ({ defaults }) => {
    process.stdout.write(
      defaults ? defaultScenarioText() : `${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`,
    );
  },
};
