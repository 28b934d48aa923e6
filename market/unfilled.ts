import type { Orders, Stage } from '../core/types.js';
import type { Session } from './clearing/mechanism.js';
import { notify, type Draft } from './draft.js';

/** Puts on record which assets a wave halted, at what price and why. */
export function announceHalts(
  stage: Stage,
  draft: Draft,
  before: Session,
  after: Session,
  priceOf: (asset: number) => number,
): void {
  if (before.halted === after.halted) return;
  for (const [a, reason] of after.halted)
    if (!before.halted.has(a))
      notify(draft, 'asset-halted', { asset: stage.assets[a]!.id, price: priceOf(a), reason });
}

/** Share of an order below which what is left of it is rounding. */
const ROUNDING = 1e-12;

/** Whether something of an order is left that is more than rounding. */
export const isUnfilled = (wanted: number, filled: number): boolean =>
  Math.abs(wanted - filled) > ROUNDING * Math.abs(wanted);

/** Why an order in an asset was not filled. */
export const unfilledReason = ({ halted }: Session, asset: number): string =>
  halted.get(asset) ?? 'nobody at its limit';

/** Puts on record what orders did not get, and why. */
export function announceUnfilled(
  stage: Stage,
  draft: Draft,
  { institution, units }: Orders,
  filled: Float64Array,
  session: Session,
  wave: number,
): void {
  if (filled === units) return;
  const k = stage.assets.length;
  units.forEach((wanted, at) => {
    if (!isUnfilled(wanted, filled[at]!)) return;
    notify(draft, 'unfilled', {
      institution: stage.institutions[institution[Math.floor(at / k)]!]!.id,
      asset: stage.assets[at % k]!.id,
      units: wanted - filled[at]!,
      wave,
      reason: unfilledReason(session, at % k),
    });
  });
}
