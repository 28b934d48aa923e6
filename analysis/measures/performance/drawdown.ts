/** Largest fall from a running peak, as a share of the peak.
 * @formula max_t 1 − W_t / max_{s≤t} W_s
 * @shape   wealth (T), positive
 * @range   [0, 1]
 * @source  Magdon-Ismail & Atiya 2004, Risk 17(10)
 */
export function maximumDrawdown(wealth: ArrayLike<number>): number {
  let [peak, worst] = [wealth[0]!, 0];
  for (let t = 1; t < wealth.length; t++) {
    peak = Math.max(peak, wealth[t]!);
    worst = Math.max(worst, 1 - wealth[t]! / peak);
  }
  return worst;
}
