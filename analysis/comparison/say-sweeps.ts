import { probabilityText, written } from '../figures/say.js';
import type { SweepData } from '../sweep/sweep-data.js';
import type { Block } from '../text/document.js';
import type { PointsDifference, SweepComparison, SweepDifference } from './compare-sweeps.js';
import { keyRows, rangeText } from './say.js';

/** A run of one scenario and seed whose records differ, and where they part. */
export interface Parted {
  readonly run: string;
  readonly where: string;
}

function scenarioRows(found: readonly PointsDifference[], points: number): string[][] {
  const [head, ...rows] = keyRows(found) as [string[], ...string[][]];
  const where = found.map(({ labels }) => (labels.length === points ? 'every point' : labels.join('; ')));
  return [[...head, 'where'], ...rows.map((row, i) => [...row, where[i]!])];
}

function effectRow(effect: SweepDifference, show: (value: number) => string): string[] {
  const value = (v: number): string => (Number.isFinite(v) ? show(v) : 'undefined');
  return [
    effect.label,
    value(effect.a),
    value(effect.b),
    value(effect.value),
    effect.interval ? rangeText(effect.interval, show) : '–',
    probabilityText(effect.holm),
    probabilityText(effect.benjaminiHochberg),
    String(effect.n),
  ];
}

const head = ['point', 'a', 'b', 'b − a', '95% interval', 'p (Holm)', 'p (BH)', 'n'];

function effectBlocks({ effects }: SweepComparison, labels: SweepData['labels']): Block[] {
  if (effects.length === 0)
    return [{ sentence: 'No point has the same label in both: nothing is compared.' }];
  const metrics = [...new Set(effects.map(({ metric }) => metric))];
  return [
    {
      sentence: `Mean differences b − a over the seeds that both have, with Student's 95% intervals; p-values are adjusted over all ${effects.length}.`,
    },
    ...metrics.flatMap((metric): Block[] => {
      const { label, unit } = labels[metric]!;
      const own = effects.filter((e) => e.metric === metric);
      return [{ heading: label }, { rows: [head, ...own.map((e) => effectRow(e, written[unit]))] }];
    }),
  ];
}

/** What a comparison of two sweeps says. */
export function saySweeps(
  comparison: SweepComparison,
  labels: SweepData['labels'],
  names: readonly [string, string],
  parted: readonly Parted[],
): Block[] {
  const { plan, scenario, common, onlyA, onlyB, equalRuns } = comparison;
  const only = (side: string, found: readonly string[]): Block[] =>
    found.length === 0 ? [] : [{ sentence: `Only ${side} has: ${found.join('; ')}.` }];
  return [
    { heading: `a: ${names[0]}, b: ${names[1]}` },
    ...(plan.length === 0
      ? [{ sentence: 'The plans are the same but for their points.' }]
      : [{ sentence: 'What differs in the plans:' }, { rows: keyRows(plan) }]),
    ...(scenario.length === 0
      ? [{ sentence: 'Points of the same label have the same settings.' }]
      : [
          { sentence: 'Keys of the scenarios that differ:' },
          { rows: scenarioRows(scenario, common.length) },
        ]),
    ...only('a', onlyA),
    ...only('b', onlyB),
    { sentence: `${equalRuns} runs are of one scenario and seed and have the same record.` },
    ...(parted.length === 0
      ? []
      : [
          { sentence: `${parted.length} runs are of one scenario and seed, but their records part:` },
          { rows: [['run', 'first difference'], ...parted.map(({ run, where }) => [run, where])] },
        ]),
    ...effectBlocks(comparison, labels),
  ];
}
