import { createHost } from '../agents/host.js';
import { memoryTransport } from '../coordinator/transport/memory.js';
import type { Host, Message, Reply, ReplyTo } from '../core/protocol.js';

/** A message to a host, and its answer. */
export interface Said {
  readonly asked: Message;
  readonly reply: Reply;
}

/** Hosts whose every message is written down. */
export const overheard = (said: Said[]) => (hosts: readonly Host[]) =>
  memoryTransport(
    hosts.map((host): Host => ({
      async handle(message) {
        const asked = structuredClone(message);
        const reply = await host.handle(message);
        said.push({ asked, reply: structuredClone(reply) });
        return reply;
      },
    })),
  );

/** The answers of one type. */
export const repliesOf = <T extends Reply['type']>(said: readonly Said[], type: T) =>
  said.flatMap(({ reply }) => (reply.type === type ? [reply as Extract<Reply, { type: T }>] : []));

/** The messages of one type. */
export const askedOf = <T extends Message['type']>(said: readonly Said[], type: T) =>
  said.flatMap(({ asked }) => (asked.type === type ? [asked as Extract<Message, { type: T }>] : []));

/** Hosts that are replaced on a day: what they saved is loaded into new ones. */
export const movedOnDay = (day: number) => (hosts: readonly Host[]) =>
  memoryTransport(
    hosts.map((first): Host => {
      let host = first;
      let welcome: Message | undefined;
      const move = async (): Promise<void> => {
        const { hash, state } = await host.handle({ type: 'save', day });
        host = createHost();
        await host.handle(welcome!);
        await host.handle({ type: 'load', day, hash, state });
      };
      return {
        async handle<M extends Message>(message: M): Promise<ReplyTo[M['type']]> {
          if (message.type === 'welcome') welcome = message;
          if (message.type === 'observe' && message.day === day) await move();
          return host.handle(message);
        },
      };
    }),
  );
