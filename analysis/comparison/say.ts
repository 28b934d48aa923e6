import type { Difference } from '../report/differences.js';

/** A setting as text; long ones are cut. */
const valueText = (value: unknown): string => {
  const text = value === undefined ? 'absent' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
};

/** Keys that differ, a's value before b's. */
export const keyRows = (found: readonly Difference[]): string[][] => [
  ['key', 'a', 'b'],
  ...found.map(({ path, value, otherwise }) => [path, valueText(otherwise), valueText(value)]),
];

/** An interval in the measure's own manner. */
export const rangeText = ([low, high]: readonly [number, number], show: (value: number) => string): string =>
  `${show(low)} to ${show(high)}`;
