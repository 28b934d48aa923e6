import type { CommandModule } from 'yargs';
import { joinRun, type Parting } from '../../agents/client.js';
import { createHost } from '../../agents/host.js';
import type { Handshake } from '../../core/handshake.js';
import { protocolVersion } from '../../core/protocol.js';
import { CliError, usageError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { pem } from '../pem.js';

interface Options extends Globals {
  readonly url: string;
  readonly institutions?: string | undefined;
  readonly hosts?: string | undefined;
  readonly token?: string | undefined;
  readonly tlsCa?: string | undefined;
}

/** Attempts to connect, a second apart. */
const attempts = 60;

function seatsOf({ institutions, hosts }: Options): Handshake['seats'] {
  if ((institutions === undefined) === (hosts === undefined))
    throw usageError('join: name --institutions bank-01,bank-02 or a part of the roster, --hosts 1/2');
  if (institutions !== undefined) return { institutions: institutions.split(',').filter((id) => id !== '') };
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(hosts!) ?? [];
  if (part === undefined || Number(part) < 1 || Number(part) > Number(of))
    throw usageError('join: --hosts is i/n, the i-th of n equal parts of the roster, as in 1/2');
  return { part: Number(part), of: Number(of) };
}

const endings: Readonly<Record<Exclude<Parting['kind'], 'over'>, { code: number; said: string }>> = {
  refused: { code: exitCodes.usage, said: 'the coordinator refused' },
  unreachable: { code: exitCodes.unreachable, said: `no coordinator within ${attempts} s` },
  lost: { code: exitCodes.run, said: 'the run ended before its end' },
};

async function join(options: Options): Promise<void> {
  const { url, token, quiet, tlsCa } = options;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw usageError(`join: ${url} is not the address of a coordinator, such as http://127.0.0.1:8787`);
  const seats = seatsOf(options);
  const parting = await joinRun(createHost(), {
    url,
    handshake: { protocol: protocolVersion, seats, ...(token === undefined ? {} : { token }) },
    attempts,
    ca: tlsCa === undefined ? undefined : pem(tlsCa),
    joined: () => void (quiet || process.stderr.write(`joined ${url}\n`)),
  });
  if (parting.kind !== 'over') {
    const { code, said } = endings[parting.kind];
    throw new CliError(code, [`${url}: ${said}: ${parting.reason}`]);
  }
  if (!quiet) process.stderr.write('the run is over\n');
}

/** `herdscope join`: runs institutions for a coordinator elsewhere. */
export const joinCommand: CommandModule<object, Options> = {
  command: 'join <url>',
  describe: 'Run institutions of a scenario that a coordinator serves',
  builder: (yargs) =>
    yargs
      .positional('url', { type: 'string', demandOption: true, describe: 'Such as http://127.0.0.1:8787' })
      .option('institutions', { type: 'string', describe: 'Which to run, with commas between' })
      .option('hosts', { type: 'string', describe: 'i/n: the i-th of n equal parts of the roster' })
      .option('token', { type: 'string', describe: 'Token that the coordinator knows these institutions by' })
      .option('tls-ca', { type: 'string', describe: 'Certificate to trust, PEM' }) as never,
  handler: join,
};
