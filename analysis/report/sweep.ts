import { counted } from '../figures/say.js';
import { effectsOf } from '../sweep/effects.js';
import type { SweepData } from '../sweep/sweep-data.js';
import { shell } from './shell.js';
import { pictureFiles } from './sections/pictures.js';
import type { Report } from './index.js';
import { chapterOf, type Chapter } from './sweep/chapter.js';
import { curvesOf, mapsOf } from './sweep/curves.js';
import { designSection } from './sweep/design.js';
import { effectsChapter, effectsSection } from './sweep/effects.js';
import { sensitivityChapter } from './sweep/sensitivity.js';

/** Designs whose points come in the blocks that sensitivity indices need. */
const isSaltelli = ({ plan }: SweepData): boolean => plan.design === 'saltelli';

async function comparison(sweep: SweepData): Promise<Chapter[]> {
  const effects = effectsOf(sweep);
  return [
    ...(await effectsChapter(sweep, effects)),
    { section: effectsSection(sweep, effects), pictures: [] },
    ...(await chapterOf('dose-response', 'Dose and response', curvesOf(sweep))),
    ...(await chapterOf('heat-maps', 'Two fields at once', mapsOf(sweep))),
  ];
}

/** The report of a sweep: a page that stands alone, and every figure with the data behind it. The same runs give the
 * same bytes.
 */
export async function sweepReportOf(sweep: SweepData, failed: number): Promise<Report> {
  const { plan, rows, version } = sweep;
  const chapters = isSaltelli(sweep) ? [await sensitivityChapter(sweep)] : await comparison(sweep);
  const sections = [designSection(sweep, failed), ...chapters.map(({ section }) => section)];
  const facts = `sweep of ${counted(plan.points.length, 'point')} by ${counted(plan.replications, 'replication')}; ${counted(rows.length, 'run')}; Herdscope ${version}`;
  const page = shell({ title: plan.name, facts, version }, sections);
  const figures = chapters.flatMap(({ pictures }) => pictures.flatMap(pictureFiles));
  return { files: new Map([['report.html', page], ...figures]) };
}
