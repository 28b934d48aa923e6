import type { Orders, Stage } from '../core/types.js';
import { notify, type Draft } from './draft.js';
import type { Acts } from './interventions/act.js';

/** Whether all are numbers: of what is none, nothing times it is not nothing. */
function areFinite(values: Float64Array): boolean {
  let [even, odd] = [0, 0];
  for (let at = 0; at < values.length - 1; at += 2) {
    even += 0 * values[at]!;
    odd += 0 * values[at + 1]!;
  }
  const last = values.length === 0 ? 0 : values[values.length - 1]!;
  return even + odd + 0 * last === 0;
}

/** Orders whose size is a number; any other is refused, on record. */
function finite(stage: Stage, draft: Draft, orders: Orders): Orders {
  if (areFinite(orders.units)) return orders;
  const k = stage.assets.length;
  const units = orders.units.map((wanted, at) => {
    if (Number.isFinite(wanted)) return wanted;
    const institution = stage.institutions[orders.institution[Math.floor(at / k)]!]!.id;
    const reason = `size is ${wanted}, not a number of units`;
    notify(draft, 'refused', { institution, asset: stage.assets[at % k]!.id, units: 0, reason });
    return 0;
  });
  return { institution: orders.institution, units };
}

/** The day's orders under what is in force: those of halted institutions are refused, those that would go short of a
 * banned asset amended, all on record. */
export function restrain(stage: Stage, draft: Draft, sent: Orders, acts: Acts): Orders {
  const orders = finite(stage, draft, sent);
  const { halted, shortBans } = acts;
  if (shortBans.size === 0 && !orders.institution.some((i) => halted.has(i))) return orders;
  const k = stage.assets.length;
  const units = orders.units.map((wanted, at) => {
    if (wanted === 0) return wanted;
    const [i, a] = [orders.institution[Math.floor(at / k)]!, at % k];
    const names = { institution: stage.institutions[i]!.id, asset: stage.assets[a]!.id };
    const reason = halted.get(i);
    if (reason !== undefined) {
      notify(draft, 'refused', { ...names, units: wanted, reason });
      return 0;
    }
    const ban = shortBans.get(a);
    const allowed = Math.max(wanted, Math.min(0, -draft.books.units[i * k + a]!));
    if (ban === undefined || allowed === wanted) return wanted;
    notify(draft, 'amended', { ...names, from: wanted, to: allowed, reason: ban });
    return allowed;
  });
  return { institution: orders.institution, units };
}
