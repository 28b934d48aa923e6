import { decimal } from '../../figures/say.js';
import { sensitivityOf } from '../../sweep/sensitivity.js';
import type { SweepData } from '../../sweep/sweep-data.js';
import type { Estimate } from '../../statistics/estimate.js';
import { html, raw, table, text, type Html, type Section } from '../html.js';
import { palette } from '../../figures/palette.js';

const bar = ({ value, interval, n }: Estimate): Html => {
  if (!Number.isFinite(value)) return html`undefined`;
  const length = (120 * Math.max(0, Math.min(1, value))).toFixed(1);
  const between = interval ? `${decimal(interval[0], 2)} to ${decimal(interval[1], 2)}` : '–';
  return html`${raw(`<svg width="122" height="10" role="presentation"><rect width="${length}" height="10" fill="${palette.blue}"/></svg>`)}
    ${text(decimal(value, 2))}<span class="note">${text(`${between}, n = ${n}`)}</span>`;
};

/** Which fields account for the variance of each measure, alone and with what they interact with. */
export const sensitivitySection = (sweep: SweepData): Section => ({
  id: 'sensitivity',
  title: 'Sensitivity',
  body: html`<p>
      Share of a measure’s variance over the design that a field accounts for: alone (first order) and with
      all it interacts with (total), with 95% bootstrap intervals over rows.
    </p>
    ${sweep.plan.metrics
      .filter((metric) => sweep.labels[metric])
      .map(
        (metric) =>
          html`<h3>${text(sweep.labels[metric]!.label)}</h3>
            ${table(
              ['Field', 'First order', 'Total'],
              sensitivityOf(sweep, metric).map((s) => [text(s.field), bar(s.first), bar(s.total)]),
              'effects',
            )}`,
      )}`,
});
