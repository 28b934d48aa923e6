import type { Socket } from 'socket.io';
import { messageEvent } from '../../core/handshake.js';
import type { Message, Ready, Reply, ReplyTo, Welcome } from '../../core/protocol.js';
import { decode, encode } from '../../core/protocol/codec.js';
import { checkReply } from './check-reply.js';
import { HostLost } from './host-lost.js';
import type { Transport } from './transport.js';

/** A host behind a connection, and what it is called in messages to people. */
export interface RemoteHost {
  readonly socket: Pick<Socket, 'emit' | 'on' | 'disconnect'>;
  readonly name: string;
}

interface Line {
  readonly ask: (message: Message) => Promise<Reply>;
  readonly close: () => void;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** One request at a time over one connection. A reply that is not what was asked for loses the host. */
function openLine({ socket, name }: RemoteHost): Line {
  let lost: HostLost | undefined;
  let welcome: Welcome | undefined;
  let ready: Ready | undefined;
  let fail: (error: HostLost) => void = () => undefined;
  const lose = (reason: string): void => {
    lost ??= new HostLost(name, reason);
    fail(lost);
  };
  socket.on('disconnect', (reason: string) => lose(`the connection ended (${reason})`));
  const read = (asked: Message, answer: unknown): Reply => {
    if (!(answer instanceof Uint8Array)) throw new Error('its reply is not bytes');
    const reply = decode(answer) as Reply;
    checkReply(reply, asked, { welcome: welcome!, ready });
    if (reply.type === 'ready') ready = reply;
    return reply;
  };
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        fail = reject;
        if (lost) return reject(lost);
        if (message.type === 'welcome') welcome = message;
        socket.emit(messageEvent, encode(message), (answer: unknown) => {
          try {
            resolve(read(message, answer));
          } catch (error) {
            lose(reasonOf(error));
            socket.disconnect(true);
          }
        });
      }),
    close: () => {
      socket.disconnect(true);
    },
  };
}

/** Hosts on other machines: messages as binary frames, each reply checked before it is believed. */
export function socketsTransport(hosts: readonly RemoteHost[]): Transport {
  const lines = hosts.map(openLine);
  return {
    hosts: lines.length,
    exchange: <M extends Message>(messages: readonly M[]) =>
      Promise.all(messages.map((message, h) => lines[h]!.ask(message))) as Promise<ReplyTo[M['type']][]>,
    close: () => {
      for (const line of lines) line.close();
      return Promise.resolve();
    },
  };
}
