import type { Asset } from '../../core/types.js';
import { displacementAt, flowTo, type ImpactCurve } from './impact-path.js';
import { limitReason, type Session, type Wave } from './mechanism.js';
import { NOTHING, sharesFor, type Shares } from './ration.js';

/** What trading does to an asset in a wave, unless all of its orders are filled. */
export interface Stopped {
  readonly shares: Shares;
  /** Why it is halted from here on. */
  readonly reason: string;
}

/** Assets of which a wave fills nothing, being halted, or only what takes price to its limit, upon which they are. */
export function stops(
  session: Session,
  curves: readonly ImpactCurve[],
  wave: Wave,
  wanted: Float64Array,
): Map<number, Stopped> {
  const found = new Map<number, Stopped>();
  session.assets.forEach((asset, a) => {
    const reason = session.halted.get(a);
    if (reason !== undefined) found.set(a, { shares: NOTHING, reason });
    else if (wanted[a] !== 0) {
      const most = beyondLimit(session, curves[a]!, asset, a, wanted[a]!);
      if (most === undefined) return;
      const shares = sharesFor(wave, session.assets.length, a, most.flow);
      found.set(a, { shares, reason: most.reason });
    }
  });
  return found;
}

/** The net flow that takes price to the limit that `wanted` would pass; undefined where it passes none. */
function beyondLimit(
  { start, cumulative, limits }: Session,
  curve: ImpactCurve,
  asset: Asset,
  a: number,
  wanted: number,
): { readonly flow: number; readonly reason: string } | undefined {
  const value = start.fundamental[a]!;
  const after = value + displacementAt(curve, (cumulative[a]! + wanted) / asset.advUnits);
  if (after >= limits.low[a]! && after <= limits.high[a]!) return undefined;
  const limit = after < limits.low[a]! ? limits.low[a]! : limits.high[a]!;
  const flow = flowTo(curve, limit - value) * asset.advUnits - cumulative[a]!;
  return { flow, reason: limitReason(after < limit) };
}
