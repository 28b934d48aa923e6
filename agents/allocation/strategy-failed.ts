/** Thrown by a strategy that has no answer for the view it was given; the reason is meant to be read.
 * The loop records it as an event and the institution holds its position that day. */
export class StrategyFailed extends Error {
  constructor(readonly reason: string) {
    super(reason);
    this.name = 'StrategyFailed';
  }
}
