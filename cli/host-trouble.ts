import { ModelFault } from '../core/model-fault.js';
import { HostLost } from '../coordinator/transport/host-lost.js';
import { UnequalHosts } from '../coordinator/unequal-hosts.js';

/** Whether a run ended by what its hosts are or cannot compute, and not by a fault in the program. */
export const hostTrouble = (error: unknown): error is HostLost | UnequalHosts | ModelFault =>
  [HostLost, UnequalHosts, ModelFault].some((kind) => error instanceof kind);
