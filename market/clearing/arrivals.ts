import { openStream, streamKey, type Stream } from '../../core/random.js';
import type { Own, Terms } from './continuous.js';
import type { Session, Wave } from './mechanism.js';

/** The slices of all orders in one asset, a place in every column each, and when they come to its book. */
export interface Arrivals {
  /** Shares of the wave. */
  readonly time: Float64Array;
  /** Drawn numbers that decide who is first of those that come at one time. */
  readonly tie: Float64Array;
  /** Rows of the wave; that of the estates' order is `estatesRow`. */
  readonly row: Int32Array;
  /** Signed. */
  readonly units: Float64Array;
}

/** The row of the estates' order: it follows those of institutions. */
export const estatesRow = ({ orders }: Wave): number => orders.institution.length;

/** Every order cut into slices, with arrival times, asset by asset: even spacing, plus the delay of the sender's latency
 * tier, plus jitter of its own. Draws are addressed by institution, so that nobody's arrival depends on who else sends. */
export function arrivalsOf(terms: Terms, session: Session, wave: Wave): Arrivals[] {
  const { seed, day, institutions } = session.own as Own;
  const { orders, estates } = wave;
  const k = estates.length;
  const sheet = emptySheet(terms, wave);
  const streamOf = (entity: string): Stream =>
    openStream(streamKey(seed, 'order-arrival', entity), day, wave.wave);
  orders.institution.forEach((i, row) => {
    const { id, latencyTier } = institutions[i] ?? { id: 'nobody', latencyTier: 0 };
    send(terms, sheet, { row, tier: latencyTier, units: orders.units, from: row * k }, streamOf(id));
  });
  send(terms, sheet, { row: estatesRow(wave), tier: 0, units: estates, from: 0 }, streamOf('estates'));
  return sheet.arrivals;
}

/** Columns while they are written. */
interface Sheet {
  readonly arrivals: Arrivals[];
  /** How many places of each asset are taken. */
  readonly taken: Int32Array;
}

function emptySheet({ slices }: Terms, { orders, estates }: Wave): Sheet {
  const sent = Int32Array.from(estates, (q) => (q === 0 ? 0 : 1));
  const k = sent.length;
  for (let at = 0; at < orders.units.length; at += k)
    for (let a = 0; a < k; a++) if (orders.units[at + a] !== 0) sent[a]! += 1;
  return { arrivals: Array.from(sent, (orders) => columns(orders * slices)), taken: new Int32Array(k) };
}

const columns = (size: number): Arrivals => ({
  time: new Float64Array(size),
  tie: new Float64Array(size),
  row: new Int32Array(size),
  units: new Float64Array(size),
});

/** One sender's orders: of asset a, `units[from + a]`. */
interface Sender {
  readonly row: number;
  readonly tier: number;
  readonly units: Float64Array;
  readonly from: number;
}

/** Writes a sender's slices down. One that is of nothing takes its draws like any other. */
function send({ slices, tierDelay, jitter }: Terms, sheet: Sheet, sender: Sender, draws: Stream): void {
  const { row, tier, units, from } = sender;
  for (let s = 0; s < slices; s++)
    sheet.arrivals.forEach((arrivals, a) => {
      const time = s / slices + tier * tierDelay + jitter * draws.exponential();
      const tie = draws.uniform();
      const q = units[from + a]!;
      if (q === 0) return;
      const place = sheet.taken[a]!++;
      arrivals.time[place] = time;
      arrivals.tie[place] = tie;
      arrivals.row[place] = row;
      arrivals.units[place] = q / slices;
    });
}
