import type { RunData } from '../../run-data.js';
import { html, text, type Section } from '../html.js';

/** How to get the same bytes again. */
export const reproduce = ({ command, version, scenario }: RunData): Section => ({
  id: 'reproduce',
  title: 'Reproduce',
  body: html`<p>
      The same version, scenario and seed give the same record, byte for byte (Herdscope ${text(version)},
      seed ${text(scenario.seed)}):
    </p>
    <pre>${text(command)}</pre>
    <p>
      Every number and figure here is computed from the tables beside this page (<code>data/*.parquet</code>,
      explained in <code>data/dictionary.json</code>) and stands in <code>metrics.json</code> and
      <code>figures/*.json</code>.
    </p>`,
});
