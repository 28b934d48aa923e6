/** Splits what is available among equally eager orders that together want more. */
export type Rationing = (wanted: readonly number[], available: number) => number[];

/** Each gets the same share of what it wants.
 * @formula w_i · available / Σ w
 */
export const proRata: Rationing = (wanted, available) => {
  const total = wanted.reduce((sum, quantity) => sum + quantity, 0);
  return wanted.map((quantity) => (quantity * available) / total);
};

/** One after another in a drawn order, each in full until nothing is left: `shuffle` is a stream's, at an address. */
export const byLot =
  (shuffle: (places: Int32Array) => unknown): Rationing =>
  (wanted, available) => {
    const places = Int32Array.from(wanted.keys());
    shuffle(places);
    const given = wanted.map(() => 0);
    let left = available;
    for (const place of places) {
      given[place] = Math.min(wanted[place]!, left);
      left -= given[place];
    }
    return given;
  };
