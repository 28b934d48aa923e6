const tag = /<[^>]+>/g;
const fraction = /-?\d+\.\d+(?:e-?\d+)?/g;

const rounded = (text: string): string => String(Math.round(Number(text) * 100) / 100 + 0);

/** SVG with coordinates to a hundredth of a pixel and ids of its own: the same bytes on every engine, however
 * many pictures were drawn before, and no id twice on a page. */
export function normalSvg(svg: string, prefix: string): string {
  const ids = [...new Set(Array.from(svg.matchAll(/ id="([^"]+)"/g), (m) => m[1]!))];
  const named = ids.reduce(
    (text, id, i) =>
      text
        .replaceAll(` id="${id}"`, ` id="${prefix}-${i + 1}"`)
        .replaceAll(`url(#${id})`, `url(#${prefix}-${i + 1})`),
    svg,
  );
  return named.replace(tag, (text) => text.replace(fraction, rounded));
}
