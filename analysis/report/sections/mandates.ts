import { counted, decimal, percent, usd, written } from '../../figures/say.js';
import {
  boundAndOthers,
  forgonePurchases,
  orderedMoves,
  withdrawals,
  type Estimate,
  type Group,
} from '../../metrics/mandates.js';
import type { RunData } from '../../run-data.js';
import { html, table, text, type Html, type Section } from '../html.js';

/** What one mandate made institutions do by name, and the rounds in which it could not be met. */
function tollRow(run: RunData, mandate: string): Html[] {
  const moves = orderedMoves(run).filter((m) => m.mandate === mandate);
  const taken = withdrawals(run).filter((w) => w.mandate === mandate);
  const unmet = run.notices.filter(
    ({ kind, columns }) => kind === 'unmet-mandate' && columns['mandate']?.includes(mandate),
  );
  return [
    text(mandate),
    text(moves.length),
    text(taken.length),
    text(new Set([...moves, ...taken].map(({ institution }) => institution)).size),
    text(written.kWh(moves.reduce((sum, m) => sum + m.energyKwh, 0))),
    text(usd(moves.reduce((sum, m) => sum + m.costUsd, 0))),
    text(unmet.length),
  ];
}

const shown = ({ value, interval }: Estimate, show: (value: number) => string): Html => {
  if (!Number.isFinite(value)) return html`<span class="note">not known</span>`;
  if (!interval) return text(show(value));
  return html`${text(show(value))}
    <span class="note">${text(`${show(interval[0])} to ${show(interval[1])}`)}</span>`;
};

const skillText = (value: number): string => decimal(value, 3);

const groupCells = ({ skill, turnover }: Group): Html[] => [
  shown(skill, skillText),
  shown(turnover, percent),
];

function comparison(found: NonNullable<ReturnType<typeof boundAndOthers>>): Html {
  const { since, bound, others } = found;
  const heads = ['Skill', 'Turnover'];
  const rows = [
    ['bound by name', bound],
    ['all others', others],
  ] as const;
  const early = bound.before !== undefined;
  return html`<p>
      Skill is the correlation of matured forecasts with outcomes, turnover the share of assets traded in a
      day, from day ${text(since)} on${text(early ? '; before it in the last columns' : '')}, with 95%
      intervals over stretches of this run. The two groups differ in more than the mandate: what it did is the
      difference from the same seeds without it (herdscope diff, or a sweep).
    </p>
    ${table(
      ['Institutions', 'Number', ...heads, ...(early ? heads.map((head) => `${head} before`) : [])],
      rows.map(([name, { before, after }]) => [
        text(name),
        text(after.institutions),
        ...groupCells(after),
        ...(before ? groupCells(before) : []),
      ]),
      'measures',
    )}`;
}

function forgone(run: RunData): Html {
  const cut = forgonePurchases(run);
  if (cut.length === 0) return html``;
  const total = cut.reduce((sum, { usd: amount }) => sum + amount, 0);
  const worth = Number.isFinite(total) ? ` worth ${usd(total)}` : '';
  const [days, who] = [
    new Set(cut.map(({ day }) => day)),
    new Set(cut.map(({ institution }) => institution)),
  ];
  return html`<p>
    Purchases${text(worth)} of ${text(counted(who.size, 'institution'))} were cut on
    ${text(counted(days.size, 'day'))} by limits on what institutions hold together.
  </p>`;
}

/** What mandates asked, what they charged, and how those they named fared; nothing where there are none. */
export function mandatesSection(run: RunData): Section[] {
  const kinds = new Set(run.scenario.mandates.map(({ kind }) => kind));
  if (kinds.size === 0) return [];
  // Where mandates undo each other's work, that is told under a name of its own.
  for (const { kind, columns } of run.notices)
    if (kind === 'unmet-mandate') for (const name of columns['mandate'] ?? []) kinds.add(String(name));
  const found = boundAndOthers(run);
  const body = html`<p>
      Whom a mandate makes change its architecture pays a fee and the energy of training anew; trading to the
      new model’s targets and whatever skill is lost are in its books. What a mandate asks of everybody
      (federations, mixing, penalties, disclosure) has no bill: its cost is skill, in the difference from the
      same seeds without it.
    </p>
    ${table(
      [
        'Mandate',
        'Moves',
        'Sources withdrawn',
        'Institutions named',
        'Energy (kWh)',
        'Charged',
        'Rounds not met',
      ],
      [...kinds].map((kind) => tollRow(run, kind)),
      'measures',
    )}
    ${forgone(run)} ${found ? comparison(found) : html`<p>No institution was named: nobody had to move.</p>`}`;
  return [{ id: 'mandates', title: 'What mandates cost', body }];
}
