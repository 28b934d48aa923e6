import { exp, log } from '../core/numeric.js';
import { stream } from '../core/random.js';
import { apportion, roster, type Seat } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';
import type { InstitutionType } from '../core/scenario/institutions.js';
import type { Institution, Stage } from '../core/types.js';
import { ownership } from './ownership.js';
import { sampleOf } from './sample.js';
import { templateBook } from './template-book.js';
import { universe } from './universe.js';

/** Everything that a run never changes: universe, roster, and what the lots gave each institution. */
export function createStage(scenario: Scenario): Stage {
  const assets = universe(scenario);
  const seats = roster(scenario.institutions);
  const architectures = architectureLots(scenario, seats);
  const regions = regionLots(scenario, seats);
  const holdings = ownership(scenario, seats, assets);
  const k = assets.length;
  const institutions = seats.map((seat, i) =>
    institution(
      scenario,
      seat,
      { architecture: architectures[i]!, region: regions[i]! },
      holdings.subarray(i * k, (i + 1) * k),
    ),
  );
  return { seed: scenario.seed, assets, institutions, sample: sampleOf(scenario) };
}

/** Who got which architecture. Types that may have the same ones draw together: of theirs the dominant one, the first
 * in `learning.architectures`, has 1/A + models (1 − 1/A) of the institutions, the rest share evenly. */
function architectureLots(scenario: Scenario, seats: readonly Seat[]): string[] {
  const all = scenario.learning.architectures.map((architecture) => architecture.name);
  const open = new Map<string, { readonly names: readonly string[]; readonly seats: number[] }>();
  seats.forEach((seat, i) => {
    const own = typeOf(scenario, seat).architectures;
    const names = all.filter((name) => own?.includes(name) ?? true);
    const key = names.join(' ');
    if (!open.has(key)) open.set(key, { names, seats: [] });
    open.get(key)!.seats.push(i);
  });
  const lots = new Array<string>(seats.length);
  for (const { names, seats: drawing } of open.values()) {
    const even = (1 - scenario.homogeneity.models) / names.length;
    const counts = apportion(
      drawing.length,
      names.map((_, a) => even + (a === 0 ? scenario.homogeneity.models : 0)),
    );
    const places = counts.flatMap((count, a) => new Array<string>(count).fill(names[a]!));
    const own = drawing.map((i) => seats[i]!);
    byLot(scenario.seed, 'architecture', own, places).forEach((name, at) => (lots[drawing[at]!] = name));
  }
  return lots;
}

/** Who has its compute where. */
function regionLots(scenario: Scenario, seats: readonly Seat[]): string[] {
  const shares = Object.entries(scenario.institutions.regions);
  const counts = apportion(
    seats.length,
    shares.map(([, share]) => share),
  );
  const places = shares.flatMap(([region], r) => new Array<string>(counts[r]!).fill(region));
  return byLot(scenario.seed, 'region', seats, places);
}

/** Deals places out in the order of draws that are each seat's own. */
function byLot<T>(seed: number, purpose: string, seats: readonly Seat[], places: readonly T[]): T[] {
  const draws = seats.map((seat) => stream({ seed, purpose, entity: seat.id }).uniform());
  const order = seats.map((_, i) => i).sort((a, b) => draws[a]! - draws[b]! || a - b);
  const dealt = new Array<T>(seats.length);
  order.forEach((i, place) => (dealt[i] = places[place]!));
  return dealt;
}

function institution(
  scenario: Scenario,
  seat: Seat,
  lots: Pick<Institution, 'architecture' | 'region'>,
  holdings: Float64Array,
): Institution {
  const tradableUsd = holdings.reduce((total, x) => total + x, 0);
  const type = typeOf(scenario, seat);
  const leverage = leverageLot(scenario.seed, type, seat.id);
  const { cash } = templateBook(type, { tradableUsd, leverage });
  return {
    id: seat.id,
    type: seat.type,
    ...lots,
    benchmark: holdings.map((x) => x / tradableUsd),
    investedShare: tradableUsd / (tradableUsd + cash),
    leverage,
    covarianceHalfLife: halfLife(scenario, seat.id),
    tradableUsd,
    latencyTier: typeOf(scenario, seat).latencyTier,
  };
}

/** Draws beyond this many standard deviations are moved to there. */
const MOST_DEVIATIONS = 2;

/** Leverage on day 0: lognormal above 1, so that institutions of a type do not fail together, and no one begins
 * where it would have to sell.
 * @formula 1 + (leverage − 1) e^(dispersion z), at most leverageTarget; z standard normal, within ±2
 */
function leverageLot(
  seed: number,
  { leverage, leverageDispersion, leverageTarget }: InstitutionType,
  entity: string,
): number {
  if (leverageDispersion === 0) return leverage;
  const draw = stream({ seed, purpose: 'leverage', entity }).normal();
  const z = Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, draw));
  return Math.min(Math.max(leverage, leverageTarget), 1 + (leverage - 1) * exp(leverageDispersion * z));
}

/** Log-uniform between the shortest and the longest. */
function halfLife(scenario: Scenario, entity: string): number {
  const { shortest, longest } = scenario.decide.covarianceHalfLife;
  const draw = stream({ seed: scenario.seed, purpose: 'covariance-half-life', entity }).uniform();
  return exp(log(shortest) + draw * (log(longest) - log(shortest)));
}

/** The template and behaviour of a seat's type. */
export const typeOf = (scenario: Scenario, seat: { readonly type: string }): InstitutionType =>
  scenario.institutions.types[seat.type]!;
