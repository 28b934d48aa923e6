import { valueAt, type Range } from '../../coordinator/sweep/axis.js';
import { log } from '../../core/numeric.js';
import type { Scenario } from '../../core/scenario.js';
import { valueAtPath } from '../sweep/value-at-path.js';

/** A field that calibration moves, and between what values. */
export interface Parameter {
  readonly path: string;
  readonly label: string;
  readonly over: Range;
}

const range = (from: number, to: number, scale: Range['scale']): Range => ({ from, to, scale, whole: false });

/** What no price series shows directly, so that only simulation can fit it. */
const endogenous: readonly Parameter[] = [
  { path: 'market.clearing.impact', label: 'Impact Y', over: range(0.1, 2, 'log') },
  {
    path: 'market.clearing.depthVolatilityExponent',
    label: 'Depth’s answer to volatility a',
    over: range(0, 2, 'linear'),
  },
  { path: 'market.clearing.reversion', label: 'Reversion κ', over: range(0.002, 0.2, 'log') },
  { path: 'learning.learningRate', label: 'Learning rate', over: range(0.0003, 0.03, 'log') },
  { path: 'homogeneity.signals', label: 'Homogeneity of signals s', over: range(0, 1, 'linear') },
];

/** Those that the scenario has: another market mechanism has other parameters. */
export const parametersOf = (scenario: Scenario): Parameter[] =>
  endogenous.filter(({ path }) => typeof valueAtPath(scenario, path) === 'number');

/** The value at a place between 0 and 1 of a parameter's range. */
export const valueOf = (parameter: Parameter, place: number): number => valueAt(parameter, place) as number;

/** Where the scenario's own value lies in the range, moved into it where it does not. */
export function placeOf({ path, over }: Parameter, scenario: Scenario): number {
  const scales = {
    linear: (x: number) => (x - over.from) / (over.to - over.from),
    log: (x: number) => log(x / over.from) / log(over.to / over.from),
  };
  const value = Math.max(over.from, Math.min(over.to, valueAtPath(scenario, path) as number));
  return Math.max(0, Math.min(1, scales[over.scale](value)));
}
