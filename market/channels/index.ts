import type { Scenario } from '../../core/scenario.js';
import { nothingSpreads, type ActingChannel, type Rules } from './acting.js';
import { cascade } from './cascade.js';
import { clearing } from './clearing.js';
import { crossHoldings } from './cross-holdings.js';
import { debtrank } from './debtrank.js';
import { fireSale } from './fire-sale.js';
import { gaiKapadia } from './gai-kapadia.js';
import { liquidityHoarding } from './liquidity-hoarding.js';
import { vulnerableBanks } from './vulnerable-banks.js';

/** Channels of contagion that a scenario can let act. */
export const actingChannels = {
  clearing,
  cascade,
  debtrank,
  'gai-kapadia': gaiKapadia,
  'cross-holdings': crossHoldings,
  'liquidity-hoarding': liquidityHoarding,
  'fire-sale': fireSale,
  'vulnerable-banks': vulnerableBanks,
} satisfies Record<string, ActingChannel>;

/** How distress spreads in a scenario; through what it names no channel, nothing does. */
export const rulesOf = ({ contagion }: Scenario): Rules =>
  contagion.channels.reduce<Rules>(
    (rules, chosen) => ({
      ...rules,
      ...(actingChannels as Readonly<Record<string, ActingChannel>>)[chosen.channel]!.rules(chosen),
    }),
    nothingSpreads,
  );
