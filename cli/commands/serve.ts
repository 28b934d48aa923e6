import { join } from 'node:path';
import type { Command } from '../command.js';
import { usageError } from '../errors.js';
import {
  checkpointOption,
  overridesOf,
  scenarioOptions,
  type Globals,
  type ScenarioOptions,
} from '../globals.js';
import { logStyles } from '../log.js';
import { runName } from '../run-directory.js';
import { readScenario } from '../scenario-file.js';
import { serveRun } from '../serving.js';
import type { ServingOptions } from '../serving-file.js';

interface Options extends Globals, ScenarioOptions, ServingOptions {
  readonly out: string;
  readonly force: boolean;
  readonly checkpointEvery?: number | undefined;
}

async function serve(options: Options): Promise<void> {
  const { scenario, provenance } = readScenario(options.scenario, overridesOf(options));
  const { out, force, checkpointEvery, host, port, tokens, tlsCert, tlsKey, tlsCa, log } = options;
  const serving = { host, port, tokens, tlsCert, tlsKey, tlsCa, log };
  const folder = join(out, runName(scenario));
  await serveRun({ scenario, provenance, folder, force, checkpointEvery, serving, from: undefined }, options);
}

/** `herdscope serve`: a coordinator whose institutions run elsewhere. */
export const serveCommand: Command<Options> = {
  builder: (yargs) =>
    checkpointOption(scenarioOptions(yargs))
      .option('out', {
        type: 'string',
        default: 'runs',
        describe: 'Folder that the run’s own folder is made in',
      })
      .option('force', {
        type: 'boolean',
        default: false,
        describe: 'Run again over a complete run of the same name',
      })
      .option('host', { type: 'string', default: '127.0.0.1', describe: 'Address to listen on' })
      .option('port', {
        type: 'number',
        default: 8787,
        describe: 'Port to listen on; 0: any that is free',
        coerce: (port: number) => {
          if (Number.isInteger(port) && port >= 0 && port < 65536) return port;
          throw usageError('--port: must be a whole number from 0 to 65535');
        },
      })
      .option('tokens', {
        type: 'string',
        describe:
          'File of tokens and who each is for; required beyond this machine, unless --tls-ca is given',
      })
      .option('tls-cert', { type: 'string', describe: 'Certificate, PEM' })
      .option('tls-key', { type: 'string', describe: 'Its key, PEM' })
      .option('tls-ca', {
        type: 'string',
        describe: 'Hosts must show a certificate that this one signed, with their institutions as names; PEM',
      })
      .option('log', {
        choices: logStyles,
        default: 'text' as const,
        describe: 'How what happens is told on stderr',
      }) as never,
  handler: serve,
};
