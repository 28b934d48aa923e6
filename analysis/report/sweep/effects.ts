import { effectsFigure, type MeasureEffects } from '../../figures/sweep/effects.js';
import type { MetricLabel } from '../../metrics/metric.js';
import { percent, probabilityText, written } from '../../figures/say.js';
import type { Effect } from '../../sweep/effects.js';
import type { SweepData } from '../../sweep/sweep-data.js';
import { html, table, text, type Html, type Section } from '../html.js';
import { chapterOf, type Chapter } from './chapter.js';

const range = (interval: readonly [number, number] | null, show: (v: number) => string): string =>
  interval ? `${show(interval[0])} to ${show(interval[1])}` : '–';

function rowOf(effect: Effect, label: MetricLabel): Html[] {
  const show = written[label.unit];
  const value = Number.isFinite(effect.value) ? show(effect.value) : 'undefined';
  return [
    html`<span class="name">${text(effect.label)}</span>`,
    html`<span class="value">${text(value)}</span
      ><span class="note"
        >${text(Number.isFinite(effect.base) ? `from ${show(effect.base)}` : 'from undefined')}</span
      >`,
    html`${text(range(effect.interval, show))}<span class="note"
        >${text(`bootstrap ${range(effect.bootstrap, show)}`)}</span
      >`,
    html`${text(probabilityText(effect.holm))}<span class="note"
        >${text(`unadjusted ${probabilityText(effect.pValue)}, BH ${probabilityText(effect.benjaminiHochberg)}`)}</span
      >`,
    html`${text(effect.n)}<span class="note"
        >${text(Number.isFinite(effect.varianceReduction) ? `pairing took ${percent(effect.varianceReduction)} of the variance` : 'nothing varied')}</span
      >`,
  ];
}

const compared = ({ contrasts, points }: SweepData['plan']): string =>
  contrasts ? 'Contrasts of points' : `Mean differences from the first point (${points[0]!.label})`;

/** What each contrast of points is for each tested measure. */
export const effectsSection = ({ plan, labels }: SweepData, effects: readonly Effect[]): Section => ({
  id: 'effects',
  title: 'Effects',
  body: html`<p>
      ${text(compared(plan))}, replication by replication under common random numbers, with Student’s and
      bootstrap 95% intervals; p-values are adjusted by Holm over all ${text(effects.length)} effects below.
    </p>
    ${plan.metrics.flatMap((metric) => {
      const [label, own] = [labels[metric], effects.filter((e) => e.metric === metric)];
      if (!label || own.length === 0) return [];
      return [
        html`<h3>${text(label.label)}</h3>
          <p class="note">${text(label.meaning)}</p>
          ${table(
            [plan.contrasts ? 'Contrast' : 'Point', 'Difference', '95% interval', 'p (Holm)', 'n'],
            own.map((e) => rowOf(e, label)),
            'effects',
          )}`,
      ];
    })}`,
});

/** Contrasts that a picture has room for; the table has them all. */
const drawnContrasts = 24;

/** The same in one picture; none where there is nothing to compare, or more than can be told apart. */
export function effectsChapter({ plan, labels }: SweepData, effects: readonly Effect[]): Promise<Chapter[]> {
  const measures = plan.metrics.flatMap((metric): MeasureEffects[] => {
    const [label, own] = [labels[metric], effects.filter((e) => e.metric === metric)];
    return label && own.length > 0 ? [{ label, effects: own }] : [];
  });
  const drawn = measures.length > 0 && measures[0]!.effects.length <= drawnContrasts;
  const title = plan.contrasts ? 'Contrasts of points' : `Differences from ${plan.points[0]!.label}`;
  return chapterOf(
    'effects-drawn',
    'Effects drawn',
    drawn ? [['effects', effectsFigure(title, measures)]] : [],
  );
}
