/** A host's process that is not right: `strange-host URL garbage|old I N`. Says on stdout how its part ended. */
import { joinRun } from '../../agents/client.js';
import { createHost } from '../../agents/host.js';
import { memoryKeeper } from '../../agents/host/keeper.js';
import { protocolVersion, type Host } from '../../core/protocol.js';

const [url, fault, part, of] = process.argv.slice(2) as [string, 'garbage' | 'old', string, string];

/** From the fifth day on every order is no number. */
function garbling(host: Host): Host {
  let today = 0;
  return {
    async handle(message) {
      if (message.type === 'observe') today = message.day;
      const reply = await host.handle(message);
      if (reply.type === 'decisions' && today >= 5) reply.orders.fill(NaN);
      return reply;
    },
  };
}

const parting = await joinRun(fault === 'garbage' ? garbling(createHost()) : createHost(), {
  url,
  token: undefined,
  handshake: {
    protocol: fault === 'old' ? protocolVersion - 1 : protocolVersion,
    seats: { part: Number(part), of: Number(of) },
  },
  retrySeconds: 10,
  tls: {},
  keeper: memoryKeeper(),
  joined: () => undefined,
  lost: () => undefined,
});
process.stdout.write(JSON.stringify(parting));
