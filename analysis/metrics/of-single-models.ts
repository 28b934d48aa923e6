/** Published measures that need each institution's update, or what its model answers to public probes: undefined where the
 * coordinator sees sums only. */
export const ofSingleModels: ReadonlySet<string> = new Set([
  'parameterDispersion',
  'effectiveModels',
  'representationSimilarity',
]);
