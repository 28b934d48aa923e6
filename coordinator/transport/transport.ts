import type { Message, ReplyTo } from '../../core/protocol.js';

/** A way to reach hosts: the calling thread, worker threads, or other machines. */
export interface Transport {
  readonly hosts: number;
  /** Sends each host its message and returns their replies, in the order of the hosts. */
  readonly exchange: <M extends Message>(messages: readonly M[]) => Promise<ReplyTo[M['type']][]>;
  readonly close: () => Promise<void>;
}
