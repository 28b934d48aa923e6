import { HostLost } from '../coordinator/transport/host-lost.js';
import { UnequalHosts } from '../coordinator/unequal-hosts.js';

/** Whether a run ended by what its hosts are, and not by a fault in the program. */
export const hostTrouble = (error: unknown): error is HostLost | UnequalHosts =>
  error instanceof HostLost || error instanceof UnequalHosts;
