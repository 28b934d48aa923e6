import { z } from 'zod';
import { exp } from '../../core/numeric.js';
import { stops } from './impact-limits.js';
import { displacementAt, meanRatio, type ImpactCurve } from './impact-path.js';
import { flowOf, type Cleared, type Mechanism } from './mechanism.js';
import { movedTo, openOutside, outsideBook, type OutsideBook } from './outside-book.js';
import { rationed } from './ration.js';

/** Price impact against one outside book, in three state variables.
 *
 * @formula log p = v + m + u; with x = Q/ADV, pressure = φ Y σ̄ x + (1 − φ) Y σ̄ sign(x) ((c + |x|)^δ − c^δ) / depth moves m + u along
 *          dP/P = (1 − B/P)(1 − BP)/(1 − B)² d(pressure), P = e^(m + u); m and u share the move as its parts share pressure
 * @source  Almgren et al. 2005, Risk 18(7); Huberman & Stanzl 2004, Econometrica 72(4) (linear permanent impact);
 *          Patzelt & Bouchaud 2018, Physical Review E 97 (aggregate impact is linear in small imbalances, concave in large);
 *          Cont & Schaanning 2017, Norges Bank working paper 02/2017 (a floor at which value investors buy)
 * @pitfall Q is cumulative within the day: how orders are split into waves changes no price
 */
export const impact: Mechanism = {
  summary: 'Impact of net flow on price, slow and linear plus fast and concave, against one outside book.',
  options: z.strictObject(outsideBook),
  spread: 'charged',
  open: (chosen, opening) => openOutside(chosen as unknown as OutsideBook, opening),
  clear(_chosen, session, wave): Cleared {
    const { assets, start, cumulative } = session;
    const curves = session.own as readonly ImpactCurve[];
    const k = assets.length;
    const wanted = flowOf(wave.orders.units, wave.estates);
    const stopped = stops(session, curves, wave, wanted);
    const shares = new Map(Array.from(stopped, ([a, stop]) => [a, stop.shares]));
    const { filled, estates } = rationed(wave, k, shares);
    const flow = stopped.size === 0 ? wanted : flowOf(filled, estates);
    const after = cumulative.map((q, a) => q + flow[a]!);
    const from = cumulative.map((q, a) => q / assets[a]!.advUnits);
    const to = after.map((q, a) => q / assets[a]!.advUnits);
    const reasons = Array.from(stopped, ([a, { reason }]) => [a, reason] as const);
    const displacement = to.map((x, a) =>
      x === 0 ? start.slow[a]! + start.fast[a]! : displacementAt(curves[a]!, x),
    );
    return {
      filled,
      estates,
      price: to.map((x, a) => exp(start.fundamental[a]!) * meanRatio(curves[a]!, from[a]!, x)),
      session: {
        ...session,
        cumulative: after,
        prices: movedTo(start, curves, to, displacement),
        halted: stopped.size === session.halted.size ? session.halted : new Map(reasons),
      },
    };
  },
};
