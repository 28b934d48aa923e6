import { exp } from '../core/numeric.js';
import { openStream, streamKey } from '../core/random.js';
import type { Scenario } from '../core/scenario.js';
import type { Liquidity, Stage, World } from '../core/types.js';
import { logPrices } from './book.js';
import { standingPrices, type Trading } from './trading.js';

/** Weight of yesterday's variance in the exponentially weighted one (RiskMetrics 1996, daily). */
const MEMORY = 0.94;

/** What tomorrow's depth depends on: recent volatility, and how one-sided institutions were today. */
export function nextLiquidity(before: World, trading: Trading): Liquidity {
  const { flow } = trading;
  const was = logPrices(before.prices);
  const is = logPrices(standingPrices(trading));
  return {
    volatility: before.liquidity.volatility.map((s, k) =>
      Math.sqrt(MEMORY * s ** 2 + (1 - MEMORY) * (is[k]! - was[k]!) ** 2),
    ),
    imbalance: flow.net.map((net, k) => (flow.gross[k]! > 0 ? net / flow.gross[k]! : 0)),
  };
}

/** Units traded: institutions, what the outside book trades for estates and the authority, and noise traders, whose
 * volume is lognormal around its share of the average, who move no price, and who stay away from a closed market. */
export function noisyVolume(
  scenario: Scenario,
  stage: Stage,
  day: number,
  { flow }: Trading,
  { outside, shut }: { readonly outside: Float64Array; readonly shut: ReadonlySet<number> },
): Float64Array {
  const { volumeShare, dispersion } = scenario.market.noise;
  const draws = openStream(streamKey(stage.seed, 'noise-volume'), day);
  return Float64Array.from(stage.assets, (asset, k) => {
    const noise = exp(dispersion * draws.normal() - dispersion ** 2 / 2);
    const own = shut.has(k) ? 0 : volumeShare * asset.advUnits * noise;
    return own + flow.gross[k]! + Math.abs(outside[k]!);
  });
}
