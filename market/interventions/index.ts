import type { Scenario } from '../../core/scenario.js';
import type { Stage, World } from '../../core/types.js';
import { together, type Acts, type Intervention } from './act.js';
import { assetPurchase } from './asset-purchase.js';
import { capitalInjection } from './capital-injection.js';
import { circuitBreaker } from './circuit-breaker.js';
import { collateralRelief } from './collateral-relief.js';
import { countercyclicalBuffer } from './countercyclical-buffer.js';
import { firewall } from './firewall.js';
import { halt } from './halt.js';
import { leverageCap } from './leverage-cap.js';
import { liquidityInjection } from './liquidity-injection.js';
import { marginFloor } from './margin-floor.js';
import { priceLimit } from './price-limit.js';
import { selfCorrecting } from './self-correcting.js';
import { shortSaleBan } from './short-sale-ban.js';
import { transactionTax } from './transaction-tax.js';

/** Acts of the authority that a scenario can name. */
export const interventions = {
  'asset-purchase': assetPurchase,
  'capital-injection': capitalInjection,
  'circuit-breaker': circuitBreaker,
  'collateral-relief': collateralRelief,
  'countercyclical-buffer': countercyclicalBuffer,
  firewall,
  halt,
  'leverage-cap': leverageCap,
  'liquidity-injection': liquidityInjection,
  'margin-floor': marginFloor,
  'price-limit': priceLimit,
  'self-correcting': selfCorrecting,
  'short-sale-ban': shortSaleBan,
  'transaction-tax': transactionTax,
} satisfies Record<string, Intervention>;

/** All that the authority does on a day, given the world at the last close. */
export const actsOn = (scenario: Scenario, stage: Stage, world: World, day: number): Acts =>
  together(
    scenario.interventions.map((chosen, place) =>
      (interventions as Readonly<Record<string, Intervention>>)[chosen.kind]!.on(chosen, {
        scenario,
        stage,
        world,
        day,
        place,
      }),
    ),
  );
