import { z } from 'zod';
import { feedLineSchema } from '../../core/feed.js';
import type { Command } from '../command.js';
import { defaultScenarioText } from '../default-scenario.js';
import { scenarioJsonSchema } from '../scenario-schema.js';

interface Options {
  readonly defaults?: boolean;
  readonly feed?: boolean;
}

const json = (schema: unknown): string => `${JSON.stringify(schema, null, 2)}\n`;

/** `herdscope schema`: what a scenario may say, for editors; or all that it says when nothing is set. */
export const schemaCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .option('defaults', {
        type: 'boolean',
        describe: 'Print the default scenario as YAML instead',
      })
      .option('feed', {
        type: 'boolean',
        describe: 'Print the JSON Schema of a line of the feed instead',
      })
      .conflicts('feed', 'defaults') as never,
  handler: ({ defaults, feed }) => {
    if (defaults) process.stdout.write(defaultScenarioText());
    else process.stdout.write(json(feed ? z.toJSONSchema(feedLineSchema) : scenarioJsonSchema()));
  },
};
