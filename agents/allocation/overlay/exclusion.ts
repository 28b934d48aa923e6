import { z } from 'zod';
import { tagNames, type AssetTags } from '../../../core/asset-tags.js';
import { field } from '../../../core/scenario/field.js';
import { overlayRule, unknownTag } from './rule.js';

const options = z.strictObject({
  by: field(z.enum(tagNames).default('sector'), 'What the excluded have in common', 'name'),
  names: field(
    z.array(z.string()).min(1),
    'Which ones: classes, regions, sectors, currencies or asset ids',
    'list of names',
  ),
});

const permits = ({ by, names }: z.output<typeof options>, assets: readonly AssetTags[]): Uint8Array =>
  Uint8Array.from(assets, (asset) => (names.includes(asset[by]) ? 0 : 1));

/** What may not be held at all, for reasons of ethics or mandate; strategies never see it.
 * @formula wᵢ = 0 for every excluded i
 * @source  Hong & Kacperczyk 2009, Journal of Financial Economics 93(1), for what exclusion does to prices
 */
export const exclusion = overlayRule({
  summary: 'Classes, regions, sectors, currencies or assets that are not held.',
  source: 'Hong & Kacperczyk 2009, Journal of Financial Economics 93(1)',
  options,
  permits,
  problems: ({ by, names }, assets) => names.flatMap((name, n) => unknownTag(['names', n], by, name, assets)),
  limit: (chosen, assets) => {
    const allowed = permits(chosen, assets);
    return (weights) => weights.map((weight, i) => (allowed[i] === 1 ? weight : 0));
  },
});
