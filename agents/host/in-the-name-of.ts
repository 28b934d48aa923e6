import { ModelFault } from '../../core/model-fault.js';
import { UnusableModel } from '../learning/tfjs.js';
import { Misbuilt } from '../learning/misbuilt.js';

/** An architecture that is wrong in itself, or cannot serve here, stops the run in the name of an institution. */
export function inTheNameOf<T>(id: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Misbuilt || error instanceof UnusableModel)
      throw new ModelFault(`${id}: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Whoever has an architecture, an index into the brief's. */
interface Holder {
  readonly id: string;
  readonly architecture: number;
}

/** The first that has an architecture. A host makes room for all of them, and somebody of its may be given one later. */
export function holderOf(holders: readonly Holder[], architecture: number): string {
  const holder = holders.find((one) => one.architecture === architecture);
  return holder?.id ?? `${holders[0]?.id ?? 'nobody'}, who may be given it`;
}
