import { z } from 'zod';
import { requireLength } from '../../../core/measure-input.js';
import type { PriceAfter } from '../impact.js';
import { laws, priceAfter } from './impact.js';

/** Each parameter as an array with one value an asset. */
const perAsset = <Shape extends Record<string, z.ZodType<number>>>(parameters: Shape) =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, z.array(value).min(1, 'must not be empty')]),
  ) as { [K in keyof Shape]: z.ZodArray<Shape[K]> };

/** A law of impact with parameters by asset. */
export const assetImpact = z.discriminatedUnion('law', [
  z.strictObject({ law: z.literal('linear'), ...perAsset(laws.linear.parameters) }),
  z.strictObject({ law: z.literal('exponential'), ...perAsset(laws.exponential.parameters) }),
  z.strictObject({ law: z.literal('sqrt'), ...perAsset(laws.sqrt.parameters) }),
  z.strictObject({ law: z.literal('cont-schaanning'), ...perAsset(laws['cont-schaanning'].parameters) }),
]);

export type AssetImpact = z.output<typeof assetImpact>;

export function requireAssets(
  context: z.core.$RefinementCtx,
  { law: _, ...parameters }: AssetImpact,
  k: number,
): void {
  for (const [name, values] of Object.entries(parameters as Record<string, number[]>))
    requireLength(context, ['impact', name], values, k, 'holdings');
}

/** One price function an asset. */
export function pricesByAsset({ law, ...parameters }: AssetImpact, k: number): PriceAfter[] {
  const columns = Object.entries(parameters as Record<string, number[]>);
  return Array.from({ length: k }, (_, a) =>
    priceAfter({ law, ...Object.fromEntries(columns.map(([name, values]) => [name, values[a]!])) }),
  );
}
