import type { Unit } from '../metrics/metric.js';

const minus = (text: string): string => text.replace('-', '−');

/** A number with a given number of decimals and a true minus sign; never "−0". */
export const decimal = (value: number, digits: number): string => {
  const text = value.toFixed(digits);
  return minus(Number(text) === 0 ? text.replace('-', '') : text);
};

const grouped = (value: number): string => minus(value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, '\u2009'));

/** A share as a percentage, with more digits where it is small. */
export const percent = (share: number): string =>
  `${decimal(100 * share, Math.abs(share) < 0.001 ? 3 : Math.abs(share) < 0.1 ? 2 : 1)}%`;

const scales = [
  [1e12, 'tn'],
  [1e9, 'bn'],
  [1e6, 'm'],
  [1e3, 'k'],
] as const;

/** An amount of money to three digits. */
export function usd(amount: number): string {
  const [size, name] = scales.find(([s]) => Math.abs(amount) >= s) ?? [1, ''];
  const scaled = amount / size;
  const digits = Math.abs(scaled) >= 100 ? 0 : Math.abs(scaled) >= 10 ? 1 : 2;
  return amount === 0 ? '$0' : `${amount < 0 ? '−' : ''}$${Math.abs(scaled).toFixed(digits)}${name}`;
}

const ratio = (value: number): string =>
  decimal(value, Math.abs(value) >= 10 ? 1 : Math.abs(value) < 0.1 ? 3 : 2);

/** How a value of each unit is written. */
export const written: Readonly<Record<Unit, (value: number) => string>> = {
  'per year': percent,
  'log return': percent,
  share: percent,
  USD: usd,
  count: (v) => (Number.isInteger(v) ? grouped(v) : decimal(v, 2)),
  days: grouped,
  kWh: (v) => (v !== 0 && Math.abs(v) < 0.001 ? minus(v.toExponential(1)) : decimal(v, 3)),
  ratio,
  cosine: (v) => decimal(v, 3),
  correlation: (v) => decimal(v, 3),
  percent: (v) => `${decimal(v, 2)}%`,
  moment: ratio,
  'squared deviations': (v) => decimal(v, 3),
  epsilon: (v) => decimal(v, 3),
};

/** A p-value to three decimals. */
export const probabilityText = (p: number): string =>
  Number.isFinite(p) ? (p < 0.001 ? '<0.001' : p.toFixed(3)) : '–';

/** A count with its noun. */
export const counted = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : many}`;

/** Names as a list in a sentence. */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)!}`;
