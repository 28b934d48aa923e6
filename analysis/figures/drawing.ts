/** A piece of SVG and the room that it takes, in pixels. */
export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly body: string;
}

/** Text for markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A coordinate to a hundredth of a pixel, so that engines agree. */
export const px = (value: number): string => String(Math.round(value * 100) / 100 + 0);

/** A drawing moved to a place. */
export const placed = ({ body }: Drawing, x: number, y: number): string =>
  `<g transform="translate(${px(x)},${px(y)})">${body}</g>`;

export interface TextStyle {
  readonly size: number;
  readonly weight?: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly opacity?: number;
}

export const textAt = (text: string, x: number, y: number, style: TextStyle): string => {
  const { size, weight = 400, anchor = 'start', opacity = 1 } = style;
  return `<text x="${px(x)}" y="${px(y)}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="currentColor" fill-opacity="${opacity}">${escaped(text)}</text>`;
};

/** Room that a text takes, roughly: no font is at hand. */
export const textWidth = (text: string, size: number): number => 0.54 * size * text.length;
