/** Mean of the defined values among the last `window`; NaN until half of them are defined. */
export function rollingMean(values: ArrayLike<number>, window: number): Float64Array {
  const result = new Float64Array(values.length).fill(NaN);
  let [total, count] = [0, 0];
  const defined = (i: number): boolean => i >= 0 && values[i]! === values[i]!;
  for (let i = 0; i < values.length; i++) {
    if (defined(i)) [total, count] = [total + values[i]!, count + 1];
    if (defined(i - window)) [total, count] = [total - values[i - window]!, count - 1];
    if (defined(i) && 2 * count >= window) result[i] = total / count;
  }
  return result;
}
