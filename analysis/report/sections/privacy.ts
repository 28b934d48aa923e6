import { decimal } from '../../figures/say.js';
import { privacyAccounts, type Account } from '../../metrics/privacy.js';
import type { RunData } from '../../run-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

/** Institutions that the page lists; the record has all. */
const shown = 10;

const row = ({ institution, epsilon, spentOn }: Account): Html[] => [
  text(institution),
  text(decimal(epsilon, 3)),
  text(spentOn === undefined ? 'in budget' : `asked no more from day ${spentOn}`),
];

/** What each institution has given away to whoever sees its federation's models; nothing where nothing is hidden. */
export function privacySection(run: RunData): Section[] {
  const accounts = privacyAccounts(run);
  if (accounts.length === 0) return [];
  const { epsilon, delta } = run.scenario.federation.privacy as unknown as { epsilon: number; delta: number };
  const body = html`<p>
      What its federation’s models give away of each institution’s data, at δ ${text(delta)} and with a budget
      of ε ${text(epsilon)}: the ${text(Math.min(shown, accounts.length))} of ${text(accounts.length)}
      institutions that have spent most. The noise of this run is drawn at addresses of its seed: it shows
      what privacy costs, and hides nothing from whoever knows the seed. Forecasts on probes, losses and
      trades are outside the guarantee.
    </p>
    ${table(['Institution', 'ε', 'Budget'], accounts.slice(0, shown).map(row), 'measures')}`;
  return [{ id: 'privacy', title: 'Privacy', body }];
}
