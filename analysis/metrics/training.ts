import { firstMeasuredDay, numbers, texts, type RunData } from '../run-data.js';
import { blockBootstrap, type Resampling } from './block-bootstrap.js';
import { metric, type MetricLabel, type MetricMap } from './metric.js';

/** A measure from one or two quantities of the `training` table. */
export interface TrainingMeasure {
  readonly label: MetricLabel;
  /** What is reported by the regime, and what it is held against. */
  readonly of: string;
  readonly against?: string;
  /** From their means over learners and rounds; the second is NaN where nothing is held against the first. */
  readonly measure: (of: number, against: number) => number;
}

const label = (name: string, unit: MetricLabel['unit'], meaning: string): MetricLabel => ({
  label: name,
  unit,
  topic: 'training',
  meaning,
});

const beyond = (a: number, b: number): number => a / b - 1;

/** What the training regimes and assessments of a run come to, by the name they are published under. */
export const trainingMeasures = {
  forgetting: {
    label: label(
      'Forgetting',
      'squared deviations',
      'Loss today on days that were once learned, less the loss then (learning.forgetting); below 0 later learning helped.',
    ),
    of: 'exam-loss-now',
    against: 'exam-loss-then',
    measure: (now, then) => now - then,
  },
  outOfSampleSkill: {
    label: label(
      'Skill out of sample',
      'share',
      'Share of the squared outcome that models trained on other days explain (learning.validation), folds that diverged left out; 0 is forecasting nothing.',
    ),
    of: 'validation-loss',
    against: 'validation-zero-loss',
    measure: (loss, zero) => -beyond(loss, zero),
  },
  divergedFolds: {
    label: label(
      'Diverged folds',
      'count',
      'Folds of a validation whose training met what is no number, a mean over validations; skill out of sample is without them.',
    ),
    of: 'validation-diverged',
    measure: (folds) => folds,
  },
  outOfSampleCoefficient: {
    label: label(
      'Information coefficient out of sample',
      'correlation',
      'Correlation of forecasts of models trained on other days with what then happened, a mean over folds that did not diverge.',
    ),
    of: 'validation-coefficient',
    measure: (coefficient) => coefficient,
  },
  adversarialLoss: {
    label: label(
      'Loss under attack',
      'share',
      'How much the loss rises when every input is moved against the model by the radius of training, on days of training.',
    ),
    of: 'attacked-loss',
    against: 'clean-loss',
    measure: beyond,
  },
  distillationLoss: {
    label: label(
      'Loss of distillation',
      'share',
      "The students' loss beyond their teachers', on days of training.",
    ),
    of: 'student-loss',
    against: 'teacher-loss',
    measure: beyond,
  },
  quantizationLoss: {
    label: label(
      'Loss of quantization',
      'share',
      'The loss with int8 weights beyond that with float32, on days of training; the arithmetic is float32.',
    ),
    of: 'int8-loss',
    against: 'float32-loss',
    measure: beyond,
  },
  stepsBeforeStopping: {
    label: label('Steps before stopping', 'count', 'Minibatch steps of the model that early stopping kept.'),
    of: 'steps',
    measure: (steps) => steps,
  },
} satisfies Record<string, TrainingMeasure>;

/** Sums and counts of one quantity by round. */
export interface QuantityByRound {
  readonly days: Int32Array;
  readonly sum: Float64Array;
  readonly count: Float64Array;
}

/** A quantity of the `training` table added up by round from a day on; nothing where it was never reported. */
export function quantityByRound(run: RunData, quantity: string, from: number): QuantityByRound | undefined {
  const batch = run.tables.training;
  if (batch === undefined) return undefined;
  const [day, value, names] = [numbers(batch, 'day'), numbers(batch, 'value'), texts(batch, 'quantity')];
  const rows = names.flatMap((name, row) => (name === quantity && day[row]! >= from ? [row] : []));
  if (rows.length === 0) return undefined;
  const days = Int32Array.from(new Set(rows.map((row) => day[row]!))).sort();
  const place = new Map(Array.from(days, (d, i) => [d, i]));
  const [sum, count] = [new Float64Array(days.length), new Float64Array(days.length)];
  for (const row of rows) {
    const at = place.get(day[row]!)!;
    sum[at]! += value[row]!;
    count[at]! += 1;
  }
  return { days, sum, count };
}

const meanAt = ({ sum, count }: QuantityByRound, at: Iterable<number>): number => {
  let [total, n] = [0, 0];
  for (const i of at) {
    total += sum[i]!;
    n += count[i]!;
  }
  return total / n;
};

/** Rounds in a block: about a month of weekly rounds. */
const blockLength = 4;

/** What the regimes of a run come to after its warm-up; nothing of those that it does not have. */
export function trainingMetrics(
  run: RunData,
  resampling: Omit<Resampling, 'length' | 'purpose' | 'blockLength'>,
): MetricMap {
  const entries = Object.entries<TrainingMeasure>(trainingMeasures).flatMap(([name, measured]) => {
    const { of, against, measure } = measured;
    if (!quantityByRound(run, of, 0)) return [];
    const [first, second] = [of, against].map((q) => q && quantityByRound(run, q, firstMeasuredDay(run)));
    const none = 'no round after the warm-up reported it';
    if (!first) return [[name, metric(measured.label, NaN, none)] as const];
    const statistic = (at: Iterable<number>): number => {
      const places = [...at];
      return measure(meanAt(first, places), second ? meanAt(second, places) : NaN);
    };
    const purpose = `bootstrap-${name}`;
    const intervals = blockBootstrap(
      { it: statistic },
      { ...resampling, purpose, length: first.days.length, blockLength },
    );
    const value = statistic(first.days.keys());
    return [[name, metric(measured.label, value, none, { interval: intervals['it'] ?? null })] as const];
  });
  return Object.fromEntries(entries);
}
