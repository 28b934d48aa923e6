import type { CommandModule } from 'yargs';
import { scenarioJsonSchema } from '../scenario-schema.js';

/** `herdscope schema`: the scenario's JSON Schema, for editors. */
export const schemaCommand: CommandModule = {
  command: 'schema',
  describe: 'Print the JSON Schema of scenarios, for editors to complete from',
  handler: () => {
    process.stdout.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
  },
};
