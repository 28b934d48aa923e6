import type { Figure } from '../../figures/figure.js';
import { html, type Section } from '../html.js';
import { pictureHtml, pictureOf, type Picture } from '../sections/pictures.js';

/** A section and the pictures in it. */
export interface Chapter {
  readonly section: Section;
  readonly pictures: readonly Picture[];
}

/** A chapter of figures alone; none where there are no figures. */
export async function chapterOf(
  id: string,
  title: string,
  figures: readonly (readonly [name: string, figure: Figure])[],
): Promise<Chapter[]> {
  if (figures.length === 0) return [];
  const pictures: Picture[] = [];
  for (const [name, figure] of figures) pictures.push(await pictureOf(name, figure));
  return [{ section: { id, title, body: html`${pictures.map(pictureHtml)}` }, pictures }];
}
