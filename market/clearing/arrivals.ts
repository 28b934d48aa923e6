import { openStream, streamKey } from '../../core/random.js';
import type { Own, Terms } from './continuous.js';
import type { Session, Wave } from './mechanism.js';

/** Row of the estates' order in a wave. */
export const ESTATES = -1;

/** A slice of an order, and when it comes to the book: shares of the wave, ties broken by a drawn number. */
export interface Arrival {
  readonly time: number;
  readonly tie: number;
  readonly row: number;
  readonly asset: number;
  /** Signed units. */
  readonly units: number;
}

/** Every order cut into slices, with arrival times: even spacing, plus the delay of the sender's latency tier, plus
 * jitter of its own. Draws are addressed by institution, so that nobody's arrival depends on who else sends. */
export function childrenOf(terms: Terms, session: Session, { orders, wave, estates }: Wave): Arrival[] {
  const { seed, day, institutions } = session.own as Own;
  const k = estates.length;
  const children: Arrival[] = [];
  const slice = (row: number, entity: string, tier: number, units: Float64Array): void => {
    const draws = openStream(streamKey(seed, 'order-arrival', entity), day, wave);
    for (let s = 0; s < terms.slices; s++)
      units.forEach((q, asset) => {
        const time = s / terms.slices + tier * terms.tierDelay + terms.jitter * draws.exponential();
        const tie = draws.uniform();
        if (q !== 0) children.push({ time, tie, row, asset, units: q / terms.slices });
      });
  };
  orders.institution.forEach((i, row) => {
    const { id, latencyTier } = institutions[i] ?? { id: 'nobody', latencyTier: 0 };
    slice(row, id, latencyTier, orders.units.subarray(row * k, (row + 1) * k));
  });
  slice(ESTATES, 'estates', 0, estates);
  return children;
}
