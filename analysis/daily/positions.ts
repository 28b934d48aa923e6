import { groupShares, hillNumber, meanCosine, sharesOf } from '../../core/diversity.js';
import { meanOverlap } from '../measures/herding/mean-overlap.js';
import type { DayView } from './view.js';

/** Rows of active institutions that hold anything. */
export function investors({ active, held, institutions }: DayView): number[] {
  return Array.from({ length: institutions }, (_, i) => i).filter((i) => active[i] === 1 && held[i]! > 0);
}

/** Distances from the benchmark below this share of the book are rounding, not positions. */
const flat = 1e-6;

/** Mean pairwise cosine of active weights: today's less those of day 0. */
function crowding(view: DayView): number {
  const { weights, benchmark, assets } = view;
  const rows = investors(view).flatMap((i) => {
    const tilt = Array.from(
      { length: assets },
      (_, k) => weights[i * assets + k]! - benchmark[i * assets + k]!,
    );
    return tilt.some((t) => Math.abs(t) > flat) ? [tilt] : [];
  });
  return meanCosine(Float64Array.from(rows.flat()), assets);
}

function overlap(view: DayView): number {
  const { weights, assets } = view;
  const rows = investors(view).map((i) => weights.subarray(i * assets, (i + 1) * assets));
  const flatRows = new Float64Array(rows.length * assets);
  rows.forEach((row, r) => flatRows.set(row, r * assets));
  return meanOverlap(flatRows, assets);
}

/** How many equally large holdings would be as spread as those of all institutions together: 1/HHI. */
function effectiveAssets(view: DayView): number {
  const { weights, held, assets } = view;
  const total = new Float64Array(assets);
  for (const i of investors(view))
    for (let k = 0; k < assets; k++) total[k]! += Math.max(0, weights[i * assets + k]!) * held[i]!;
  return total.some((usd) => usd > 0) ? hillNumber(sharesOf(total), 2) : NaN;
}

function effectiveArchitectures(view: DayView): number {
  const seats = investors(view);
  if (seats.length === 0) return NaN;
  const count = view.scenario.learning.architectures.length;
  const shares = groupShares(
    seats.map((i) => view.architecture[i]!),
    seats.map((i) => view.held[i]!),
    count,
  );
  return hillNumber(shares, 1);
}

/** Sources by the holdings of those who read them, each reader's split over its sources. */
function effectiveSources(view: DayView): number {
  const read = new Map<string, number>();
  for (const i of investors(view)) {
    const own = view.sources[i]!;
    for (const name of own) read.set(name, (read.get(name) ?? 0) + view.held[i]! / own.length);
  }
  return read.size === 0 ? NaN : hillNumber(sharesOf([...read.values()]), 1);
}

/** Likeness of positions, and of what institutions have in common before they hold any. */
export const positionMeasures = {
  crowding,
  overlap,
  effectiveAssets,
  effectiveArchitectures,
  effectiveSources,
} satisfies Record<string, (view: DayView) => number>;
