import { alone } from '../figures/frame.js';
import type { Figure } from '../figures/figure.js';
import { counted, decimal, percent } from '../figures/say.js';
import { html, table, text, type Html, type Section } from '../report/html.js';
import { pictureHtml, pictureOf, type Picture } from '../report/sections/pictures.js';
import { shell } from '../report/shell.js';
import { curveFigure, lossesFigure } from './figures.js';
import { isSelfFulfilling, type StressTest } from './stress-test.js';
import { summaryOf, type StressSummary } from './summary.js';

export interface StressSource {
  readonly title: string;
  readonly version: string;
  /** The command that makes the same report. */
  readonly command: string;
}

const amount = (value: number): Html => text(decimal(value, Math.abs(value) >= 100 ? 0 : 2));

const outcome = (name: string, of: StressSummary['system']): Html[] => [
  text(name),
  text(percent(of.equityLostRatio)),
  amount(of.loss),
  amount(of.shortfall),
  amount(of.directLoss),
  text(of.defaults),
  text(of.defaulted.slice(0, 8).join(', ') + (of.defaulted.length > 8 ? ', …' : '')),
];

const pricesOf = ({ shock, system, worst }: StressSummary): Html[][] =>
  Object.keys(system.prices).map((name) => [
    text(name),
    text(percent(shock[name] ?? 0)),
    text(percent(system.prices[name]! - 1)),
    text(percent(worst.prices[name]! - 1)),
  ]);

const results = (test: StressTest, summary: StressSummary): Section => ({
  id: 'results',
  title: 'What the shock does',
  body: html`${table(
      [
        'Solution',
        'Equity lost',
        'All losses',
        'Borne by creditors',
        'The shock itself',
        'Defaults',
        'In default',
      ],
      [outcome('mildest', summary.system), outcome('worst', summary.worst)],
      'plain',
    )}
    <p class="note">
      ${text(
        isSelfFulfilling(test)
          ? 'The two differ: contagion is self-fulfilling here, and nothing in the balance sheets says which of them will be.'
          : 'The two agree: this is the only solution.',
      )}
    </p>
    ${table(['Asset', 'Shock', 'Price, mildest', 'Price, worst'], pricesOf(summary), 'plain')}`,
});

const bankRow = (bank: StressSummary['banks'][number]): Html[] => [
  text(bank.bank),
  amount(bank.equity),
  text(decimal(bank.leverage, 1)),
  text(percent(bank.lossRatio)),
  amount(bank.equityAfter),
  text(bank.defaulted ? 'yes' : ''),
  text(percent(bank.systemicness)),
  text(percent(bank.indirectVulnerability)),
];

const banks = (summary: StressSummary): Section => ({
  id: 'institutions',
  title: 'Every institution',
  body: html`${table(
      [
        'Institution',
        'Equity',
        'Leverage',
        'Loss',
        'Equity after',
        'Default',
        'Systemicness',
        'Vulnerability',
      ],
      summary.banks.map(bankRow),
      'plain',
    )}
    <p class="note">
      Losses are those of the mildest solution; equity below zero is what creditors lack. Systemicness is the
      share of all equity that an institution’s sales cost everybody if each restores its leverage after the
      shock, and vulnerability the share of its own equity that it then loses (Greenwood, Landier and Thesmar
      2015); they sum, and average by equity, to ${text(percent(summary.aggregateVulnerability))}.
    </p>`,
});

const limits = (test: StressTest, summary: StressSummary): Section => ({
  id: 'limits',
  title: 'Assumptions',
  body: html`<ul>
    ${[
      ...Object.entries(test.channels).map(([name, c]) => `${name}: ${c.summary} (${c.source})`),
      `Selling 5% of what the book holds of an asset lowers its price by ${percent(summary.priceImpact)}, more with e^(−β·share) (an exponential law, not fitted to these assets).`,
      `An institution sells above a leverage of ${decimal(summary.leverageCap, 1)} (assets over equity), only as far as it must, all tradable assets in proportion.`,
      'Everything tradable is marked to market; holders outside the book neither buy at a discount nor sell.',
      'Claims on each other are part of the column “other”; what is left of it has no market price.',
      'The network is taken as given: institutions do not cut or renew lending while the shock spreads, unless a channel says so.',
    ].map((s) => html`<li>${text(s)}</li>`)}
  </ul>`,
});

const reproduce = ({ command }: StressSource): Section => ({
  id: 'reproduce',
  title: 'Reproduce',
  body: html`<pre>${text(command)}</pre>`,
});

const csvCell = (value: unknown): string => {
  const plain = String(value);
  return /[",\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
};

/** Institutions as CSV, one column a channel. */
function banksCsv({ banks: rows, channels }: StressSummary): string {
  const flat = rows.map(({ lossByChannel, ...bank }) => ({
    ...bank,
    ...Object.fromEntries(channels.map((name) => [`loss ${name}`, lossByChannel[name]!])),
  }));
  const head = Object.keys(flat[0] ?? {});
  const lines = flat.map((row) => Object.values(row).map(csvCell).join(','));
  return `${[head.map(csvCell).join(','), ...lines].join('\n')}\n`;
}

const jsonOf = (data: unknown): string =>
  `${JSON.stringify(data, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value), 2)}\n`;

const pictureFiles = ({ name, figure, wide }: Picture): [string, string][] => [
  [`figures/${name}.svg`, alone(wide)],
  [`figures/${name}.json`, jsonOf({ title: figure.title, caption: figure.caption, data: figure.data })],
];

/** The files of a stress test's report, by path: a page that stands alone, its figures, and all numbers. */
export async function stressReport(
  test: StressTest,
  source: StressSource,
): Promise<ReadonlyMap<string, string>> {
  const summary = summaryOf(test);
  const figures: Readonly<Record<string, Figure>> = {
    losses: lossesFigure(test),
    'size-of-shock': curveFigure(test),
  };
  const pictures = await Promise.all(
    Object.entries(figures).map(([name, figure]) => pictureOf(name, figure)),
  );
  const facts = `${counted(summary.institutions, 'institution')}, ${counted(summary.links, 'claim')} on each other; ${summary.channels.join(' and ')}; Herdscope ${source.version}`;
  const sections = [
    results(test, summary),
    { id: 'figures', title: 'Figures', body: html`${pictures.map(pictureHtml)}` },
    banks(summary),
    limits(test, summary),
    reproduce(source),
  ];
  return new Map([
    ['report.html', shell({ title: source.title, facts, version: source.version }, sections)],
    ['stress.json', jsonOf(summary)],
    ['banks.csv', banksCsv(summary)],
    ...pictures.flatMap(pictureFiles),
  ]);
}
