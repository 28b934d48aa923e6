import { decimal, percent, usd, written } from '../../figures/say.js';
import { movedAndStayed, orderedMoves, type Group } from '../../metrics/mandates.js';
import type { RunData } from '../../run-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

interface Toll {
  readonly moves: number;
  readonly institutions: number;
  readonly energyKwh: number;
  readonly costUsd: number;
  readonly unmet: number;
}

function tollOf(run: RunData, mandate: string): Toll {
  const own = orderedMoves(run).filter((m) => m.mandate === mandate);
  const unmet = run.notices.filter(
    ({ kind, columns }) => kind === 'unmet-mandate' && columns['mandate']?.includes(mandate),
  );
  return {
    moves: own.length,
    institutions: new Set(own.map(({ institution }) => institution)).size,
    energyKwh: own.reduce((sum, m) => sum + m.energyKwh, 0),
    costUsd: own.reduce((sum, m) => sum + m.costUsd, 0),
    unmet: unmet.length,
  };
}

const tollRow = (mandate: string, toll: Toll): Html[] => [
  text(mandate),
  text(toll.moves),
  text(toll.institutions),
  text(written.kWh(toll.energyKwh)),
  text(usd(toll.costUsd)),
  text(toll.unmet),
];

const known = (value: number, show: (value: number) => string): Html =>
  Number.isFinite(value) ? text(show(value)) : html`<span class="note">not known</span>`;

const groupRow = (name: string, { before, after }: Record<'before' | 'after', Group>): Html[] => [
  text(name),
  text(after.institutions),
  known(before.skill, (v) => decimal(v, 3)),
  known(after.skill, (v) => decimal(v, 3)),
  known(before.turnover, percent),
  known(after.turnover, percent),
];

function comparison(run: RunData): Html {
  const { moved, stayed } = movedAndStayed(run);
  return html`<p>
      Skill is the correlation of matured forecasts with outcomes, turnover the share of assets traded in a
      day; before and after the first measured day with a move. The two groups differ in more than the
      mandate: what it did is the difference from the same seed without it (herdscope diff, or a sweep).
    </p>
    ${table(
      ['Institutions', 'Number', 'Skill before', 'Skill after', 'Turnover before', 'Turnover after'],
      [groupRow('moved', moved), groupRow('stayed', stayed)],
      'measures',
    )}`;
}

/** What mandates asked, what they charged, and how those they moved fared; nothing where there are none. */
export function mandatesSection(run: RunData): Section[] {
  const kinds = [...new Set(run.scenario.mandates.map(({ kind }) => kind))];
  if (kinds.length === 0) return [];
  const body = html`<p>
      Whom a mandate makes change its architecture pays a fee and the energy of training anew; trading to the
      new model’s targets and whatever skill is lost are in its books.
    </p>
    ${table(
      ['Mandate', 'Moves', 'Institutions', 'Energy (kWh)', 'Charged', 'Rounds not met'],
      kinds.map((kind) => tollRow(kind, tollOf(run, kind))),
      'measures',
    )}
    ${orderedMoves(run).length > 0 ? comparison(run) : html`<p>Nobody had to change its architecture.</p>`}`;
  return [{ id: 'mandates', title: 'What mandates cost', body }];
}
