import { Gauge, Registry } from 'prom-client';
import { openGateway, type GatewayState } from '../../coordinator/server/gateway.js';
import { refusalLimit } from '../../coordinator/server/limits.js';
import { jsonPage, type Pages } from '../../coordinator/server/pages.js';
import type { Command } from '../command.js';
import { cannotListen, tlsOf, tokensOf } from '../doorway.js';
import { doorwayOptions } from '../doorway-options.js';
import { CliError } from '../errors.js';
import { exitCodes } from '../exit-codes.js';
import type { Globals } from '../globals.js';
import { logStyles, openLog, type LogStyle } from '../log.js';
import { connectRedis } from '../redis/meeting.js';
import type { ServingOptions } from '../serving-file.js';

interface Options extends Globals, ServingOptions {
  readonly redis: string;
}

/** Connections that a gateway takes at a time. */
const most = 10_000;

function pagesOf(state: GatewayState): Pages {
  const registry = new Registry();
  const gauge = (name: string, help: string, value: () => number): Gauge =>
    new Gauge({
      name: `herdscope_gateway_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(value());
      },
    });
  gauge('hosts_connected', 'Hosts that are connected.', () => state.connected);
  gauge('coordinator_present', '1 where its coordinator is there.', () => Number(state.hasCoordinator));
  return {
    'GET /metrics': async () => ({ status: 200, type: registry.contentType, body: await registry.metrics() }),
    'GET /healthz': () =>
      jsonPage(state.hasCoordinator ? 200 : 503, {
        status: state.hasCoordinator ? 'ok' : 'no coordinator',
        hosts: state.connected,
      }),
  };
}

/** Waits for whoever ends it. */
const ended = (): Promise<CliError> =>
  new Promise((resolve) => {
    const { interrupted, terminated } = exitCodes;
    process.once('SIGINT', () => resolve(new CliError(interrupted, ['the gateway was interrupted'])));
    process.once('SIGTERM', () => resolve(new CliError(terminated, ['the gateway was terminated'])));
  });

async function gateway(options: Options): Promise<void> {
  const { host, port, redis, quiet } = options;
  const log = openLog(options.log as LogStyle, quiet);
  const [tls, { hosts: tokens }] = [tlsOf(options), tokensOf(options)];
  const { adapter, close } = await connectRedis(redis);
  const state: GatewayState = { connected: 0, hasCoordinator: false };
  const limit = refusalLimit(() => performance.now() / 1000);
  try {
    const terms = { host, port, tls, tokens, adapter, limit, most, pages: pagesOf(state), log };
    const opened = await openGateway(terms, state).catch((error: unknown) => {
      throw cannotListen(options, error);
    });
    log(
      'listening',
      `listening on ${tls ? 'https' : 'http'}://${host}:${opened.port} for a coordinator elsewhere`,
    );
    const reason = await ended();
    await opened.close();
    throw reason;
  } finally {
    await close();
  }
}

/** `herdscope gateway`: a socket server more for the hosts of one coordinator. */
export const gatewayCommand: Command<Options> = {
  builder: (yargs) =>
    doorwayOptions(yargs)
      .option('redis', {
        type: 'string',
        demandOption: true,
        describe: 'Redis that `herdscope serve --redis` names too, such as redis://127.0.0.1:6379',
      })
      .option('log', {
        choices: logStyles,
        default: 'text' as const,
        describe: 'How what happens is told on stderr',
      }) as never,
  handler: gateway,
};
