import type { z } from 'zod';
import type { AssetTags, TagName } from '../../../core/asset-tags.js';
import { namesFor } from '../../../core/nearest.js';
import type { Problem } from '../../../core/scenario/problem.js';
import type { Limit } from '../overlay.js';

/** A rule that an institution lays over whatever its strategy wants. */
export interface OverlayRule {
  /** One sentence. */
  readonly summary: string;
  readonly source: string;
  /** Strict schema with defaults; every field describes itself. */
  readonly options: z.ZodObject;
  readonly limit: (options: unknown, assets: readonly AssetTags[]) => Limit;
  /** 1 where an asset may be held at all, so that strategies spend the budget on others. */
  readonly permits?: (options: unknown, assets: readonly AssetTags[]) => Uint8Array;
  /** Names in the options that refer to nothing. */
  readonly problems?: (options: unknown, assets: readonly AssetTags[]) => Problem[];
}

interface Definition<Options extends z.ZodObject> {
  readonly summary: string;
  readonly source: string;
  readonly options: Options;
  readonly limit: (options: z.output<Options>, assets: readonly AssetTags[]) => Limit;
  readonly permits?: (options: z.output<Options>, assets: readonly AssetTags[]) => Uint8Array;
  readonly problems?: (options: z.output<Options>, assets: readonly AssetTags[]) => Problem[];
}

/** Gives a rule its types where it is defined and forgets them where rules are listed. */
export const overlayRule = <Options extends z.ZodObject>(definition: Definition<Options>): OverlayRule =>
  definition as OverlayRule;

/** A problem where no asset carries a tag. */
export function unknownTag(
  path: Problem['path'],
  by: TagName,
  name: string,
  assets: readonly AssetTags[],
): Problem[] {
  const names = new Set(assets.map((asset) => asset[by]));
  if (names.has(name)) return [];
  return [
    {
      path,
      message: `"${name}" is not the ${by} of anything in the universe${namesFor(name, names)}`,
      on: [['assets']],
    },
  ];
}

/** The position of an asset; a rule is checked for its names before it runs. */
export const positionNamed = (assets: readonly AssetTags[], id: string): number =>
  assets.findIndex((asset) => asset.id === id);
