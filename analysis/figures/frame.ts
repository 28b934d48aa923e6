import { drawKey } from './key.js';
import { escaped, placed, px, textAt, textWidth } from './drawing.js';
import type { Figure } from './figure.js';
import { fonts } from './palette.js';

const titleSize = 15;

/** Words in lines of at most `width` pixels. */
function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(`${last} ${word}`, titleSize) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** A whole figure as one SVG: title, key, picture. It takes its ink from where it stands. */
export async function framed(figure: Figure, width: number): Promise<string> {
  const lines = wrapped(figure.title, width);
  const key = drawKey(figure.key, width);
  const picture = await figure.draw(width);
  const keyTop = 6 + 20 * lines.length;
  const top = keyTop + key.height + (key.height > 0 ? 8 : 2);
  const height = top + picture.height;
  const title = lines
    .map((line, i) => textAt(line, 0, 15 + 20 * i, { size: titleSize, weight: 700 }))
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${px(width)} ${px(height)}" width="${px(width)}" height="${px(height)}" ` +
    `role="img" font-family="${escaped(fonts)}" fill="none"><title>${escaped(figure.title)}</title>` +
    `<desc>${escaped(figure.caption)}</desc>${title}${placed(key, 0, keyTop)}${placed(picture, 0, top)}</svg>\n`
  );
}

const border = 20;

/** The same as a file of its own: dark ink on white paper, with a margin. */
export const alone = (svg: string): string =>
  svg.replace(/viewBox="0 0 ([\d.]+) ([\d.]+)" width="[\d.]+" height="[\d.]+"/, (_, w: string, h: string) => {
    const [width, height] = [Number(w) + 2 * border, Number(h) + 2 * border].map(px) as [string, string];
    return `viewBox="${-border} ${-border} ${width} ${height}" width="${width}" height="${height}" color="#1a1a1a" style="background:#fff"`;
  });
