import { randomBytes } from 'node:crypto';
import type { Holdings } from '../core/handshake.js';
import type { Host, Load, Message, Reply, Save } from '../core/protocol.js';
import { decode, encode } from '../core/protocol/codec.js';
import type { Keeper } from './host/keeper.js';

/** Answers requests once each, in order; one that comes again gets the same answer again. */
export class Answering {
  private answered = -1;
  private last: Uint8Array | undefined;
  private readonly key = randomBytes(16).toString('hex');
  isOver = false;

  constructor(
    private readonly host: Host,
    private readonly keeper: Keeper,
  ) {}

  holds(): Holdings {
    return { key: this.key, answered: this.answered, saved: [...this.keeper.saved()].slice(0, 16) };
  }

  async answer(number: number, bytes: Uint8Array): Promise<Uint8Array> {
    if (number === this.answered && this.last) return this.last;
    const message = decode(bytes) as Message;
    if (message.type !== 'welcome' && number !== this.answered + 1)
      throw new Error(`request ${number} came after ${this.answered}`);
    this.last = encode(await this.reply(message));
    this.answered = number;
    if (message.type === 'farewell') this.isOver = true;
    return this.last;
  }

  private reply(message: Message): Reply | Promise<Reply> {
    if (message.type === 'save') return this.save(message);
    if (message.type === 'load') return this.load(message);
    return this.host.handle(message);
  }

  /** What an institution knows stays with it; the coordinator gets its hash. */
  private async save(message: Save): Promise<Reply> {
    const { hash, state } = await this.host.handle(message);
    this.keeper.keep({ day: message.day, hash }, state);
    return { type: 'saved', hash, state: new Uint8Array(0) };
  }

  private load(message: Load): Reply | Promise<Reply> {
    return this.host.handle({ ...message, state: this.keeper.recall(message) });
  }
}
