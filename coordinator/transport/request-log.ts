/** A state that a host keeps of its own. */
export interface SavedState {
  readonly day: number;
  readonly hash: string;
}

/** A request by number. */
export interface Request {
  readonly number: number;
  readonly frame: Uint8Array;
}

/** Requests to one host since it last saved its state (or since its welcome): what it must hear again when it comes
 * back without them. Plain data. */
export interface RequestLog {
  /** Number of the request before the first in the list. */
  readonly before: number;
  /** The state it had after that one; undefined: that of its welcome, or one that only its memory holds. */
  readonly saved: SavedState | undefined;
  readonly requests: readonly Request[];
  readonly bytes: number;
  /** Whether older requests are gone, so that only a host that remembers can go on from here. */
  readonly trimmed: boolean;
}

/** Number of a host's welcome. */
export const welcomeNumber = 1;

export const emptyLog: RequestLog = {
  before: welcomeNumber,
  saved: undefined,
  requests: [],
  bytes: 0,
  trimmed: false,
};

/** Bytes of requests that are kept for one host that is away: after more it cannot come back. */
const mostBytes = 2 ** 28;

export const lastNumber = ({ before, requests }: RequestLog): number => requests.at(-1)?.number ?? before;

/** The log with one more request; without any where they have become too many. */
export function noted(log: RequestLog, frame: Uint8Array): RequestLog {
  const number = lastNumber(log) + 1;
  const bytes = log.bytes + frame.length;
  return bytes > mostBytes
    ? { before: number, saved: undefined, requests: [], bytes: 0, trimmed: true }
    : { ...log, bytes, requests: [...log.requests, { number, frame }] };
}

/** What a host that saved its state need not hear again. */
export const savedAt = (number: number, saved: SavedState): RequestLog => ({
  before: number,
  saved,
  requests: [],
  bytes: 0,
  trimmed: false,
});

/** Only what comes after a number: for a host whose memory is all it has. */
export const trimmedTo = (number: number): RequestLog => ({
  before: number,
  saved: undefined,
  requests: [],
  bytes: 0,
  trimmed: true,
});
