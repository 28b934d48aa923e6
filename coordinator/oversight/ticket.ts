/** An order that waits for a decision: at most one for each institution and asset. */
export interface Ticket {
  readonly id: string;
  /** Roster index. */
  readonly seat: number;
  readonly asset: number;
  /** Signed. */
  readonly units: number;
  /** Day on which it was placed. */
  readonly day: number;
  /** Day on which it is decided at the latest. */
  readonly due: number;
  /** Close before it was placed, USD per unit. */
  readonly price: number;
  readonly reason: string;
}

/** What an overseer decided. */
export interface Verdict {
  /** Id of the ticket. */
  readonly ticket: string;
  readonly approved: boolean;
  /** Who decided: `script`, or the name that a person gave. */
  readonly by: string;
  readonly reason: string;
}

/** Name under which scripted overseers decide. */
export const SCRIPT = 'script';
