import { exp, log } from '../core/numeric.js';
import { stream } from '../core/random.js';
import { apportion, roster, type Seat } from '../core/roster.js';
import type { Scenario } from '../core/scenario.js';
import type { InstitutionType } from '../core/scenario/institutions.js';
import type { Institution, Stage } from '../core/types.js';
import { ownership } from './ownership.js';
import { templateBook } from './template-book.js';
import { universe } from './universe.js';

/** Everything that a run never changes: universe, roster, and what the lots gave each institution. */
export function createStage(scenario: Scenario): Stage {
  const assets = universe(scenario);
  const seats = roster(scenario.institutions);
  const architectures = architectureLots(scenario, seats);
  const holdings = ownership(scenario, seats, assets);
  const k = assets.length;
  const institutions = seats.map((seat, i) =>
    institution(scenario, seat, architectures[i]!, holdings.subarray(i * k, (i + 1) * k)),
  );
  return { seed: scenario.seed, assets, institutions };
}

/** Who got which architecture: the dominant one has 1/A + models (1 − 1/A) of the institutions, the rest share evenly. */
function architectureLots(scenario: Scenario, seats: readonly Seat[]): string[] {
  const names = scenario.learning.architectures.map((architecture) => architecture.name);
  const even = (1 - scenario.homogeneity.models) / names.length;
  const counts = apportion(
    seats.length,
    names.map((_, a) => even + (a === 0 ? scenario.homogeneity.models : 0)),
  );
  const places = counts.flatMap((count, a) => new Array<string>(count).fill(names[a]!));
  return byLot(scenario.seed, seats, places);
}

/** Deals places out in the order of draws that are each seat's own. */
function byLot<T>(seed: number, seats: readonly Seat[], places: readonly T[]): T[] {
  const draws = seats.map((seat) => stream({ seed, purpose: 'architecture', entity: seat.id }).uniform());
  const order = seats.map((_, i) => i).sort((a, b) => draws[a]! - draws[b]! || a - b);
  const dealt = new Array<T>(seats.length);
  order.forEach((i, place) => (dealt[i] = places[place]!));
  return dealt;
}

function institution(
  scenario: Scenario,
  seat: Seat,
  architecture: string,
  holdings: Float64Array,
): Institution {
  const tradableUsd = holdings.reduce((total, x) => total + x, 0);
  const { cash } = templateBook(typeOf(scenario, seat), tradableUsd);
  return {
    id: seat.id,
    type: seat.type,
    architecture,
    benchmark: holdings.map((x) => x / tradableUsd),
    investedShare: tradableUsd / (tradableUsd + cash),
    covarianceHalfLife: halfLife(scenario, seat.id),
    tradableUsd,
  };
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
