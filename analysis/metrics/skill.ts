import type { RunData } from '../run-data.js';
import { blockBootstrap, type Resampling } from './block-bootstrap.js';
import { metric, type MetricLabel, type MetricMap } from './metric.js';
import { pooledSkill, skillCeiling, skillSums } from './skill-sums.js';

const label = (name: string, meaning: string): MetricLabel => ({
  label: name,
  unit: 'correlation',
  topic: 'skill',
  meaning,
});

const labels = {
  model: label('Skill of the models', 'Correlation of matured forecasts with what then happened.'),
  yardstick: label('Skill of least squares', 'The same for a linear regression on the same data.'),
  ceiling: label('Ceiling of skill', 'What the data sources allow at most; no skill at all is 0.'),
};

/** Rounds in a block: about a month of weekly rounds. */
const blockLength = 4;

/** Skill of the models beside least squares' and the ceiling. */
export function skillMetrics(
  run: RunData,
  resampling: Omit<Resampling, 'length' | 'purpose' | 'blockLength'>,
): MetricMap {
  const sums = skillSums(run);
  const all = sums ? sums.days.keys() : [];
  const { model, yardstick } = sums ? pooledSkill(sums, all) : { model: NaN, yardstick: NaN };
  const intervals = sums
    ? blockBootstrap(
        { model: (at) => pooledSkill(sums, at).model, yardstick: (at) => pooledSkill(sums, at).yardstick },
        { ...resampling, purpose: 'bootstrap-skill', length: sums.days.length, blockLength },
      )
    : {};
  const why = sums
    ? 'no forecast that varied matured after the warm-up'
    : 'the record holds no matured forecasts';
  return {
    informationCoefficient: metric(labels.model, model, why, { interval: intervals['model'] ?? null }),
    leastSquaresCoefficient: metric(labels.yardstick, yardstick, why, {
      interval: intervals['yardstick'] ?? null,
    }),
    skillCeiling: metric(labels.ceiling, skillCeiling(run), 'there are no institutions'),
  };
}
