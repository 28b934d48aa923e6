import { evaluate } from '../cli/evaluate.js';
import { measureNamed } from '../cli/measures.js';

/** A measure's result as a user gets it: the input checked by its schema, the output as JSON. */
export const measured = <T>(name: string, input: unknown): T => evaluate(measureNamed(name), input, '.') as T;
