import { alone } from '../figures/frame.js';
import { realismFigure } from '../figures/realism.js';
import { decimal } from '../figures/say.js';
import { cardTitles, type FactResult, type Scorecard } from '../realism.js';
import { facts } from '../realism/facts/index.js';
import type { Reference } from '../realism/reference.js';
import { html, table, text, type Html, type Section } from './html.js';
import { pictureHtml, pictureOf } from './sections/pictures.js';
import { shell } from './shell.js';

/** What a report of realism says of itself. */
export interface RealismSource {
  readonly name: string;
  readonly seeds: readonly [first: number, last: number];
  /** Measured days of each seed. */
  readonly days: number;
  readonly version: string;
  readonly command: string;
  readonly failed: number;
}

const digits = (value: number): string =>
  decimal(value, Math.abs(value) >= 10 ? 1 : Math.abs(value) < 0.1 ? 3 : 2);
const numberOf = (value: number | null): string => (value === null ? 'undefined' : digits(value));
const rate = (share: number | null): string => (share === null ? '–' : `${decimal(100 * share, 0)}%`);
const verdict = ({ pass }: FactResult): string => (pass ? 'holds' : 'fails');

const rowOf = (result: FactResult, reference: Reference): Html[] => {
  const { label, meaning, source } = facts[result.name];
  const real = reference.facts[result.name];
  const interval = result.interval ? `${digits(result.interval[0])} to ${digits(result.interval[1])}` : '–';
  return [
    html`<span class="name">${text(label)}</span
      ><span class="meaning">${text(meaning)} ${text(source)}</span>`,
    html`<span class="value">${text(numberOf(result.value))}</span
      ><span class="note">${text(interval)}</span>`,
    text(`${digits(result.low)} to ${digits(result.high)}`),
    text(real.value === null ? '–' : digits(real.value)),
    text(`${rate(result.passRate)}, real ${rate(real.passRate)}`),
    text(verdict(result)),
  ];
};

const marketSection = ({ cards }: Scorecard, reference: Reference, days: number): Section => ({
  id: 'facts',
  title: `${cards.b.filter(({ pass }) => pass).length} of ${cards.b.length} facts hold`,
  body: html`<p>
      Of the index, on held-out seeds that nothing was tuned on. Values take all seeds as one sample;
      intervals resample whole seeds. A few years alone often fail a fact that decades show: the last column
      but one says how often single seeds of ${text(days)} days pass, and how often windows of
      ${text(reference.window)} days of the real index do
      (${text(reference.name)})${text(
        reference.window === days ? '' : ', the nearest length for which that is known',
      )}.
    </p>
    ${table(
      ['Fact', 'Value, 95% interval', 'Realistic', 'Real index', 'Alone', 'Verdict'],
      cards.b.map((result) => rowOf(result, reference)),
      'plain',
    )}`,
});

const cell = (result: FactResult): Html =>
  html`${text(numberOf(result.value))} <span class="note">${text(verdict(result))}</span>`;

const cardsSection = ({ cards, gaussianNews, emergent }: Scorecard): Section => ({
  id: 'cards',
  title: `${emergent.length} facts are emergent`,
  body: html`<p>
      Card a is the news without a market; card c is the market on news that is Gaussian and independent from
      day to day, with the same mean and, on average over assets, variance. Only what card c shows may be
      called emergent; the last column says whether that news shows it by itself.
    </p>
    ${table(
      ['Fact', ...(['a', 'b', 'c'] as const).map((c) => cardTitles[c]), 'Gaussian news alone'],
      cards.b.map((result, i) => [
        text(facts[result.name].label),
        ...(['a', 'b', 'c'] as const).map((c) => cell(cards[c][i]!)),
        cell(gaussianNews[i]!),
      ]),
      'plain',
    )}`,
});

const assetsSection = ({ assets, cards }: Scorecard): Section => ({
  id: 'assets',
  title: 'Single assets',
  body: html`<p>The same facts of every asset, in the market.</p>
    ${table(
      ['Asset', ...cards.b.map(({ name }) => facts[name].label), 'Hold'],
      assets.map(({ id, facts: own }) => [
        text(id),
        ...own.map(cell),
        text(`${own.filter(({ pass }) => pass).length} of ${own.length}`),
      ]),
      'plain',
    )}`,
});

/** The files of a realism report: a page that stands alone, its figure and the figure's data. */
export async function realismReport(
  scorecard: Scorecard,
  reference: Reference,
  { name, seeds, days, version, command, failed }: RealismSource,
): Promise<ReadonlyMap<string, string>> {
  const figure = realismFigure(scorecard, reference);
  const picture = await pictureOf('realism', figure);
  const missing = failed > 0 ? `; ${failed} runs failed and are missing` : '';
  const sections = [
    marketSection(scorecard, reference, days),
    { id: 'figure', title: 'Seed by seed', body: pictureHtml(picture) },
    cardsSection(scorecard),
    assetsSection(scorecard),
    { id: 'reproduce', title: 'Reproduce', body: html`<pre>${text(command)}</pre>` },
  ];
  const about = `realism of seeds ${seeds[0]} to ${seeds[1]}, ${days} days each; Herdscope ${version}${missing}`;
  return new Map([
    ['report.html', shell({ title: `${name}: is it like a market?`, facts: about, version }, sections)],
    ['figures/realism.svg', alone(picture.wide)],
    [
      'figures/realism.json',
      `${JSON.stringify({ title: figure.title, caption: figure.caption, data: figure.data })}\n`,
    ],
  ]);
}
