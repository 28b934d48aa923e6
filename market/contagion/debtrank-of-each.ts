import { debtRank } from './debtrank.js';
import type { StressSystem } from './stress-system.js';

/** What everybody would lose by DebtRank if institution i alone failed, its own equity left out (n).
 * @source Battiston, Puliga, Kaushik, Tasca & Caldarelli 2012, Scientific Reports 2:541 (who is too central to fail)
 */
export function debtRankOfEach({
  exposures,
  equity,
}: Pick<StressSystem, 'exposures' | 'equity'>): Float64Array {
  return equity.map((_, i) => {
    const shock = new Float64Array(equity.length);
    shock[i] = 1;
    const { value } = debtRank(exposures, equity, shock);
    return value.reduce((total, h, j) => total + (j === i ? 0 : h * equity[j]!), 0);
  });
}
