import type { Notice } from '../../core/events.js';

/** A line of a record's decisions, with its day. */
export type DatedFact = Notice & { readonly day: number };
