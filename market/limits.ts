import { oncePer } from '../core/once-per.js';
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

const termsOf = (institution: number, terms: readonly Terms[]): readonly Terms[] =>
  terms.filter((term) => term.institutions.has(institution));

const smallest = (terms: readonly Terms[], otherwise: number): number =>
  terms.reduce((least, { leverageCap }) => Math.min(least, leverageCap ?? Infinity), otherwise);

const sumOf = (terms: readonly Terms[], key: 'buffer' | 'headroom'): number =>
  terms.reduce((total, one) => total + (one[key] ?? 0), 0);

const largest = (terms: readonly Terms[], key: 'haircutFloor' | 'relief'): number =>
  terms.reduce((most, one) => Math.max(most, one[key] ?? 0), 0);

/** The bounds of a day: those of the scenario's channels, under the authority's. */
export const limitsOn = (scenario: Scenario, stage: Stage, { terms }: Acts): Limits =>
  terms.length === 0 ? plainLimits(scenario)(stage) : limitsUnder(scenario, stage, terms);

const plainLimits = oncePer((scenario: Scenario) =>
  oncePer((stage: Stage) => limitsUnder(scenario, stage, [])),
);

/** A lower cap takes its target down in proportion. */
function limitsUnder(scenario: Scenario, stage: Stage, terms: readonly Terms[]): Limits {
  const column = (): Float64Array => new Float64Array(stage.institutions.length);
  const limits = { leverageCap: column(), leverageTarget: column(), inside: column(), purchaseCap: column() };
  const bounds = rulesOf(scenario).assets;
  stage.institutions.forEach((institution, i) => {
    const type = typeOf(scenario, institution);
    const own = termsOf(i, terms);
    const { cap, target } = bounds(type, institution.leverage);
    const inside = type.leverageTarget / type.leverageCap;
    const bound = smallest(own, cap) + sumOf(own, 'headroom');
    const buffer = sumOf(own, 'buffer');
    const mostBought = smallest(own, type.leverageCap);
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
