import type { Scenario } from '../../core/scenario.js';
import { exp } from '../../core/numeric.js';
import { displacementAt, impactCurve } from '../clearing/impact-path.js';
import { csrFromTriplets, type Csr } from './csr.js';
import type { PriceAfter } from './impact.js';
import { stressSystem, type StressSystem } from './stress-system.js';

type Numbers = ArrayLike<number>;

/** A run's balance sheets as they stand at some time, by roster index. */
export interface BalanceSheets {
  /** 1 while in business (n). */
  readonly active: Numbers;
  readonly equity: Numbers;
  /** Negative: debt to the prime broker (n). */
  readonly cash: Numbers;
  readonly loans: Numbers;
  /** Value of each position (n·k), negative where short. */
  readonly holdings: Numbers;
  readonly claims: { readonly creditor: Numbers; readonly debtor: Numbers; readonly face: Numbers };
  /** Assets over equity above which it sells (n). */
  readonly leverageCap: Numbers;
  /** Prices now (k). */
  readonly price: Numbers;
}

/** The solvent institutions as one system, and which they are. */
export interface Reduced {
  readonly seats: readonly number[];
  readonly system: StressSystem;
}

interface ImpactTerms {
  readonly impact?: number;
  readonly exponent?: number;
  readonly permanentShare?: number;
  readonly crossover?: number;
  readonly floor?: number;
}

const daysPerYear = 252;

/** What is left of an asset's price after so much of it (USD at today's price) is sold at full depth, from value: the
 * market's own curve, or the square-root law with Y = 1 and no floor where the mechanism has no such terms. */
function pricesAfter({ assets, market }: Scenario, price: Numbers): PriceAfter[] {
  const terms = market.clearing as ImpactTerms;
  const { impact = 1, exponent = 0.5, permanentShare = 0, crossover = 0, floor = 0 } = terms;
  return assets.map(({ volatility, floatUsd, advShare, price: first }, k) => {
    const size = (impact * volatility) / Math.sqrt(daysPerYear);
    const pressure = {
      linear: permanentShare * size,
      power: (1 - permanentShare) * size,
      exponent,
      crossover,
    };
    const curve = impactCurve(pressure, floor, 0);
    const dayUsd = floatUsd * advShare * (price[k]! / first);
    return (quantity) => exp(displacementAt(curve, -quantity / dayUsd));
  });
}

/** What channels need to know beyond balance sheets: as the scenario tells those that act, else the usual. */
function termsOf({ contagion: { channels, recovery } }: Scenario) {
  const of = (name: string): Readonly<Record<string, unknown>> =>
    channels.find(({ channel }) => channel === name) ?? {};
  const { lossGivenDefault = 1 } = of('cascade') as { lossGivenDefault?: number };
  const { hoardedShare = 1 } = of('liquidity-hoarding') as { hoardedShare?: number };
  const { threshold = 0.5, failureCost = 0.1 } = of('cross-holdings') as {
    threshold?: number;
    failureCost?: number;
  };
  return {
    recovery: { alpha: recovery.external, beta: recovery.interbank },
    lossGivenDefault,
    hoardedShare,
    failure: { threshold, cost: failureCost },
  };
}

function claimsAmong({ claims, active }: BalanceSheets, place: ReadonlyMap<number, number>): Csr {
  const { creditor, debtor, face } = claims;
  const kept = Array.from({ length: face.length }, (_, e) => e).filter(
    (e) => face[e]! > 0 && creditor[e]! < active.length && place.has(creditor[e]!) && place.has(debtor[e]!),
  );
  return csrFromTriplets(place.size, place.size, {
    row: kept.map((e) => place.get(creditor[e]!)!),
    column: kept.map((e) => place.get(debtor[e]!)!),
    value: kept.map((e) => face[e]!),
  });
}

function longPositions({ holdings, active }: BalanceSheets, seats: readonly number[]): Csr {
  const k = holdings.length / active.length;
  const cells = seats.flatMap((i, row) =>
    Array.from({ length: k }, (_, a) => ({ row, column: a, value: holdings[i * k + a]! })).filter(
      ({ value }) => value > 0,
    ),
  );
  return csrFromTriplets(seats.length, k, {
    row: cells.map((c) => c.row),
    column: cells.map((c) => c.column),
    value: cells.map((c) => c.value),
  });
}

/** Claims as shares of what their debtors own: what the channel of cross-holdings acts on in a run. */
function asShares(claims: Csr, assets: Float64Array): Csr {
  return { ...claims, value: claims.value.map((face, e) => face / assets[claims.index[e]!]!) };
}

/** The system that channels of contagion act on, as a run's balance sheets have it: solvent institutions, long
 * positions at market, claims at face, the scenario's market impact. Nothing has been shocked. */
export function reducedSystem(scenario: Scenario, sheets: BalanceSheets): Reduced {
  const { active, equity, cash, loans, leverageCap, price } = sheets;
  const seats = Array.from({ length: active.length }, (_, i) => i).filter(
    (i) => active[i] === 1 && equity[i]! > 0,
  );
  const of = (values: Numbers): Float64Array => Float64Array.from(seats, (i) => values[i]!);
  const exposures = claimsAmong(sheets, new Map(seats.map((seat, p) => [seat, p])));
  const plain = stressSystem({
    equity: of(equity),
    exposures,
    holdings: longPositions(sheets, seats),
    cash: of(cash).map((c) => Math.max(0, c)),
    otherAssets: of(loans),
    impact: pricesAfter(scenario, price),
    leverageCap: of(leverageCap),
    ...termsOf(scenario),
  });
  const owed = new Float64Array(seats.length);
  exposures.value.forEach((face, e) => (owed[exposures.index[e]!]! += face));
  const worth = of(equity).map((e, i) => e + owed[i]!);
  return { seats, system: { ...plain, crossHoldings: asShares(exposures, worth) } };
}
