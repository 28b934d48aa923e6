import { framed } from '../figures/frame.js';
import type { Figure } from '../figures/figure.js';
import { effectsOf } from '../sweep/effects.js';
import type { SweepData } from '../sweep/sweep-data.js';
import { html, raw, text, type Html, type Section } from './html.js';
import { shell } from './shell.js';
import { curvesOf, mapsOf } from './sweep/curves.js';
import { designSection } from './sweep/design.js';
import { effectsSection } from './sweep/effects.js';
import { sensitivitySection } from './sweep/sensitivity.js';

const widths = { wide: 940, narrow: 360 } as const;

const shown = async (figure: Figure): Promise<Html> =>
  html`<figure>
    <div class="wide">${raw(await framed(figure, widths.wide))}</div>
    <div class="narrow">${raw(await framed(figure, widths.narrow))}</div>
    <figcaption>${text(figure.caption)}</figcaption>
  </figure>`;

async function chapter(id: string, title: string, figures: readonly Figure[]): Promise<Section[]> {
  if (figures.length === 0) return [];
  const drawn: Html[] = [];
  for (const figure of figures) drawn.push(await shown(figure));
  return [{ id, title, body: html`${drawn}` }];
}

/** Designs whose points come in the blocks that sensitivity indices need. */
const isSaltelli = ({ plan }: SweepData): boolean => plan.design === 'saltelli';

/** The report of a sweep: a page that stands alone. The same runs give the same bytes. */
export async function sweepReportOf(sweep: SweepData, failed: number): Promise<string> {
  const { plan, rows, version } = sweep;
  const compared = isSaltelli(sweep)
    ? [sensitivitySection(sweep)]
    : [effectsSection(sweep, effectsOf(sweep))];
  const sections = [
    designSection(sweep, failed),
    ...compared,
    ...(await chapter('dose-response', 'Dose and response', isSaltelli(sweep) ? [] : curvesOf(sweep))),
    ...(await chapter('heat-maps', 'Two fields at once', isSaltelli(sweep) ? [] : mapsOf(sweep))),
  ];
  const facts = `sweep of ${plan.points.length} points by ${plan.replications} replications; ${rows.length} runs; Herdscope ${version}`;
  return shell({ title: plan.name, facts, version }, sections);
}
