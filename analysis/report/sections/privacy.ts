import { decimal } from '../../figures/say.js';
import { privacyAccounts, type Account } from '../../metrics/privacy.js';
import type { RunData } from '../../run-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

/** Institutions that the page lists; the record has all. */
const shown = 10;

/** Words for what is hidden: an institution in its federation's model, or an example in an institution's. */
interface Words {
  readonly whose: string;
  readonly outside: string;
  readonly over: string;
}

const ofInstitutions: Words = {
  whose: 'What its federation’s models give away of each institution’s data',
  outside: 'Forecasts on probes, losses and trades',
  over: 'asked no more',
};
const ofExamples: Words = {
  whose:
    'What its own model gives away of any one example that an institution trains on (one day of an asset)',
  outside: 'Losses, numbers of examples, uncertainties and trades',
  over: 'did not train',
};

const wordsFor = ({ federation }: RunData['scenario']): Words =>
  federation.privacy.mechanism === 'dp-sgd' ? ofExamples : ofInstitutions;

const row =
  ({ over }: Words) =>
  ({ institution, epsilon, spentOn }: Account): Html[] => [
    text(institution),
    text(decimal(epsilon, 3)),
    text(spentOn === undefined ? 'in budget' : `${over} from day ${spentOn}`),
  ];

/** What each institution has given away to whoever sees its federation's models, or its own; nothing where nothing is
 * hidden. */
export function privacySection(run: RunData): Section[] {
  const accounts = privacyAccounts(run);
  if (accounts.length === 0) return [];
  const { epsilon, delta } = run.scenario.federation.privacy as unknown as { epsilon: number; delta: number };
  const words = wordsFor(run.scenario);
  const body = html`<p>
      ${text(words.whose)}, at δ ${text(delta)} and with a budget of ε ${text(epsilon)}: the
      ${text(Math.min(shown, accounts.length))} of ${text(accounts.length)} institutions that have spent most.
      The noise of this run is drawn at addresses of its seed: it shows what privacy costs, and hides nothing
      from whoever knows the seed. ${text(words.outside)} are outside the guarantee.
    </p>
    ${table(['Institution', 'ε', 'Budget'], accounts.slice(0, shown).map(row(words)), 'measures')}`;
  return [{ id: 'privacy', title: 'Privacy', body }];
}
