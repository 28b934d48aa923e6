import type { AnyMessage } from '../../core/protocol.js';

/** Columns that one message alone holds: its sender keeps no reference, so they may move instead of being copied.
 * What several hosts are sent (the tape, probes) is left out. */
const ownedColumns: { readonly [T in AnyMessage['type']]: readonly string[] } = {
  welcome: ['architecture', 'historyReturns', 'historySources'],
  ready: ['initial', 'flopsPerForecast', 'flopsPerStep', 'flopsPerRefit', 'flopsPerRefitRow'],
  observe: [
    'online',
    'cash',
    'assetsUsd',
    'equityUsd',
    'leverageCap',
    'units',
    'atLoss',
    'sources',
    'flipped',
  ],
  invite: ['asked'],
  keys: ['publicKeys'],
  share: ['publicKeys'],
  sealed: ['sealed', 'sizes'],
  unmask: ['publicKeys', 'stage', 'sealed'],
  revealed: ['shares', 'sizes'],
  train: ['asked', 'bounds', 'countNoise', 'publicKeys', 'present', 'scales'],
  updates: [
    'architecture',
    'examples',
    'loss',
    'localSteps',
    'deltas',
    'controls',
    'within',
    'masked',
    'packed',
    'packedSizes',
    'skill',
  ],
  install: ['parameters', 'controls'],
  decide: [],
  decisions: ['orders', 'mean', 'stdDev', 'acted'],
  probe: [],
  'probe-reply': ['forecasts', 'kernels'],
  save: [],
  saved: ['state'],
  load: ['state'],
  farewell: [],
  done: [],
};

/** The buffers of a message that may be transferred to another thread. */
export function ownedBuffers(message: AnyMessage): ArrayBuffer[] {
  const fields = message as unknown as Record<string, { readonly buffer: ArrayBuffer }>;
  return ownedColumns[message.type].map((name) => fields[name]!.buffer);
}
