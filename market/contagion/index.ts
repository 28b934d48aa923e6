import type { Measure } from '../../core/measure.js';
import type { Channel } from './channel.js';
import { cascadeChannel } from './channels/cascade.js';
import { clearingChannel } from './channels/clearing.js';
import { crossHoldingsChannel } from './channels/cross-holdings.js';
import { debtrankChannel } from './channels/debtrank.js';
import { fireSaleChannel } from './channels/fire-sale.js';
import { gaiKapadiaChannel } from './channels/gai-kapadia.js';
import { liquidityHoardingChannel } from './channels/liquidity-hoarding.js';
import { vulnerableBanksChannel } from './channels/vulnerable-banks.js';
import { cascadeMeasure } from './measures/cascade.js';
import { clearingMeasure } from './measures/clearing.js';
import { crossHoldingsMeasure } from './measures/cross-holdings.js';
import { debtrankMeasure } from './measures/debtrank.js';
import { fireSaleMeasure } from './measures/fire-sale.js';
import { impactMeasure } from './measures/impact.js';
import { reconstructMeasure } from './measures/reconstruct.js';
import { vulnerabilityMeasure } from './measures/vulnerability.js';

/** The ways in which distress spreads, by name; `jointContagion` runs any of them together. */
export const channels = {
  clearing: clearingChannel,
  cascade: cascadeChannel,
  debtrank: debtrankChannel,
  'gai-kapadia': gaiKapadiaChannel,
  'liquidity-hoarding': liquidityHoardingChannel,
  'cross-holdings': crossHoldingsChannel,
  'vulnerable-banks': vulnerableBanksChannel,
  'fire-sale': fireSaleChannel,
} satisfies Record<string, Channel>;

/** What `herdscope measure` runs. */
export const measures = {
  debtrank: debtrankMeasure,
  clearing: clearingMeasure,
  cascade: cascadeMeasure,
  'cross-holdings': crossHoldingsMeasure,
  vulnerability: vulnerabilityMeasure,
  'fire-sale': fireSaleMeasure,
  reconstruct: reconstructMeasure,
  impact: impactMeasure,
} satisfies Record<string, Measure>;
