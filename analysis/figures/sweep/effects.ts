import type { MetricLabel } from '../../metrics/metric.js';
import type { Effect } from '../../sweep/effects.js';
import { px, textAt, textWidth, type Drawing } from '../drawing.js';
import type { Figure } from '../figure.js';
import { palette } from '../palette.js';
import { counted, decimal, listed, written } from '../say.js';

/** The effects on one measure, in the order of the sweep's contrasts. */
export interface MeasureEffects {
  readonly label: MetricLabel;
  readonly effects: readonly Effect[];
}

/** p-value under which an effect stands. */
const level = 0.05;
const rowHeight = 20;
const headHeight = 24;
const footHeight = 30;
const gap = 26;
const leastColumn = 150;

/** A difference of counts or days is seldom whole. */
const shown: typeof written = { ...written, days: (v) => decimal(v, 2), count: (v) => decimal(v, 2) };

const stands = ({ holm, value }: Effect): boolean => Number.isFinite(value) && holm < level;

/** Ends of everything drawn in a column, 0 among them. */
function spanOf(effects: readonly Effect[]): [number, number] {
  const ends = effects.flatMap(({ interval, value }) => [value, ...(interval ?? [])]).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  return high > low ? [low, high] : [-1, 1];
}

/** One effect: its interval as a line, its value as a dot, hollow where it does not stand. */
function mark(effect: Effect, y: number, at: (v: number) => number): string {
  if (!Number.isFinite(effect.value)) return textAt('undefined', 8, y + 4, { size: 11, opacity: 0.7 });
  const colour = stands(effect) ? palette.blue : palette.grey;
  const rule = effect.interval
    ? `<path d="M${px(at(effect.interval[0]))},${px(y)}H${px(at(effect.interval[1]))}" stroke="${colour}" stroke-width="2"/>`
    : '';
  const dot = stands(effect)
    ? `<circle cx="${px(at(effect.value))}" cy="${px(y)}" r="4" fill="${colour}"/>`
    : `<circle cx="${px(at(effect.value))}" cy="${px(y)}" r="3.5" stroke="${colour}" stroke-width="1.5"/>`;
  return rule + dot;
}

/** Both ends of an axis, and 0 where it has room between them. */
function ticksOf([low, high]: [number, number], at: (v: number) => number, show: (v: number) => string) {
  const room = (end: number): boolean => Math.abs(at(end) - at(0)) > textWidth(show(end), 11) + 2;
  return [low, high].filter((end) => end !== 0 && room(end)).concat(0);
}

function column({ label, effects }: MeasureEffects, width: number): string {
  const show = shown[label.unit];
  const span = spanOf(effects);
  const at = (v: number): number => 8 + ((v - span[0]) / (span[1] - span[0])) * (width - 16);
  const bottom = headHeight + effects.length * rowHeight;
  const ticks = ticksOf(span, at, show).map((t) => {
    const anchor = t < 0 ? 'start' : t > 0 ? 'end' : 'middle';
    return textAt(t === 0 ? '0' : show(t), at(t) + 8 * Math.sign(t), bottom + 15, {
      size: 11,
      anchor,
      opacity: 0.85,
    });
  });
  return [
    textAt(label.label, 0, 14, { size: 12, weight: 600 }),
    `<path d="M${px(at(0))},${headHeight}V${bottom}" stroke="currentColor" stroke-width="1" stroke-opacity="0.5"/>`,
    ...effects.map((effect, row) => mark(effect, headHeight + (row + 0.5) * rowHeight, at)),
    ...ticks,
  ].join('');
}

const rowNames = (effects: readonly Effect[]): string =>
  effects
    .map(({ label }, row) => textAt(label, 0, headHeight + (row + 0.5) * rowHeight + 4, { size: 12 }))
    .join('');

/** Rows of columns: as many measures side by side as the width has room for. */
function draw(measures: readonly MeasureEffects[], width: number): Drawing {
  const contrasts = measures[0]!.effects;
  const left = Math.min(width / 2, 14 + Math.max(...contrasts.map((e) => textWidth(e.label, 12))));
  const headings = Math.max(...measures.map(({ label }) => textWidth(label.label, 13)));
  const across = Math.max(1, Math.floor((width - left + gap) / (Math.max(leastColumn, headings) + gap)));
  const each = (width - left + gap) / across - gap;
  const height = headHeight + contrasts.length * rowHeight + footHeight;
  const body = measures.map((measure, i) => {
    const [x, y] = [left + (i % across) * (each + gap), Math.floor(i / across) * height];
    const names = i % across === 0 ? `<g transform="translate(0,${px(y)})">${rowNames(contrasts)}</g>` : '';
    return `${names}<g transform="translate(${px(x)},${px(y)})">${column(measure, each)}</g>`;
  });
  return { width, height: Math.ceil(measures.length / across) * height, body: body.join('') };
}

/** What stands on each measure, said from the effects. */
function sentence(measures: readonly MeasureEffects[]): string {
  const all = measures.flatMap(({ effects }) => effects.filter(({ value }) => Number.isFinite(value)));
  const found = measures.flatMap(({ label, effects }) => {
    const own = effects.filter(stands).map((e) => e.label);
    return own.length === 0 ? [] : [`${label.label.toLowerCase()} (${listed(own)})`];
  });
  const standing = all.filter(stands).length;
  const n = Math.max(0, ...all.map((effect) => effect.n));
  const pairs = `${counted(all.length, 'effect')} at up to ${counted(n, 'pair')} each`;
  return found.length === 0
    ? `None of ${pairs} stands after adjustment.`
    : `Of ${pairs}, ${standing} ${standing === 1 ? 'stands' : 'stand'} after adjustment: on ${found.join('; ')}.`;
}

/** Every contrast of a sweep on every tested measure: paired difference with its 95% interval, filled where it stands
 * after Holm's adjustment over all of them. Each measure has its own axis.
 */
export const effectsFigure = (title: string, measures: readonly MeasureEffects[]): Figure => ({
  title,
  key: [
    { label: 'stands after Holm’s adjustment', colour: palette.blue, sign: 'dot' },
    { label: 'does not', colour: palette.grey, sign: 'ring' },
    { label: '95% interval', colour: palette.grey, sign: 'line' },
  ],
  caption: sentence(measures),
  data: { effects: measures.flatMap(({ effects }) => effects) },
  draw: (width) => Promise.resolve(draw(measures, width)),
});
