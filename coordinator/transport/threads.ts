import type { MessagePort, Worker } from 'node:worker_threads';
import type { Host, Message, Reply, ReplyTo } from '../../core/protocol.js';
import { ModelFault } from '../../core/model-fault.js';
import { HostLost } from './host-lost.js';
import { ownedBuffers } from './owned.js';
import type { Transport } from './transport.js';

/** The coordinator's end of a worker thread. */
export type HostPort = Pick<Worker, 'postMessage' | 'on' | 'terminate'>;

/** What a worker answers: a reply, or why it has none. */
type Answer = { readonly reply: Reply } | { readonly failure: string; readonly isModelFault: boolean };

interface Line {
  readonly ask: (message: Message) => Promise<Reply>;
  readonly close: () => Promise<unknown>;
}

/** One request at a time over one port; once the worker is gone, every request fails with the reason. */
function openLine(port: HostPort, name: string): Line {
  let waiting: { resolve: (reply: Reply) => void; reject: (error: Error) => void } | undefined;
  let lost: Error | undefined;
  const lose = (reason: string): void => {
    lost ??= new HostLost(name, reason);
    waiting?.reject(lost);
  };
  port.on('message', (answer: Answer) => {
    if ('reply' in answer) waiting?.resolve(answer.reply);
    else waiting?.reject(answer.isModelFault ? new ModelFault(answer.failure) : new Error(answer.failure));
  });
  port.on('error', (error: Error) => lose(error.message));
  port.on('messageerror', (error: Error) => lose(error.message));
  port.on('exit', (code: number) => lose(`its thread ended with code ${code}`));
  return {
    ask: (message) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject };
        if (lost) return reject(lost);
        port.postMessage(message, ownedBuffers(message));
      }),
    close: () => port.terminate(),
  };
}

/** Hosts in worker threads. */
export function threadsTransport(ports: readonly HostPort[]): Transport {
  const lines = ports.map((port, h) => openLine(port, `worker ${h + 1} of ${ports.length}`));
  return {
    hosts: ports.length,
    exchange: <M extends Message>(messages: readonly M[]) =>
      Promise.all(messages.map((message, h) => lines[h]!.ask(message))) as Promise<ReplyTo[M['type']][]>,
    close: async () => {
      await Promise.all(lines.map((line) => line.close()));
    },
  };
}

/** Lets a host answer what arrives at a worker's port. */
export function answerThread(port: Pick<MessagePort, 'on' | 'postMessage'>, host: Host): void {
  port.on('message', (message: Message) => {
    void (async () => {
      try {
        const reply: Reply = await host.handle(message);
        port.postMessage({ reply } satisfies Answer, ownedBuffers(reply));
      } catch (error) {
        const failure = error instanceof Error ? error.message : String(error);
        port.postMessage({ failure, isModelFault: error instanceof ModelFault } satisfies Answer);
      }
    })();
  });
}
