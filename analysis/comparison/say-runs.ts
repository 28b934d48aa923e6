import { written } from '../figures/say.js';
import type { Block } from '../text/document.js';
import type { MetricPair, RunComparison } from './compare-runs.js';
import { keyRows, rangeText } from './say.js';

const valueText = ({ unit }: MetricPair, value: number | null | undefined): string =>
  value == null ? 'undefined' : written[unit](value);

const sideText = (pair: MetricPair, side: MetricPair['a']): string =>
  side === null
    ? 'not measured'
    : `${valueText(pair, side.value)}${side.interval ? ` [${rangeText(side.interval, written[pair.unit])}]` : ''}`;

const rowOf = (pair: MetricPair): string[] => [
  pair.label,
  sideText(pair, pair.a),
  sideText(pair, pair.b),
  valueText(pair, pair.difference),
  pair.interval ? rangeText(pair.interval, written[pair.unit]) : '–',
];

/** Measures that are the same on both sides say nothing. */
const differs = ({ a, b }: MetricPair): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** What a comparison of two runs says; `parted` names the first day on which records of one scenario part. */
export function sayRuns(
  { scenario, unpaired, metrics }: RunComparison,
  names: readonly [string, string],
  parted: string | null,
): Block[] {
  const differing = metrics.filter(differs);
  const pairing =
    unpaired === null
      ? 'The difference is b − a with a 95% interval from blocks of days, both runs at the same days: it says how the difference varies over these days, not over seeds.'
      : `The difference is b − a, without an interval: ${unpaired}, so days are no pairs.`;
  return [
    { heading: `a: ${names[0]}, b: ${names[1]}` },
    ...(scenario.length === 0
      ? [{ sentence: 'The scenarios are the same.' }]
      : [{ sentence: 'Keys of the scenario that differ:' }, { rows: keyRows(scenario) }]),
    ...(scenario.length === 0
      ? [
          {
            sentence:
              parted === null ? 'The records are the same, day by day.' : `The records part: ${parted}.`,
          },
        ]
      : []),
    ...(differing.length === 0
      ? [{ sentence: `All ${metrics.length} measures are the same.` }]
      : [
          { sentence: `${differing.length} of ${metrics.length} measures differ. ${pairing}` },
          {
            rows: [['measure', 'a [95%]', 'b [95%]', 'b − a', '95% interval'], ...differing.map(rowOf)],
          },
        ]),
  ];
}
