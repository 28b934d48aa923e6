import { dpFedavgAdaptive } from './dp-fedavg-adaptive.js';
import { dpFedavg } from './dp-fedavg.js';
import { dpSgd } from './dp-sgd.js';
import type { Privacy } from './mechanism.js';
import { none } from './none.js';

/** What hides institutions in a federation's model, or examples in an institution's, by the name a scenario gives. */
export const privacies = {
  none,
  'dp-fedavg': dpFedavg,
  'dp-fedavg-adaptive': dpFedavgAdaptive,
  'dp-sgd': dpSgd,
} satisfies Record<string, Privacy>;
