import { escaped, px, textAt, type Drawing } from '../drawing.js';
import { palette } from '../palette.js';
import { usd } from '../say.js';
import { leastRadius, type Place, type Ring } from './ring.js';
import type { Claim, Snapshot } from './snapshot.js';

export interface GraphStyle {
  readonly ids: readonly string[];
  readonly colours: readonly string[];
  readonly ring: Ring;
  readonly side: number;
  /** USD that the widest claim is worth. */
  readonly widest: number;
}

const headingHeight = 22;
/** Claims past this many are too small to be seen. */
const mostClaims = 500;
const widestPx = 7;

const unit = (a: Place, b: Place): Place => {
  const length = Math.sqrt((b.x - a.x) ** 2 + (b.y - a.y) ** 2) || 1;
  return { x: (b.x - a.x) / length, y: (b.y - a.y) / length };
};

/** A blade from lender (wide) to borrower (a point), bent towards the middle of the ring. */
function blade(from: Place, to: Place, centre: number, width: number): string {
  const bend = (a: number, b: number): number => centre + 0.35 * ((a + b) / 2 - centre);
  const control = { x: bend(from.x, to.x), y: bend(from.y, to.y) };
  const { x, y } = unit(from, control);
  const [dx, dy] = [(-y * width) / 2, (x * width) / 2];
  const at = (p: Place, share: number): string => `${px(p.x + share * dx)},${px(p.y + share * dy)}`;
  return `M${at(from, 1)}Q${at(control, 0.7)} ${at(to, 0.1)}L${at(to, -0.1)}Q${at(control, -0.7)} ${at(from, -1)}Z`;
}

function drawClaim(claim: Claim, snapshot: Snapshot, style: GraphStyle): string {
  const { places, centre } = style.ring;
  const width = Math.max(0.5, (widestPx * claim.face) / style.widest);
  const lost = snapshot.defaulted.has(claim.debtor);
  const paint = lost
    ? `fill="${palette.vermillion}" fill-opacity="0.85"`
    : 'fill="currentColor" fill-opacity="0.22"';
  const path = blade(places[claim.creditor]!, places[claim.debtor]!, centre, width);
  return `<path d="${path}" ${paint}/>`;
}

const cross = ({ x, y }: Place, r: number): string =>
  `<path d="M${px(x - r)},${px(y - r)}l${px(2 * r)},${px(2 * r)}m0,${px(-2 * r)}l${px(-2 * r)},${px(2 * r)}" stroke="${palette.vermillion}" stroke-width="2"/>`;

/** A name just inside the ring, on a line to the centre. */
function inwardLabel(id: string, place: Place, r: number, centre: number): string {
  const { x, y } = unit(place, { x: centre, y: centre });
  const away = r + 12;
  const anchor = x < -0.3 ? 'end' : x > 0.3 ? 'start' : 'middle';
  return textAt(id, place.x + away * x, place.y + away * y + 4, { size: 11, weight: 700, anchor });
}

function drawNode(i: number, snapshot: Snapshot, style: GraphStyle): string {
  const place = style.ring.places[i]!;
  const r = Math.max(leastRadius, style.ring.scale * Math.sqrt(snapshot.assets[i]!));
  const colour = style.colours[i]!;
  const out = snapshot.inBusiness[i] === 0 || snapshot.defaulted.has(i);
  const state = out ? ', in default' : snapshot.forced[i] === 1 ? ', forced to sell' : '';
  const name = `<title>${escaped(`${style.ids[i]!}: assets ${usd(snapshot.assets[i]!)}${state}`)}</title>`;
  const at = `cx="${px(place.x)}" cy="${px(place.y)}"`;
  const rim =
    snapshot.forced[i] === 1
      ? `<circle ${at} r="${px(r + 1.5)}" stroke="${palette.vermillion}" stroke-width="1.5"/>`
      : '';
  const disc = out
    ? `<circle ${at} r="${px(r)}" stroke="${colour}" stroke-width="1.2"/>${cross(place, Math.max(5.5, 0.7 * r))}`
    : `<circle ${at} r="${px(r)}" fill="${colour}"/>${rim}`;
  const label = snapshot.defaulted.has(i) ? inwardLabel(style.ids[i]!, place, r, style.ring.centre) : '';
  return `<g>${name}${disc}${label}</g>`;
}

/** Draws one day's graph: claims below, the smallest first, institutions above. */
export function drawGraph(snapshot: Snapshot, style: GraphStyle): Drawing {
  const largest = [...snapshot.claims].sort((a, b) => b.face - a.face).slice(0, mostClaims);
  const claims = largest
    .reverse()
    .sort((a, b) => Number(snapshot.defaulted.has(a.debtor)) - Number(snapshot.defaulted.has(b.debtor)));
  const heading = textAt(`${snapshot.label}: day ${snapshot.day}`, 0, 13, { size: 12, weight: 600 });
  const body = [
    ...claims.map((c) => drawClaim(c, snapshot, style)),
    ...style.ids.map((_, i) => drawNode(i, snapshot, style)),
  ].join('');
  return {
    width: style.side,
    height: style.side + headingHeight,
    body: `${heading}<g transform="translate(0,${headingHeight})">${body}</g>`,
  };
}
