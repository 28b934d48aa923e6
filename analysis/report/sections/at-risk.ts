import { percent, usd } from '../../figures/say.js';
import { institutionsAtRisk, judged, tailTerms, type AtRisk } from '../../systemic/institutions-at-risk.js';
import type { RunData } from '../../run-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

/** Institutions that the page lists; metrics.json sums over all. */
const shown = 10;

const rowsOf = (all: readonly AtRisk[]): Html[][] =>
  [...all]
    .sort((a, b) => b.srisk - a.srisk)
    .slice(0, shown)
    .map(({ id, type, mes, deltaCoVaR, srisk }) => [
      html`<span class="name">${text(id)}</span><span class="meaning">${text(type)}</span>`,
      text(usd(srisk)),
      text(percent(mes)),
      text(percent(deltaCoVaR)),
    ]);

const bodyOf = (all: readonly AtRisk[]): Html =>
  html`<p>
      Of the ${text(all.length)} institutions in business throughout (at most the ${text(judged)} largest),
      the ${text(Math.min(shown, all.length))} that would lack most capital in a six-month crisis. SRISK asks
      for equity of ${text(percent(tailTerms.capitalRatio))} of assets; MES is the mean loss of its equity on
      the worst ${text(percent(tailTerms.q))} of the system’s days; ΔCoVaR is by how much the system’s return
      at that quantile falls when the institution goes from its median day to its own bad one.
    </p>
    ${table(['Institution', 'SRISK', 'MES', 'ΔCoVaR'], rowsOf(all), 'measures')}`;

/** Who would be a burden to whom: market-based measures of systemic risk, on the run's own returns. */
export function atRisk(run: RunData): Section {
  const all = institutionsAtRisk(run);
  const missing = `It needs balance sheets (record: standard) and at least 20 measured days.`;
  return {
    id: 'systemic-risk',
    title: 'Systemic risk of institutions',
    body:
      all === undefined || all.length === 0
        ? html`<p class="note">
            ${text(all === undefined ? missing : 'Fewer than two institutions stayed in business.')}
          </p>`
        : bodyOf(all),
  };
}
