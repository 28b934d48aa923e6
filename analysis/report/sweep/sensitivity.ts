import { sensitivityFigure } from '../../figures/sweep/sensitivity-bars.js';
import { decimal } from '../../figures/say.js';
import type { Estimate } from '../../statistics/estimate.js';
import { sensitivityOf, type Sensitivity } from '../../sweep/sensitivity.js';
import type { SweepData } from '../../sweep/sweep-data.js';
import { html, table, text, type Html } from '../html.js';
import { slug } from '../slug.js';
import { pictureHtml, pictureOf } from '../sections/pictures.js';
import type { Chapter } from './chapter.js';

const shown = ({ value, interval, n }: Estimate): Html => {
  if (!Number.isFinite(value)) return html`undefined`;
  const between = interval ? `${decimal(interval[0], 2)} to ${decimal(interval[1], 2)}` : '–';
  return html`<span class="value">${text(decimal(value, 2))}</span
    ><span class="note">${text(`${between}, n = ${n}`)}</span>`;
};

const tableOf = (found: readonly Sensitivity[]): Html =>
  table(
    ['Field', 'First order', 'Total'],
    found.map((s) => [text(s.field), shown(s.first), shown(s.total)]),
    'effects',
  );

/** Which fields account for the variance of each measure, alone and with what they interact with. */
export async function sensitivityChapter(sweep: SweepData): Promise<Chapter> {
  const measures = sweep.plan.metrics.flatMap((metric) => {
    const label = sweep.labels[metric];
    return label ? [{ metric, label, found: sensitivityOf(sweep, metric) }] : [];
  });
  const pictures = await Promise.all(
    measures.map(({ metric, label, found }) =>
      pictureOf(`sensitivity-${slug(metric)}`, sensitivityFigure(found, label)),
    ),
  );
  const body = html`<p>
      Share of a measure’s variance over the design that a field accounts for: alone (first order) and with
      all it interacts with (total), with 95% bootstrap intervals over rows.
    </p>
    ${measures.map(
      ({ label, found }, i) =>
        html`<h3>${text(label.label)}</h3>
          ${pictureHtml(pictures[i]!)}${tableOf(found)}`,
    )}`;
  return { section: { id: 'sensitivity', title: 'Sensitivity', body }, pictures };
}
