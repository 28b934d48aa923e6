import { tables, type TableName } from '../../../core/events.js';
import type { RunData } from '../../run-data.js';
import { listed } from '../../figures/say.js';
import { html, text, type Section } from '../html.js';

/** What every run assumes. */
const always: readonly string[] = [
  'One run is one path. Whether a setting causes what is seen here takes paired replications over many seeds.',
  'One outside book is the other side of every trade. It quotes a price by the impact rule and never fails; there is no strategic market maker.',
  'Sources reveal something of the coming diffusive return alone: never jumps, drift, scheduled shocks, or the impact of others’ trades.',
  'Institutions do not foresee each other, hide orders, or renegotiate debts; an estate passes to the outside book on the day of default.',
  'Balance sheets are templates by type of institution, and interbank claims are drawn, not those of any real institution.',
];

/** What nobody has yet fitted to data. */
const uncalibrated: readonly string[] = [
  'the strength, concavity and decay of price impact, and how depth falls in stress',
  'leverage, caps and targets of each type, and so how often institutions must sell or default',
  'how strongly money flows follow returns',
  'the information in data sources',
  'the speed of trading and the learning rates',
];

const absent = (run: RunData): string[] =>
  (Object.keys(tables) as TableName[]).filter((name) => run.tables[name] === undefined);

const universe = ({ scenario }: RunData): string =>
  scenario.market.calibration.prices === null
    ? 'Volatilities and factor loadings are orders of magnitude set by hand, not estimated.'
    : `Volatilities and factor loadings are estimated from ${scenario.market.calibration.prices}; drift, regimes and jumps are not.`;

/** What the numbers rest on. */
export function limits(run: RunData): Section {
  const missing = absent(run);
  const level = `The record is kept at level "${run.scenario.record}"; it holds no ${listed(missing)}, and nothing that needs them is shown.`;
  return {
    id: 'limits',
    title: 'Limits and assumptions',
    body: html`<ul>
        ${[...always, universe(run), ...(missing.length > 0 ? [level] : [])].map((s) => html`<li>${text(s)}</li>`)}
      </ul>
      <p>
        Not yet calibrated, so that levels (how often, how much) are not predictions while comparisons at
        equal settings may inform:
      </p>
      <ul>
        ${uncalibrated.map((s) => html`<li>${text(s)}</li>`)}
      </ul>`,
  };
}
