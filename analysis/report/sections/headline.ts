import { written } from '../../figures/say.js';
import { byTopic, type Metric, type Unit } from '../../metrics/metric.js';
import type { Metrics } from '../../metrics.js';
import { html, table, text, type Html, type Section } from '../html.js';

/** A unit beside a value that does not carry it already. */
const unitText: Readonly<Record<Unit, string>> = {
  'per year': 'a year',
  'log return': 'log return',
  share: '',
  USD: '',
  count: '',
  days: 'days',
  kWh: 'kWh',
  ratio: 'ratio',
  cosine: 'cosine',
  correlation: 'correlation',
  percent: '',
  moment: 'standardised moment',
  'squared deviations': 'squared deviations',
  epsilon: 'ε',
};

const first = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

const valueOf = ({ value, unit, reason }: Metric): Html =>
  value === null
    ? html`<span class="note">undefined: ${text(reason ?? '')}</span>`
    : html`<span class="value">${text(written[unit](value))}</span>
        <span class="unit">${text(unitText[unit])}</span>`;

const intervalOf = ({ interval, extreme, unit }: Metric): Html => {
  const show = written[unit];
  const range = interval ? html`${text(`${show(interval[0])} to ${show(interval[1])}`)}` : html`–`;
  const worst = extreme
    ? html`<span class="note">${text(`${extreme.which} ${show(extreme.value)}, day ${extreme.day}`)}</span>`
    : html``;
  return html`${range}${worst}`;
};

const rowsOf = (measures: readonly Metric[]): Html[][] =>
  measures.map((m) => [
    html`<span class="name">${text(m.label)}</span><span class="meaning">${text(m.meaning)}</span>`,
    valueOf(m),
    intervalOf(m),
  ]);

/** The headline measures, by topic, each with its unit, its interval and a sentence. */
export function headline({ measures, sample, intervals }: Metrics): Section {
  const { told, silent } = byTopic(measures);
  const nothing = `Nothing happened, so that every measure is 0 or undefined: ${silent.join(', ')}.`;
  const body = html`<p>
      Measured on days ${text(sample.firstDay)} to ${text(sample.lastDay)}, after the warm-up; daily measures
      are means over those days. Intervals cover ${text(100 * intervals.level)}% by bootstrap over blocks of
      ${text(intervals.blockDays)} days: they say how a number varies along this one path, not from seed to
      seed. Counts and extremes of a path have none.
    </p>
    ${told.map(
      ({ topic, measures: all }) =>
        html`<h3>${text(first(topic))}</h3>
          ${table(['Measure', 'Value', '95% interval, extreme day'], rowsOf(all), 'measures')}`,
    )}
    ${silent.length > 0 ? html`<p class="note">${text(nothing)}</p>` : html``}`;
  return { id: 'measures', title: 'Headline measures', body };
}
