import { px, textAt, textWidth, type Drawing } from './drawing.js';

/** What one colour or sign stands for. */
export interface KeyItem {
  readonly label: string;
  readonly colour: string;
  readonly sign: 'line' | 'dashed' | 'band' | 'dot' | 'rule' | 'cross' | 'taper' | 'ring';
}

const rowHeight = 18;
const swatch = 18;

const signs: Readonly<Record<KeyItem['sign'], (colour: string) => string>> = {
  line: (c) => `<path d="M0,0H${swatch}" stroke="${c}" stroke-width="2"/>`,
  dashed: (c) => `<path d="M0,0H${swatch}" stroke="${c}" stroke-width="1.5" stroke-dasharray="4,3"/>`,
  band: (c) => `<path d="M0,-5H${swatch}V5H0Z" fill="${c}" fill-opacity="0.2"/>`,
  dot: (c) => `<circle cx="${swatch / 2}" cy="0" r="5" fill="${c}"/>`,
  rule: (c) => `<path d="M${swatch / 2},-6V6" stroke="${c}" stroke-width="1.2"/>`,
  cross: (c) => `<path d="M5,-4L13,4M13,-4L5,4" stroke="${c}" stroke-width="2"/>`,
  ring: (c) => `<circle cx="${swatch / 2}" cy="0" r="5" stroke="${c}" stroke-width="1.5"/>`,
  taper: (c) => `<path d="M0,-3.5L${swatch},-0.4V0.4L0,3.5Z" fill="${c}" fill-opacity="0.6"/>`,
};

/** The key of a figure, in as many rows as the width needs. */
export function drawKey(items: readonly KeyItem[], width: number): Drawing {
  let [x, y] = [0, 8];
  const parts = items.map(({ label, colour, sign }) => {
    const room = swatch + 6 + textWidth(label, 12) + 14;
    if (x > 0 && x + room - 14 > width) [x, y] = [0, y + rowHeight];
    const part = `<g transform="translate(${px(x)},${px(y)})">${signs[sign](colour)}${textAt(label, swatch + 6, 4, { size: 12 })}</g>`;
    x += room;
    return part;
  });
  return { width, height: items.length === 0 ? 0 : y + 10, body: parts.join('') };
}
