import type { MetricLabel } from '../../metrics/metric.js';
import { percent, written } from '../../figures/say.js';
import type { Effect } from '../../sweep/effects.js';
import type { SweepData } from '../../sweep/sweep-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

const pText = (p: number): string => (Number.isFinite(p) ? (p < 0.001 ? '<0.001' : p.toFixed(3)) : '–');

const range = (interval: readonly [number, number] | null, show: (v: number) => string): string =>
  interval ? `${show(interval[0])} to ${show(interval[1])}` : '–';

function rowOf(effect: Effect, label: MetricLabel): Html[] {
  const show = written[label.unit];
  const value = Number.isFinite(effect.value) ? show(effect.value) : 'undefined';
  return [
    html`<span class="name">${text(effect.label)}</span>`,
    html`<span class="value">${text(value)}</span>`,
    html`${text(range(effect.interval, show))}<span class="note"
        >${text(`bootstrap ${range(effect.bootstrap, show)}`)}</span
      >`,
    html`${text(pText(effect.holm))}<span class="note"
        >${text(`unadjusted ${pText(effect.pValue)}, BH ${pText(effect.benjaminiHochberg)}`)}</span
      >`,
    html`${text(effect.n)}<span class="note"
        >${text(Number.isFinite(effect.varianceReduction) ? `pairing took ${percent(effect.varianceReduction)} of the variance` : 'nothing varied')}</span
      >`,
  ];
}

/** What each point did, against the first, to each tested measure. */
export const effectsSection = ({ plan, labels }: SweepData, effects: readonly Effect[]): Section => ({
  id: 'effects',
  title: 'Effects',
  body: html`<p>
      Mean differences from the first point (${text(plan.points[0]!.label)}), replication by replication under
      common random numbers, with Student’s and bootstrap 95% intervals; p-values are adjusted by Holm over
      all ${text(effects.length)} effects below.
    </p>
    ${plan.metrics.flatMap((metric) => {
      const [label, own] = [labels[metric], effects.filter((e) => e.metric === metric)];
      if (!label || own.length === 0) return [];
      return [
        html`<h3>${text(label.label)}</h3>
          <p class="note">
            ${text(`${label.meaning} At the first point: ${Number.isFinite(own[0]!.base) ? written[label.unit](own[0]!.base) : 'undefined'}.`)}
          </p>
          ${table(
            ['Point', 'Difference', '95% interval', 'p (Holm)', 'n'],
            own.map((e) => rowOf(e, label)),
            'effects',
          )}`,
      ];
    })}`,
});
