import { alone, framed } from '../../figures/frame.js';
import type { Figure } from '../../figures/figure.js';
import { html, raw, text, type Html } from '../html.js';

/** Pixels of a figure on a page that has room, and on a telephone. */
const widths = { wide: 940, narrow: 360 } as const;

/** A figure drawn once for each width. */
export interface Picture {
  readonly name: string;
  readonly figure: Figure;
  readonly wide: string;
  readonly narrow: string;
}

export const pictureOf = async (name: string, figure: Figure): Promise<Picture> => ({
  name,
  figure,
  wide: await framed(figure, widths.wide),
  narrow: await framed(figure, widths.narrow),
});

/** A figure in the page; the reader's screen picks the width. */
export const pictureHtml = ({ name, figure, wide, narrow }: Picture): Html =>
  html`<figure id="figure-${text(name)}">
    <div class="wide">${raw(wide)}</div>
    <div class="narrow">${raw(narrow)}</div>
    <figcaption>
      ${text(figure.caption)}
      <span class="links"
        >(<a href="figures/${text(name)}.svg">SVG</a>, <a href="figures/${text(name)}.json">data</a>)</span
      >
    </figcaption>
  </figure>`;

/** Typed arrays as lists; what is not a number as null. */
const json = (data: unknown): string =>
  `${JSON.stringify(data, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value))}\n`;

/** A figure's own files: the drawing, and all that is drawn. */
export const pictureFiles = ({ name, figure, wide }: Picture): [string, string][] => [
  [`figures/${name}.svg`, alone(wide)],
  [`figures/${name}.json`, json({ title: figure.title, caption: figure.caption, data: figure.data })],
];
