import { z } from 'zod';
import { field } from '../../core/scenario/field.js';

/** Options that boosting and forests share; `depth` is theirs to default. */
export const treeOptions = (depth: number, featureShare: number) => ({
  trees: field(z.int().min(1).max(1000).default(50), 'Trees', 'count'),
  depth: field(z.int().min(1).max(10).default(depth), 'Splits from root to leaf', 'count'),
  minLeaf: field(z.int().min(1).default(20), 'Fewest rows in a leaf', 'count'),
  featureShare: field(
    z.number().gt(0).max(1).default(featureShare),
    'Share of the features tried at each split',
    'share',
  ),
});
