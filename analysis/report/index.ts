import type { Omitted } from '../figures/figure.js';
import { figureMakers } from '../figures/index.js';
import type { Metrics } from '../metrics.js';
import type { RunData } from '../run-data.js';
import { html, text, type Section } from './html.js';
import { page } from './page.js';
import { atRisk } from './sections/at-risk.js';
import { events } from './sections/events.js';
import { headline } from './sections/headline.js';
import { limits } from './sections/limits.js';
import { mandatesSection } from './sections/mandates.js';
import { pictureFiles, pictureHtml, pictureOf, type Picture } from './sections/pictures.js';
import { privacySection } from './sections/privacy.js';
import { question } from './sections/question.js';
import { reproduce } from './sections/reproduce.js';
import { slug } from './slug.js';

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

const chapterSection = ({ title, pictures, omitted }: Chapter): Section => ({
  id: slug(title),
  title,
  body: html`${pictures.map(pictureHtml)}${omitted.map((o) => html`<p class="note"><strong>${text(o.title)}</strong> is left out. ${text(o.omitted)}</p>`)}`,
});

/** The report of a run: a page that stands alone, and every figure with the data behind it. The same run gives
 * the same bytes. */
export async function reportOf(run: RunData, metrics: Metrics): Promise<Report> {
  const chapters: Chapter[] = [];
  for (const title of Object.keys(figureMakers)) {
    const chapter = await chapterOf(title, run, metrics);
    if (chapter.pictures.length + chapter.omitted.length > 0) chapters.push(chapter);
  }
  const sections = [
    question(run),
    headline(metrics),
    ...chapters.map(chapterSection),
    ...mandatesSection(run),
    ...privacySection(run),
    atRisk(run),
    events(run),
    limits(run),
    reproduce(run),
  ];
  const files = chapters.flatMap((c) => c.pictures.flatMap(pictureFiles));
  return { files: new Map([['report.html', page(run, metrics, sections)], ...files]) };
}
