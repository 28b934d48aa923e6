import type { Omitted } from '../figures/figure.js';
import { alone } from '../figures/frame.js';
import { figureMakers } from '../figures/index.js';
import type { Metrics } from '../metrics.js';
import type { RunData } from '../run-data.js';
import { html, text, type Section } from './html.js';
import { page } from './page.js';
import { events } from './sections/events.js';
import { headline } from './sections/headline.js';
import { limits } from './sections/limits.js';
import { pictureHtml, pictureOf, type Picture } from './sections/pictures.js';
import { question } from './sections/question.js';
import { reproduce } from './sections/reproduce.js';

/** A report's files, by path inside the run's folder. */
export interface Report {
  readonly files: ReadonlyMap<string, string>;
}

/** A section's pictures, or why it has none. */
interface Chapter {
  readonly title: string;
  readonly pictures: readonly Picture[];
  readonly omitted: readonly Omitted[];
}

async function chapterOf(title: string, run: RunData, metrics: Metrics): Promise<Chapter> {
  const pictures: Picture[] = [];
  const omitted: Omitted[] = [];
  const made = figureMakers[title as keyof typeof figureMakers](run, metrics);
  for (const [name, figure] of Object.entries(made)) {
    if ('omitted' in figure) omitted.push(figure);
    else pictures.push(await pictureOf(name, figure));
  }
  return { title, pictures, omitted };
}

const slug = (title: string): string => title.toLowerCase().replaceAll(/[^a-z]+/g, '-');

const chapterSection = ({ title, pictures, omitted }: Chapter): Section => ({
  id: slug(title),
  title,
  body: html`${pictures.map(pictureHtml)}${omitted.map((o) => html`<p class="note"><strong>${text(o.title)}</strong> is left out. ${text(o.omitted)}</p>`)}`,
});

/** Typed arrays as lists; what is not a number as null. */
const json = (data: unknown): string =>
  `${JSON.stringify(data, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))}\n`;

const filesOf = ({ name, figure, wide }: Picture): [string, string][] => [
  [`figures/${name}.svg`, alone(wide)],
  [`figures/${name}.json`, json({ title: figure.title, caption: figure.caption, data: figure.data })],
];

/** The report of a run: a page that stands alone, and every figure with the data behind it. The same run gives
 * the same bytes. */
export async function reportOf(run: RunData, metrics: Metrics): Promise<Report> {
  const chapters: Chapter[] = [];
  for (const title of Object.keys(figureMakers)) chapters.push(await chapterOf(title, run, metrics));
  const sections = [
    question(run),
    headline(metrics),
    ...chapters.map(chapterSection),
    events(run),
    limits(run),
    reproduce(run),
  ];
  const files = chapters.flatMap((c) => c.pictures.flatMap(filesOf));
  return { files: new Map([['report.html', page(run, metrics, sections)], ...files]) };
}
