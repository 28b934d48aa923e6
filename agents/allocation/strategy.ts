import type { z } from 'zod';
import { NotPositiveDefinite } from '../../core/linear.js';
import { NotConverged } from '../../core/not-converged.js';
import { expandWeights, permittedAssets, restrictView } from './permitted.js';
import { StrategyFailed } from './strategy-failed.js';
import type { View } from './view.js';

/** One way to turn a view into a portfolio. */
export interface Strategy {
  /** One sentence. */
  readonly summary: string;
  readonly source: string;
  /** Strict schema with defaults; every field describes itself. */
  readonly options: z.ZodObject;
  /** Days of past returns that it looks at, where it looks at any. */
  readonly remembers?: number;
  /** Target weights (k) as shares of equity; throws StrategyFailed where there are none. */
  readonly allocate: (view: View, options: unknown) => Float64Array;
  /** What the strategy can show beside its weights. */
  readonly explain?: (view: View, options: unknown) => Readonly<Record<string, unknown>>;
}

interface Definition<Options extends z.ZodObject> {
  readonly summary: string;
  readonly source: string;
  readonly options: Options;
  readonly remembers?: number;
  readonly allocate: (view: View, options: z.output<Options>) => Float64Array;
  readonly explain?: (view: View, options: z.output<Options>) => Readonly<Record<string, unknown>>;
}

/** Makes a definition a strategy: it sees permitted assets only, and answers with finite weights or fails. */
export function strategy<Options extends z.ZodObject>(definition: Definition<Options>): Strategy {
  const { summary, source, options, remembers, explain } = definition;
  return {
    summary,
    source,
    options,
    ...(remembers !== undefined && { remembers }),
    allocate: (view, given) => allocatePermitted(definition, view, given as z.output<Options>),
    ...(explain && { explain: (view: View, given: unknown) => explain(view, given as z.output<Options>) }),
  };
}

function allocatePermitted<Options extends z.ZodObject>(
  { allocate }: Definition<Options>,
  view: View,
  options: z.output<Options>,
): Float64Array {
  const assets = permittedAssets(view);
  if (assets.length === 0) throw new StrategyFailed('no asset is permitted');
  const weights = solve(() => allocate(restrictView(view, assets), options));
  if (!weights.every(Number.isFinite)) throw new StrategyFailed('its weights are not finite numbers');
  return expandWeights(weights, assets, view.permitted.length);
}

/** A solver that gives up, or a covariance that it cannot use, is a strategy that fails. */
export function solve(allocate: () => Float64Array): Float64Array {
  try {
    return allocate();
  } catch (error) {
    if (error instanceof NotPositiveDefinite)
      throw new StrategyFailed(
        `the covariance is singular or not positive definite (asset ${error.pivot} adds no risk of its own)`,
      );
    if (error instanceof NotConverged) throw new StrategyFailed(error.message);
    throw error;
  }
}
