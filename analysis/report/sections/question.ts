import type { RunData } from '../../run-data.js';
import { differences, type Difference } from '../differences.js';
import { html, table, text, type Html, type Section } from '../html.js';

const short = (value: unknown): Html => {
  const json = value === undefined ? 'none' : JSON.stringify(value);
  return html`<code>${text(json.length > 120 ? `${json.slice(0, 117)}…` : json)}</code>`;
};

/** What names a run, not what sets it. */
const names = new Set(['name', 'description']);

const tableOf = (found: readonly Difference[]): Html =>
  table(
    ['Setting', 'Here', 'Default'],
    found.map((d) => [html`<code>${text(d.path)}</code>`, short(d.value), short(d.otherwise)]),
    'settings',
  );

function special({ scenario, defaults }: RunData): Html {
  if (!defaults) return html`<p>Every setting of the run is listed below.</p>`;
  const found = differences(scenario, defaults).filter((d) => !names.has(d.path));
  return found.length === 0
    ? html`<p>Every setting is at its default.</p>`
    : html`<p>Settings that differ from the defaults:</p>
        ${tableOf(found)}`;
}

/** What the run asks, and what it was run with. */
export const question = (run: RunData): Section => ({
  id: 'question',
  title: 'Question and scenario',
  body: html`<p class="question">${text(run.scenario.description || 'The scenario states no question.')}</p>
    ${special(run)}
    <details>
      <summary>The whole scenario, every default written out</summary>
      <pre>${text(JSON.stringify(run.scenario, null, 2))}</pre>
    </details>`,
});
