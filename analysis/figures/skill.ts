import { pooledSkill, skillSums, type SkillSums } from '../metrics/skill-sums.js';
import type { Metric } from '../metrics/metric.js';
import type { Metrics } from '../metrics.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import { dots, level, line, whiskers, type Layer } from './marks.js';
import { palette } from './palette.js';
import type { Panel } from './panel.js';
import { written } from './say.js';
import { pointsOf } from './thin.js';

/** Stretches of the measured days that skill is shown for. */
const stretches = 12;

interface Course {
  readonly day: Float64Array;
  readonly model: Float64Array;
  readonly yardstick: Float64Array;
}

/** Skill by stretch of days. */
function courseOf(sums: SkillSums): Course {
  const count = Math.min(stretches, sums.days.length);
  const parts = Array.from({ length: count }, (_, s) => {
    const from = Math.floor((s * sums.days.length) / count);
    const to = Math.floor(((s + 1) * sums.days.length) / count);
    const at = Array.from({ length: to - from }, (_unused, i) => from + i);
    return { day: (sums.days[from]! + sums.days[to - 1]!) / 2, ...pooledSkill(sums, at) };
  });
  return {
    day: Float64Array.from(parts, (p) => p.day),
    model: Float64Array.from(parts, (p) => p.model),
    yardstick: Float64Array.from(parts, (p) => p.yardstick),
  };
}

/** Zero, and the ceiling. */
const marksOf = (ceiling: number): Layer[] => [level(0, palette.ink), level(ceiling, palette.green, [5, 3])];

/** A value with its interval at a place. */
const estimate = ({ value, interval }: Metric, x: number, colour: string): Layer[] => [
  ...(interval ? [whiskers([{ x, low: interval[0], high: interval[1] }], colour, 2)] : []),
  ...(value === null ? [] : [dots([{ x, y: value }], colour)]),
];

const panels = ({ measures }: Metrics, { day, model, yardstick }: Course, last: number): Panel[] => {
  const ceiling = measures['skillCeiling']!.value ?? 0;
  const [ours, theirs] = [measures['informationCoefficient']!, measures['leastSquaresCoefficient']!];
  const track = (values: Float64Array, colour: string): Layer[] => [
    line(pointsOf(day, values), colour),
    dots(pointsOf(day, values), colour),
  ];
  return [
    {
      heading: 'Information coefficient, by stretch of days',
      height: 190,
      layers: [...marksOf(ceiling), ...track(yardstick, palette.orange), ...track(model, palette.blue)],
      x: { title: 'Trading day', domain: [0, last], format: 'd', ticks: 6 },
      y: { ticks: 5 },
    },
    {
      heading: 'Whole run, with 95% intervals',
      height: 190,
      layers: [
        ...marksOf(ceiling),
        ...estimate(ours, 1, palette.blue),
        ...estimate(theirs, 2, palette.orange),
      ],
      x: {
        title: 'Forecaster',
        domain: [0, 3],
        values: [1, 2],
        labelExpr: "datum.value === 1 ? 'models' : 'least squares'",
      },
      y: { ticks: 5 },
    },
  ];
};

const within = (m: Metric): string =>
  m.interval
    ? ` (95% interval ${written.correlation(m.interval[0])} to ${written.correlation(m.interval[1])})`
    : '';

/** Whether the models beat nothing, and how they stand to least squares and to the ceiling. */
function caption({ measures }: Metrics): string {
  const [ours, theirs, top] = ['informationCoefficient', 'leastSquaresCoefficient', 'skillCeiling'].map(
    (name) => measures[name]!,
  ) as [Metric, Metric, Metric];
  if (ours.value === null) return `The skill of the models is undefined: ${ours.reason ?? ''}.`;
  const verdict = !ours.interval
    ? 'too few rounds for an interval'
    : ours.interval[0] > 0
      ? 'above zero'
      : ours.interval[1] < 0
        ? 'below zero'
        : 'not distinguishable from zero';
  const least =
    theirs.value === null ? 'is undefined' : `is ${written.correlation(theirs.value)}${within(theirs)}`;
  return `The models’ information coefficient is ${written.correlation(ours.value)}${within(ours)}, ${verdict}; that of least squares on the same data ${least}. The sources allow at most ${written.correlation(top.value ?? 0)}.`;
}

/** Skill of the models beside least squares, the ceiling and zero. */
export const skill: FigureMaker = (run, metrics) => {
  const title = 'Skill of the models beside least squares, the ceiling and zero';
  const sums = skillSums(run);
  const omit = (omitted: string) => ({ skill: { title, omitted } });
  if (!sums) return omit('The record holds no matured forecasts.');
  if (sums.days.length === 0) return omit('No forecast matured after the warm-up.');
  const course = courseOf(sums);
  const drawn = panels(metrics, course, metrics.sample.lastDay);
  return {
    skill: {
      title,
      key: [
        { label: 'models', colour: palette.blue, sign: 'line' },
        { label: 'least squares', colour: palette.orange, sign: 'line' },
        { label: 'ceiling', colour: palette.green, sign: 'dashed' },
        { label: 'no skill (0)', colour: palette.ink, sign: 'line' },
      ],
      caption: caption(metrics),
      data: {
        ...course,
        ceiling: metrics.measures['skillCeiling']!.value,
        wholeRun: {
          model: metrics.measures['informationCoefficient'],
          leastSquares: metrics.measures['leastSquaresCoefficient'],
        },
      },
      draw: (width) => drawGrid(drawn, 2, width, `sk${width}`),
    },
  };
};
