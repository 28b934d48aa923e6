import { daily, type RunData } from '../run-data.js';
import { drawGraph } from './contagion/draw-graph.js';
import { peakDay } from './contagion/peak-day.js';
import { ringOf } from './contagion/ring.js';
import { snapshotOf, type Snapshot } from './contagion/snapshot.js';
import { placed, type Drawing } from './drawing.js';
import type { FigureMaker } from './figure.js';
import type { KeyItem } from './key.js';
import { coloursOf, palette } from './palette.js';
import { counted, listed, usd } from './say.js';

/** One interbank term before the peak, the peak, and one term after: claims at the peak as they stood at its open,
 * so that those on institutions in default are still there. */
function momentsOf(run: RunData) {
  const [peak, term] = [peakDay(run), run.scenario.contagion.termDays];
  const [first, last] = [Math.max(0, peak - term), Math.min(daily(run, 'day').at(-1)!, peak + term)];
  return [
    { label: 'Before', day: first, claimsDay: first },
    { label: 'At the peak', day: peak, claimsDay: peak - 1 },
    { label: 'After', day: last, claimsDay: last },
  ];
}

const total = (s: Snapshot): number => s.claims.reduce((sum, c) => sum + c.face, 0);

const standing = (s: Snapshot): string =>
  `${counted(s.claims.length, 'claim')} worth ${usd(total(s))} among ${counted(
    s.inBusiness.reduce((a, b) => a + b, 0),
    'institution',
  )} in business`;

function caption(run: RunData, [before, peak, after]: readonly [Snapshot, Snapshot, Snapshot]): string {
  const fallen = [...peak.defaulted].map((i) => run.roster[i]!.id);
  const lost = peak.claims.filter((c) => peak.defaulted.has(c.debtor)).reduce((sum, c) => sum + c.face, 0);
  const defaults =
    fallen.length === 0
      ? 'nobody defaults'
      : `${listed(fallen)} ${fallen.length === 1 ? 'defaults' : 'default'}, owing other institutions ${usd(lost)}`;
  const forced = peak.forced.reduce((a, b) => a + b, 0);
  const sellers =
    forced === 0
      ? 'no institution is forced to sell'
      : `${counted(forced, 'institution is', 'institutions are')} forced to sell`;
  return `On day ${before.day} there are ${standing(before)}. On day ${peak.day}, the worst of the run, ${defaults}, and ${sellers}. On day ${after.day} there are ${standing(after)}.`;
}

function drawAll(run: RunData, snapshots: readonly Snapshot[], width: number): Promise<Drawing> {
  const across = width > 700 ? 3 : 1;
  const side = (width - 20 * (across - 1)) / across;
  const types = run.roster.map((s) => s.type);
  const colours = coloursOf([...new Set(types)]);
  const assets = Float64Array.from(run.roster, (_, i) => Math.max(...snapshots.map((s) => s.assets[i]!)));
  const style = {
    ids: run.roster.map((s) => s.id),
    colours: types.map((t) => colours.get(t)!),
    ring: ringOf(types, assets, side),
    side,
    widest: Math.max(...snapshots.flatMap((s) => s.claims.map((c) => c.face)), 1),
  };
  const drawn = snapshots.map((s) => drawGraph(s, style));
  const step = drawn[0]!.height + 14;
  const body = drawn
    .map((d, i) => placed(d, (i % across) * (side + 20), Math.floor(i / across) * step))
    .join('');
  return Promise.resolve({ width, height: Math.ceil(drawn.length / across) * step - 14, body });
}

const keyOf = (run: RunData): KeyItem[] => [
  ...[...coloursOf([...new Set(run.roster.map((s) => s.type))])].map(([label, colour]) => ({
    label,
    colour,
    sign: 'dot' as const,
  })),
  { label: 'claim, lender (wide) to borrower', colour: palette.ink, sign: 'taper' },
  { label: 'claim on an institution in default', colour: palette.vermillion, sign: 'taper' },
  { label: 'in default', colour: palette.vermillion, sign: 'cross' },
  { label: 'forced to sell', colour: palette.vermillion, sign: 'ring' },
];

/** Who owes whom, before the worst day, on it, and after it. */
export const contagion: FigureMaker = (run) => {
  const title = 'The contagion graph before, at and after the worst day';
  const { institutions, exposures } = run.tables;
  if (!institutions || !exposures)
    return {
      contagion: {
        title,
        omitted: `A record at "${run.scenario.record}" holds no balance sheets or interbank claims; record: standard does.`,
      },
    };
  const snapshots = momentsOf(run).map((m) => snapshotOf(run, institutions, exposures, m)) as [
    Snapshot,
    Snapshot,
    Snapshot,
  ];
  return {
    contagion: {
      title,
      key: keyOf(run),
      caption: caption(run, snapshots),
      data: {
        institutions: run.roster,
        snapshots: snapshots.map((s) => ({ ...s, defaulted: [...s.defaulted] })),
      },
      draw: (width) => drawAll(run, snapshots, width),
    },
  };
};
