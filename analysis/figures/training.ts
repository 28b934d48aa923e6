import {
  quantityByRound,
  trainingMeasures,
  type QuantityByRound,
  type TrainingMeasure,
} from '../metrics/training.js';
import type { Metrics } from '../metrics.js';
import type { RunData } from '../run-data.js';
import type { FigureMaker } from './figure.js';
import { drawGrid } from './grid.js';
import { dots, line, type Layer } from './marks.js';
import { palette } from './palette.js';
import type { Panel } from './panel.js';
import { listed, written } from './say.js';
import { pointsOf } from './thin.js';
import { backdropKey, overDays } from './timeline.js';

interface Course {
  readonly name: string;
  readonly measure: TrainingMeasure;
  readonly of: QuantityByRound;
  readonly against: QuantityByRound | undefined;
}

const coursesOf = (run: RunData): Course[] =>
  Object.entries<TrainingMeasure>(trainingMeasures).flatMap(([name, measure]) => {
    const of = quantityByRound(run, measure.of, 0);
    const against = measure.against === undefined ? undefined : quantityByRound(run, measure.against, 0);
    return of ? [{ name, measure, of, against }] : [];
  });

const means = ({ sum, count }: QuantityByRound): Float64Array => sum.map((s, i) => s / count[i]!);

const track = (of: QuantityByRound, colour: string): Layer[] => {
  const points = pointsOf(Float64Array.from(of.days), means(of));
  return [line(points, colour), dots(points, colour)];
};

function panelOf(run: RunData, { measure, of, against }: Course, last: boolean): Panel {
  const layers = [...(against ? track(against, palette.orange) : []), ...track(of, palette.blue)];
  const heading = measure.against ? `${measure.of} (blue), ${measure.against} (orange)` : measure.of;
  return overDays(run, { heading, height: 130, layers, y: { ticks: 4 } }, last ? 'Trading day' : '');
}

/** Each measure in words. */
function caption({ measures }: Metrics, courses: readonly Course[]): string {
  const said = courses.map(({ name }) => {
    const { label, value, unit, interval } = measures[name]!;
    if (value === null) return `${label.toLowerCase()} is undefined after the warm-up`;
    const show = written[unit];
    const range = interval ? ` (95% interval ${show(interval[0])} to ${show(interval[1])})` : '';
    return `${label.toLowerCase()} ${show(value)}${range}`;
  });
  return `Means over learners, round by round. After the warm-up: ${listed(said)}.`;
}

/** What is drawn of a course, by quantity. */
function dataOf({ measure, of, against }: Course): [string, { day: Int32Array; mean: Float64Array }][] {
  const shown = (course: QuantityByRound) => ({ day: course.days, mean: means(course) });
  const first: [string, ReturnType<typeof shown>] = [measure.of, shown(of)];
  return against && measure.against !== undefined ? [first, [measure.against, shown(against)]] : [first];
}

/** What training regimes, validation and exams reported, round by round; no figure where there was nothing. */
export const training: FigureMaker = (run, metrics) => {
  const courses = coursesOf(run);
  if (courses.length === 0) return {};
  const panels = courses.map((course, i) => panelOf(run, course, i >= courses.length - 2));
  return {
    training: {
      title: 'What training reported',
      key: backdropKey(run),
      caption: caption(metrics, courses),
      data: Object.fromEntries(courses.flatMap(dataOf)),
      draw: (width) => drawGrid(panels, 2, width, `tr${width}`),
    },
  };
};
