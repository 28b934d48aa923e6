import { z } from 'zod';

/** Options that boosting and forests share; `depth` is theirs to default. */
export const treeOptions = (depth: number, featureShare: number) => ({
  trees: z.int().min(1).max(1000).default(50).describe('Trees'),
  depth: z.int().min(1).max(10).default(depth).describe('Splits from root to leaf'),
  minLeaf: z.int().min(1).default(20).describe('Fewest rows in a leaf'),
  featureShare: z
    .number()
    .gt(0)
    .max(1)
    .default(featureShare)
    .describe('Share of the features tried at each split'),
});
