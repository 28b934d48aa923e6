import { z } from 'zod';
import { field, positive } from '../../core/scenario/field.js';
import { spanFields, type Span } from './span.js';
import { standingRule } from './standing-rule.js';
import { assetsField, assetsOf, overAssets } from './targets.js';

const options = z.strictObject({
  taxBps: field(positive.max(1000), 'Tax on the value of every fill.', 'basis points'),
  assets: assetsField,
  ...spanFields,
});

/** Every fill is taxed, forced sales included.
 * @source Tobin 1978, Eastern Economic Journal 4(3-4); Colliard & Hoffmann 2017, Journal of Finance 72(6)
 */
export const transactionTax = standingRule<z.output<typeof options> & Span>({
  kind: 'transaction-tax',
  summary: 'Every fill of an asset is taxed on its value, forced sales included.',
  options,
  over: overAssets,
  rivals: ['transaction-tax'],
  detail: ({ taxBps }) => `fills are taxed at ${taxBps} basis points`,
  acts: ({ taxBps, assets }, { stage }) => ({
    taxes: new Map(assetsOf(stage, assets).map((a) => [a, taxBps / 10_000])),
  }),
});
