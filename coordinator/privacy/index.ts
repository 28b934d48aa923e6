import { dpFedavgAdaptive } from './dp-fedavg-adaptive.js';
import { dpFedavg } from './dp-fedavg.js';
import type { Privacy } from './mechanism.js';
import { none } from './none.js';

/** What hides institutions in a federation's model, by the name a scenario gives. */
export const privacies = {
  none,
  'dp-fedavg': dpFedavg,
  'dp-fedavg-adaptive': dpFedavgAdaptive,
} satisfies Record<string, Privacy>;
