import { sum } from '../../core/numeric.js';
import { channelsOfLoss } from '../losses/cash-effects.js';
import { measuredLosses } from '../losses/run-losses.js';
import {
  capitalShortfall,
  coVaR,
  longRunShortfall,
  marginalShortfall,
} from '../measures/systemic/tail-risk.js';
import { cells, dayTables } from '../losses/day-tables.js';
import type { RunData } from '../run-data.js';

/** Tail of the market's days that counts, and the capital ratio that SRISK asks for. */
export const tailTerms = { q: 0.05, capitalRatio: 0.08 } as const;

/** At most this many institutions are judged, the largest: each is a linear programme. */
export const judged = 200;

/** How an institution stands to the system in its worst days. */
export interface AtRisk {
  readonly id: string;
  readonly type: string;
  /** Mean loss on the system's worst days, as a share of equity. */
  readonly mes: number;
  /** What its own bad day takes the system's return down by (return: negative is a loss). */
  readonly deltaCoVaR: number;
  /** Capital it would lack in a long crisis, USD; negative is a surplus. */
  readonly srisk: number;
}

interface Sheets {
  readonly equity: readonly ArrayLike<number>[];
  readonly active: readonly ArrayLike<number>[];
  readonly assets: ArrayLike<number>;
}

function sheetsOf(run: RunData, from: number): Sheets {
  const days = dayTables(run).slice(from - 1);
  const of = (column: string): ArrayLike<number>[] =>
    days.map(({ tables }) => cells(tables.institutions, column));
  return { equity: of('equityUsd'), active: of('active'), assets: of('assetsUsd').at(-1)! };
}

/** Gains without what owners, investors and the authority put in or took out (days x institutions). */
function gainsOf(days: NonNullable<ReturnType<typeof measuredLosses>>): Float64Array[] {
  const earned = channelsOfLoss.filter((name) => name !== 'flows');
  return days.map(({ losses }) =>
    losses.market.map((_, i) => earned.reduce((total, name) => total + losses[name][i]!, 0)),
  );
}

/** MES, ΔCoVaR and SRISK of every institution that stayed in business, from the record; undefined where it holds no
 * balance sheets or fewer than 20 measured days.
 * @formula r_i = gains_i / E_i(t−1), market = Σ gains / Σ E(t−1) over those institutions; as the measure `tail-risk`
 * @source  Acharya et al. 2017, RFS 30(1); Adrian & Brunnermeier 2016, AER 106(7); Brownlees & Engle 2017, RFS 30(1)
 * @pitfall returns on book equity at market prices, not on shares; survivors only, so the worst-hit are left out
 */
export function institutionsAtRisk(run: RunData): AtRisk[] | undefined {
  const days = measuredLosses(run);
  if (days === undefined || days.length < 20) return undefined;
  const { equity, active, assets } = sheetsOf(run, days[0]!.day);
  const stayed = run.roster.flatMap((_, i) =>
    active.every((row) => row[i] === 1) && equity.every((row) => row[i]! > 0) ? [i] : [],
  );
  if (stayed.length < 2) return [];
  const gains = gainsOf(days);
  const over = (row: ArrayLike<number>): number => sum(stayed.map((i) => row[i]!));
  const market = gains.map((row, t) => over(row) / over(equity[t]!));
  const { q, capitalRatio } = tailTerms;
  const largest = [...stayed].sort((a, b) => assets[b]! - assets[a]!).slice(0, judged);
  return largest
    .sort((a, b) => a - b)
    .map((i) => {
      const own = gains.map((row, t) => row[i]! / equity[t]![i]!);
      const mes = marginalShortfall(own, market, q);
      const last = equity.at(-1)![i]!;
      return {
        id: run.roster[i]!.id,
        type: run.roster[i]!.type,
        mes,
        deltaCoVaR: own.some((r) => r !== own[0]) ? coVaR(own, market, q).deltaCoVaR : 0,
        srisk: capitalShortfall(assets[i]! - last, last, longRunShortfall(mes), capitalRatio),
      };
    });
}
