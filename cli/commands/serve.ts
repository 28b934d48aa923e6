import { join } from 'node:path';
import type { CommandModule } from 'yargs';
import { openCoordinator, type Coordinator, type Listening } from '../../coordinator/server.js';
import type { Scenario } from '../../core/scenario.js';
import { createStage } from '../../market/stage.js';
import { usageError } from '../errors.js';
import { overridesOf, scenarioOptions, type Globals, type ScenarioOptions } from '../globals.js';
import { pem } from '../pem.js';
import { runName } from '../run-directory.js';
import { runJob } from '../run-job.js';
import { readScenario } from '../scenario-file.js';
import { readTokens } from '../tokens.js';

interface Options extends Globals, ScenarioOptions {
  readonly out: string;
  readonly force: boolean;
  readonly host: string;
  readonly port: number;
  readonly tokens?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127\./.test(host);

function listening(options: Options, scenario: Scenario): Listening {
  const { host, port, tokens, tlsCert, tlsKey, quiet } = options;
  const roster = createStage(scenario).institutions.map(({ id }) => id);
  if (tokens === undefined && !isLoopback(host))
    throw usageError(`serve: beyond this machine (--host ${host}) hosts must show a token: --tokens FILE`);
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw usageError('serve: --tls-cert and --tls-key belong together');
  return {
    host,
    port,
    roster,
    tokens: tokens === undefined ? undefined : readTokens(tokens, roster),
    tls: tlsCert !== undefined && tlsKey !== undefined ? { cert: pem(tlsCert), key: pem(tlsKey) } : undefined,
    pooled: scenario.federation.membership === 'centralised',
    log: (line) => void (quiet || process.stderr.write(`${line}\n`)),
  };
}

/** Opens the door, or says in one line why it cannot. */
async function open(given: Listening): Promise<Coordinator> {
  try {
    return await openCoordinator(given);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Readonly<Record<string, string>> = {
      EADDRINUSE: 'the port is in use',
      EACCES: 'the port may not be used',
      EADDRNOTAVAIL: 'this machine does not have that address',
    };
    throw usageError(`serve: ${given.host}:${given.port}: ${reasons[code ?? ''] ?? message}`);
  }
}

async function serve(options: Options): Promise<void> {
  const { scenario, provenance } = readScenario(options.scenario, overridesOf(options));
  const given = listening(options, scenario);
  const coordinator = await open(given);
  try {
    const scheme = given.tls ? 'https' : 'http';
    given.log(
      `listening on ${scheme}://${given.host}:${coordinator.port} for ${given.roster.length} institutions`,
    );
    const hosts = await coordinator.gathered;
    const folder = join(options.out, runName(scenario));
    await runJob({ scenario, provenance, folder, force: options.force, openHosts: () => hosts }, options);
  } finally {
    await coordinator.close();
  }
}

/** `herdscope serve`: a coordinator whose institutions run elsewhere. */
export const serveCommand: CommandModule<object, Options> = {
  command: 'serve [scenario]',
  describe: 'Coordinate a run whose institutions join from other processes or machines',
  builder: (yargs) =>
    scenarioOptions(yargs)
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
        describe: 'File of tokens and the institutions that each may run; required beyond this machine',
      })
      .option('tls-cert', { type: 'string', describe: 'Certificate, PEM' })
      .option('tls-key', { type: 'string', describe: 'Its key, PEM' }) as never,
  handler: serve,
};
