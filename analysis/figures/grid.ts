import { placed, type Drawing } from './drawing.js';
import { drawPanel, type Panel } from './panel.js';

const gap = { x: 20, y: 10 };
/** Narrower than this a panel cannot be read. */
const leastWidth = 250;

/** Panels in rows of at most `columns`, fewer where the width does not hold them. */
export async function drawGrid(
  panels: readonly Panel[],
  columns: number,
  width: number,
  prefix: string,
): Promise<Drawing> {
  const across = Math.max(1, Math.min(columns, Math.floor((width + gap.x) / (leastWidth + gap.x))));
  const each = (width - gap.x * (across - 1)) / across;
  const drawn = await Promise.all(panels.map((p, i) => drawPanel(p, each, `${prefix}-${i + 1}`)));
  let [top, body] = [0, ''];
  for (let first = 0; first < drawn.length; first += across) {
    const row = drawn.slice(first, first + across);
    body += row.map((d, i) => placed(d, i * (each + gap.x), top)).join('');
    top += Math.max(...row.map((d) => d.height)) + gap.y;
  }
  return { width, height: top - gap.y, body };
}
