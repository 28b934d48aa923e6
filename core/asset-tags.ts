/** What an asset is, for rules that speak of classes, regions, sectors or currencies. */
export interface AssetTags {
  readonly id: string;
  readonly class: string;
  readonly region: string;
  readonly sector: string;
  readonly currency: string;
}

export const tagNames = ['id', 'class', 'region', 'sector', 'currency'] as const;
export type TagName = (typeof tagNames)[number];
