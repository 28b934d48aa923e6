import type { Scenario } from '../core/scenario.js';
import type { InstitutionType } from '../core/scenario/institutions.js';
import type { Asset, Stage } from '../core/types.js';
import { rulesOf } from './channels/index.js';
import type { Acts, Terms } from './interventions/act.js';
import { typeOf } from './stage.js';

/** What each institution may owe on a day: its type's bounds under what the authority has in force. */
export interface Limits {
  /** Assets over equity above which it must sell, and to which it then sells. */
  readonly leverageCap: Float64Array;
  readonly leverageTarget: Float64Array;
  /** How far inside a bound it sells to: its type's target over its cap. */
  readonly inside: Float64Array;
  /** Assets over equity above which it may neither buy nor pay out: the cap, less any buffer on top. */
  readonly purchaseCap: Float64Array;
  /** Share of each position that own money must cover, institutions x assets; absent where nobody's is margined. */
  readonly haircuts: Float64Array | undefined;
}

/** Haircut of an asset: by id, else by class, else none. */
const haircutOf = ({ haircuts }: InstitutionType, asset: Asset): number =>
  haircuts[asset.id] ?? haircuts[asset.class] ?? 0;

/** The terms that bind an institution; on most days there are none. */
const termsOf = (institution: number, terms: readonly Terms[]): readonly Terms[] =>
  terms.length === 0 ? terms : terms.filter((term) => term.institutions.has(institution));

function smallestCap(terms: readonly Terms[], otherwise: number): number {
  let least = otherwise;
  for (const { leverageCap } of terms) least = Math.min(least, leverageCap ?? Infinity);
  return least;
}

function sumOf(terms: readonly Terms[], key: 'buffer' | 'headroom'): number {
  let total = 0;
  for (const one of terms) total += one[key] ?? 0;
  return total;
}

function largest(terms: readonly Terms[], key: 'haircutFloor' | 'relief'): number {
  let most = 0;
  for (const one of terms) most = Math.max(most, one[key] ?? 0);
  return most;
}

/** The bounds of a day: those of the scenario's channels, under the authority's. A lower cap takes its target down in
 * proportion. */
export function limitsOn(scenario: Scenario, stage: Stage, { terms }: Acts): Limits {
  const column = (): Float64Array => new Float64Array(stage.institutions.length);
  const limits = { leverageCap: column(), leverageTarget: column(), inside: column(), purchaseCap: column() };
  const bounds = rulesOf(scenario).assets;
  stage.institutions.forEach((institution, i) => {
    const type = typeOf(scenario, institution);
    const own = termsOf(i, terms);
    const { cap, target } = bounds(type, institution.leverage);
    const inside = type.leverageTarget / type.leverageCap;
    const bound = smallestCap(own, cap) + sumOf(own, 'headroom');
    const buffer = sumOf(own, 'buffer');
    const mostBought = smallestCap(own, type.leverageCap);
    limits.inside[i] = inside;
    limits.leverageCap[i] = bound;
    limits.leverageTarget[i] = bound === cap ? target : bound * inside;
    limits.purchaseCap[i] = buffer === 0 ? mostBought : 1 / (1 / mostBought + buffer);
  });
  return { ...limits, haircuts: haircutsOn(scenario, stage, terms) };
}

/** @formula max(haircut, floor) · (1 − relief) */
function haircutsOn(scenario: Scenario, stage: Stage, terms: readonly Terms[]): Float64Array | undefined {
  const margined = Object.values(scenario.institutions.types).some(
    (type) => Object.keys(type.haircuts).length > 0,
  );
  if (!margined && largest(terms, 'haircutFloor') === 0) return undefined;
  const k = stage.assets.length;
  const all = new Float64Array(stage.institutions.length * k);
  stage.institutions.forEach((institution, i) => {
    const type = typeOf(scenario, institution);
    const own = termsOf(i, terms);
    const [floor, relief] = [largest(own, 'haircutFloor'), largest(own, 'relief')];
    stage.assets.forEach((asset, a) => {
      all[i * k + a] = Math.max(haircutOf(type, asset), floor) * (1 - relief);
    });
  });
  return all.some((h) => h > 0) ? all : undefined;
}
