import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';

type Sent = (error?: Error) => void;

/** A websocket that writes in one piece what it is given in one go. A message of socket.io is two frames, of which the
 * second waits until the first is sent: here that is as soon as it is accepted, and what goes wrong later is said, too. */
export class GatheringWebSocket extends WebSocket {
  /** The connection below, once there is one. */
  private wire: Duplex | undefined;
  private isGathering = false;

  /** Begins to gather what goes out over this connection. */
  over(wire: Duplex): void {
    this.wire = wire;
  }

  override send(
    data: Parameters<WebSocket['send']>[0],
    ...rest: readonly (object | Sent | undefined)[]
  ): void {
    const [options, sent] = typeof rest[0] === 'object' ? [rest[0], rest[1] as Sent] : [{}, rest[0] as Sent];
    this.gather();
    super.send(data, options, (error) => {
      if (error) sent?.(error);
    });
    sent?.();
  }

  /** Holds back what is written until this turn is over. */
  private gather(): void {
    if (!this.wire || this.isGathering) return;
    const { wire } = this;
    this.isGathering = true;
    wire.cork();
    process.nextTick(() => {
      this.isGathering = false;
      wire.uncork();
    });
  }
}
