/** What stands in for an asset that is sold at a loss: of what may be bought, that which moves most like it, the first of
 * equals; undefined where nothing may be.
 * @param mayBuy whether an asset may be bought
 * @param likeness of an asset to the one sold, such as the correlation of their returns
 * @source Berkin & Ye 2003, Financial Analysts Journal 59(4)
 */
export function substituteFor(
  asset: number,
  assets: number,
  mayBuy: (other: number) => boolean,
  likeness: (other: number) => number,
): number | undefined {
  let best: { readonly i: number; readonly c: number } | undefined;
  for (let i = 0; i < assets; i++) {
    if (i === asset || !mayBuy(i)) continue;
    const c = likeness(i);
    if (best === undefined || c > best.c) best = { i, c };
  }
  return best?.i;
}
