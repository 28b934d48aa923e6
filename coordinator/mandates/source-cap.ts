import { z } from 'zod';
import type { Mandate, SubscriptionView, Withdrawal } from './mandate.js';

const options = z.strictObject({
  maxShare: z.number().gt(0).max(1).meta({
    description: 'Largest share of institutions that may subscribe to one data source.',
    unit: 'share',
  }),
});

/** Subscribers above the cap, drawn by lot source by source, do without. */
function withdraw(
  { maxShare }: z.output<typeof options>,
  { ids, sources, lot }: SubscriptionView,
): Withdrawal[] {
  const most = Math.floor(maxShare * ids.length + 1e-9);
  const names = [...new Set(sources.flat())].sort();
  return names.flatMap((source) => {
    const subscribers = ids.flatMap((_, seat) => (sources[seat]!.includes(source) ? [seat] : []));
    const leaving = lot(source)
      .shuffle(subscribers)
      .slice(0, Math.max(0, subscribers.length - most));
    const reason = `${subscribers.length} of ${ids.length} subscribe to ${source}, above ${most}; drawn by lot`;
    return leaving.sort((a, b) => a - b).map((seat) => ({ seat, source, reason }));
  });
}

/** Cap on the share of institutions that read one data source; who must do without is drawn by lot, for the run.
 * @source Bommasani et al. 2022, NeurIPS (shared components homogenise outcomes)
 * @pitfall what it costs is skill: those who do without know less
 */
export const sourceCap = {
  summary:
    'Caps the share of institutions that subscribe to any one data source; who does without is drawn by lot.',
  source: 'Bommasani et al. 2022, NeurIPS',
  options,
  check: (chosen, scenario) => {
    const { count } = scenario.institutions;
    const most = Math.floor(Number(chosen['maxShare']) * count + 1e-9);
    const message = `cannot be met but by nobody: it is below one of ${count} institutions; raise it to ${(1 / count).toFixed(4)}`;
    return most < 1 ? [{ path: ['maxShare'], message, on: [['institutions', 'count']] }] : [];
  },
  withdraw,
} satisfies Mandate;
