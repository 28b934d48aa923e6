import { measures } from '../../../agents/allocation/index.js';
import { evaluate } from '../../../cli/evaluate.js';

/** What `herdscope measure` answers, input checked. */
export const answer = <T>(name: keyof typeof measures, input: unknown): T =>
  evaluate(measures[name], input, '.') as T;
