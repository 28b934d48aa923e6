import { joinRun, type Parting } from '../../agents/client.js';
import { createHost } from '../../agents/host.js';
import { memoryKeeper } from '../../agents/host/keeper.js';
import type { Handshake } from '../../core/handshake.js';
import { protocolVersion } from '../../core/protocol.js';
import type { Command } from '../command.js';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { pem } from '../pem.js';
import { folderKeeper } from '../state-folder.js';

interface Options extends Globals {
  readonly url: string;
  readonly institutions?: string | undefined;
  readonly hosts?: string | undefined;
  readonly token?: string | undefined;
  readonly state?: string | undefined;
  readonly scenario?: string | undefined;
  readonly set: readonly string[];
  readonly seed?: number | undefined;
  readonly tlsCa?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly retry: number;
}

function seatsOf({ institutions, hosts }: Options): Handshake['seats'] {
  if ((institutions === undefined) === (hosts === undefined))
    throw usageError('join: name --institutions bank-01,bank-02 or a part of the roster, --hosts 1/2');
  if (institutions !== undefined) return { institutions: institutions.split(',').filter((id) => id !== '') };
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(hosts!) ?? [];
  if (part === undefined || Number(part) < 1 || Number(part) > Number(of))
    throw usageError('join: --hosts is i/n, the i-th of n equal parts of the roster, as in 1/2');
  return { part: Number(part), of: Number(of) };
}

/** The hash of the scenario that the host means to be part of; reading one takes a while, so only where asked. */
async function expected({ scenario, set, seed }: Options): Promise<{ readonly scenario?: string }> {
  if (scenario === undefined && (set.length > 0 || seed !== undefined))
    throw usageError('join: --set and --seed say more of a --scenario, which is not given');
  if (scenario === undefined) return {};
  const { readScenario } = await import('../scenario-file.js');
  const { overridesOf } = await import('../globals.js');
  const { hashText } = await import('../../analysis/record/hashing.js');
  const { resolvedText } = await import('../run-directory.js');
  const read = readScenario(scenario, overridesOf({ scenario, set, seed }));
  return { scenario: hashText(resolvedText(read.scenario)) };
}

function tlsOf({ tlsCa, tlsCert, tlsKey }: Options) {
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw usageError('join: --tls-cert and --tls-key belong together');
  return {
    ...(tlsCa === undefined ? {} : { ca: pem(tlsCa) }),
    ...(tlsCert === undefined ? {} : { cert: pem(tlsCert) }),
    ...(tlsKey === undefined ? {} : { key: pem(tlsKey) }),
  };
}

type Failed = Exclude<Parting['kind'], 'over'>;

const endings = {
  refused: () => ({ code: exitCodes.refused, said: 'refused' }),
  unreachable: ({ retry }) => ({ code: exitCodes.unreachable, said: `no coordinator within ${retry} s` }),
  lost: () => ({ code: exitCodes.run, said: 'the run ended before its end' }),
} satisfies Record<Failed, (options: Options) => { readonly code: number; readonly said: string }>;

async function join(options: Options): Promise<void> {
  const { url, token = process.env['HERDSCOPE_TOKEN'], quiet, state, retry } = options;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw usageError(`join: ${url} is not the address of a coordinator, such as http://127.0.0.1:8787`);
  if (!(retry > 0 && retry <= 86_400))
    throw usageError('join: --retry is a number of seconds, more than 0 and at most 86400');
  const say = (line: string): void => void (quiet || process.stderr.write(`${line}\n`));
  const parting = await joinRun(createHost(), {
    url,
    token,
    handshake: { protocol: protocolVersion, seats: seatsOf(options), ...(await expected(options)) },
    retrySeconds: retry,
    tls: tlsOf(options),
    keeper: state === undefined ? memoryKeeper() : folderKeeper(state),
    joined: () => say(`joined ${url}`),
    lost: (reason) => say(`lost ${url} (${reason}); trying again for ${retry} s`),
  });
  if (parting.kind !== 'over') {
    const { code, said } = endings[parting.kind](options);
    throw new CliError(code, [`${url}: ${said}: ${parting.reason}`]);
  }
  say('the run is over');
}

/** `herdscope join`: runs institutions for a coordinator elsewhere. */
export const joinCommand: Command<Options> = {
  builder: (yargs) =>
    yargs
      .positional('url', { type: 'string', demandOption: true, describe: 'Such as http://127.0.0.1:8787' })
      .option('institutions', { type: 'string', describe: 'Which to run, with commas between' })
      .option('hosts', { type: 'string', describe: 'i/n: the i-th of n equal parts of the roster' })
      .option('token', {
        type: 'string',
        describe:
          'Token that the coordinator knows these institutions by; HERDSCOPE_TOKEN where it is not given',
      })
      .option('state', {
        type: 'string',
        describe: 'Folder of this host’s own, where it keeps its states: a host that died can then come back',
      })
      .option('retry', {
        type: 'number',
        default: 60,
        describe: 'Seconds for which it tries to reach the coordinator, at first and whenever it loses it',
      })
      .option('scenario', {
        type: 'string',
        describe: 'The scenario that it means to be part of: any other is refused',
      })
      .option('seed', { type: 'number', describe: 'Replaces that scenario’s seed' })
      .option('set', {
        alias: 'S',
        type: 'string',
        array: true,
        nargs: 1,
        default: [] as string[],
        describe: 'Override of that scenario: path.to.key=value',
      })
      .option('tls-ca', { type: 'string', describe: 'Certificate to trust, PEM' })
      .option('tls-cert', { type: 'string', describe: 'The host’s own certificate, PEM' })
      .option('tls-key', { type: 'string', describe: 'Its key, PEM' }) as never,
  handler: join,
};
