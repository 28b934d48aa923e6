import type { StreamAddress } from '../../core/random.js';
import { variance } from '../../core/numeric.js';
import { bootstrapInterval } from './bootstrap-interval.js';
import { studentInterval, type MeanTest } from './student-interval.js';

export interface PairedDifference extends MeanTest {
  readonly bootstrap: readonly [number, number] | null;
  /** Share of the variance of an unpaired comparison that common random numbers took away; may be negative. */
  readonly varianceReduction: number;
}

/** Mean of `treated` minus `control`, replication by replication under common random numbers.
 * @formula d_r = y_r − x_r; variance reduction 1 − Var(d)/(Var(x) + Var(y))
 * @shape   both (n), the same replication at the same place
 * @range   reduction in [−1, 1]; NaN where neither side varies
 * @source  Law & Kelton, Simulation Modeling and Analysis, on common random numbers
 * @pitfall pairs with a missing side are left out, and n says how many are left
 */
export function pairedDifference(
  control: ArrayLike<number>,
  treated: ArrayLike<number>,
  address: StreamAddress,
  level = 0.95,
): PairedDifference {
  if (control.length !== treated.length)
    throw new RangeError(`pairedDifference: ${control.length} and ${treated.length} replications`);
  const both = Array.from(control, (x, r) => [x, treated[r]!] as const).filter(([x, y]) =>
    Number.isFinite(x + y),
  );
  const differences = Float64Array.from(both, ([x, y]) => y - x);
  const unpaired =
    variance(
      both.map(([x]) => x),
      1,
    ) +
    variance(
      both.map(([, y]) => y),
      1,
    );
  return {
    ...studentInterval(differences, level),
    bootstrap: bootstrapInterval(differences, { address, level }),
    varianceReduction: unpaired > 0 ? 1 - variance(differences, 1) / unpaired : NaN,
  };
}
